/** Whether a line of states is to go no further, and who is told of it. */
export class Ending {
  private over = false;
  private readonly listeners = new Set<() => void>();

  /** @param outer Ends this one with itself */
  constructor(private readonly outer?: Ending) {}

  isOver(): boolean {
    return this.over || this.outer?.isOver() === true;
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    for (const listener of [...this.listeners]) listener();
  }

  /** @returns What takes the listener away. */
  on(listener: () => void): () => void {
    this.listeners.add(listener);
    const off = this.outer?.on(listener);
    return () => {
      this.listeners.delete(listener);
      off?.();
    };
  }
}
