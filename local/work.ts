/** What is under way, so that a run can end between two steps and never within one. */
export class Work {
  private running = 0;
  private closing = false;
  private waiting: (() => void)[] = [];

  /** Whether nothing new begins: what is in a buffer stays there. */
  get ended(): boolean {
    return this.closing;
  }

  /** Runs a step that is waited for. */
  async run<Result>(step: () => Promise<Result>): Promise<Result> {
    this.running += 1;
    try {
      return await step();
    } finally {
      this.running -= 1;
      if (this.running === 0) for (const wake of this.waiting.splice(0)) wake();
    }
  }

  /** Lets nothing new begin, and waits for what is under way. */
  async end(): Promise<void> {
    this.closing = true;
    if (this.running > 0) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
  }
}
