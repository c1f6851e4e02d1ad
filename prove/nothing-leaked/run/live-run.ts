import { ENVIRONMENT } from '../../../cli/platform/names.ts';
import { Platform } from '../../../cli/platform/platform.ts';
import type { Place } from '../../../cli/platform/session.ts';
import type { LocalRuntime } from '../../../local/start.ts';
import type { KnownEvents } from '../values/known-events.ts';
import type { Said } from './said.ts';

/** One question of so many is asked where not all are. */
const SOME = 5;

/** A platform that runs, what it is given, and who writes down what it says. */
export class LiveRun {
  readonly platform: Platform;
  readonly place: Place;

  constructor(
    runtime: LocalRuntime,
    readonly given: readonly KnownEvents[],
    private readonly said: Said,
    private readonly thorough: boolean,
  ) {
    const { endpoint, region, operator } = runtime;
    this.platform = new Platform(ENVIRONMENT, runtime.outputs);
    this.place = { endpoint, region, operator };
  }

  /** What is asked of many questions. */
  chosen<Question>(questions: readonly Question[]): readonly Question[] {
    return this.thorough ? questions : questions.filter((_, number) => number % SOME === 0);
  }

  /** Makes a call, and keeps what is answered or refused. */
  async attempt<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await call();
      this.said.answer(result);
      return result;
    } catch (error) {
      this.said.error(error);
      return undefined;
    }
  }
}
