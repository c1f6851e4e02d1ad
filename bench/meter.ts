/** What a stage has cost. */
export interface Spent {
  /** Milliseconds of CPU. */
  readonly cpu: number;
  /** How often it was entered. */
  readonly calls: number;
}

type Method = (this: unknown, ...args: never[]) => unknown;

/**
 * Tells what a process spends its CPU on. All that the process takes, in every thread of it, counts for the stage that was entered last and not
 * yet left: so the stages must follow one another, or stand within one another, as those of a run on one clock do.
 */
export class Meter {
  private readonly spent = new Map<string, { cpu: number; calls: number }>();
  private readonly entered: string[] = [];
  private before = process.cpuUsage();

  /** @param rest The stage of all that is in no other */
  constructor(private readonly rest: string) {}

  /** The stages that are entered and not yet left, the outermost first. */
  get under(): readonly string[] {
    return this.entered;
  }

  /** Does some work as a stage; a promise of it ends the stage when it is settled. */
  run<Result>(stage: string, work: () => Result): Result {
    this.enter(stage);
    let result: Result;
    try {
      result = work();
    } catch (error) {
      this.leave(stage);
      throw error;
    }
    if (!(result instanceof Promise)) {
      this.leave(stage);
      return result;
    }
    return result.finally(() => {
      this.leave(stage);
    }) as Result;
  }

  /** Makes every call of a method a stage, from now on; `stageOf` is told its arguments, and may answer that this call is none. */
  watch<Name extends string>(
    prototype: Record<Name, unknown>,
    name: Name,
    stageOf: (...args: readonly unknown[]) => string | undefined,
  ): void {
    const original = prototype[name] as Method;
    const watched = (self: unknown, args: never[]): unknown => {
      const stage = stageOf(...args);
      const call = (): unknown => original.apply(self, args);
      return stage === undefined ? call() : this.run(stage, call);
    };
    prototype[name] = function (this: unknown, ...args: never[]): unknown {
      return watched(this, args);
    };
  }

  of(stage: string): Spent {
    this.charge();
    return this.spent.get(stage) ?? { cpu: 0, calls: 0 };
  }

  private enter(stage: string): void {
    this.charge();
    this.entered.push(stage);
    this.entryOf(stage).calls += 1;
  }

  private leave(stage: string): void {
    this.charge();
    this.entered.splice(this.entered.lastIndexOf(stage), 1);
  }

  private charge(): void {
    const now = process.cpuUsage(); // asked once: it looks at every thread, and takes some 50 us in a run
    const milliseconds = (now.user - this.before.user + now.system - this.before.system) / 1000;
    this.before = now;
    this.entryOf(this.entered.at(-1) ?? this.rest).cpu += milliseconds;
  }

  private entryOf(stage: string): { cpu: number; calls: number } {
    const known = this.spent.get(stage);
    if (known !== undefined) return known;
    const made = { cpu: 0, calls: 0 };
    this.spent.set(stage, made);
    return made;
  }
}
