import { StatesError } from './states-error.ts';

/** Under the name that AWS gives them for the type of the event. */
type Details = Readonly<Record<string, object>>;

/** An event as `GetExecutionHistory` lists it. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  readonly type: string;
  readonly details: Details;
}

/** Events of one execution. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST_EVENTS = 25_000;

/** What happened in an execution, in its order. */
export class History {
  readonly events: HistoryEvent[] = [];

  /** @param now Milliseconds since the epoch, simulated */
  constructor(private readonly now: () => number) {}

  /** @throws StatesError States.Runtime when it is full */
  add(previousEventId: number, type: string, details: Details = {}): number {
    if (this.events.length >= MOST_EVENTS - 1) {
      throw new StatesError('States.Runtime', `The execution reached the maximum number of history events (${MOST_EVENTS}).`);
    }
    return this.end(previousEventId, type, details);
  }

  /** The last event, for which there is always room. */
  end(previousEventId: number, type: string, details: Details = {}): number {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId, time: this.now(), type, details });
    return id;
  }
}

/** States that the history tells of when a line beside theirs breaks off. */
const MAY_BE_ABORTED = ['Task', 'Wait'];

/** The event that tells of a state's beginning, and the one before it. */
export interface Entrance {
  readonly id: number;
  readonly previous: number;
}

/** One line of events: each follows the one before it, but for those aside. */
export class Trail {
  /** The last event, those aside with it. */
  private latest: number;
  /** What will be told of what has begun and not ended, if the line is broken off. */
  private readonly unfinished: { readonly type: string; readonly details: Details }[] = [];

  constructor(
    private readonly history: History,
    private last = 0,
  ) {
    this.latest = last;
  }

  add(type: string, details?: Details): void {
    this.last = this.latest = this.history.add(this.last, type, details);
  }

  end(type: string, details?: Details): void {
    this.last = this.latest = this.history.end(this.last, type, details);
  }

  /** An event that the next one does not follow: both follow the same. */
  aside(type: string, details?: Details): void {
    this.latest = this.history.add(this.last, type, details);
  }

  /** Events that follow each other, aside. */
  asides(...types: readonly string[]): void {
    let before = this.last;
    for (const type of types) before = this.latest = this.history.add(before, type);
  }

  enter(state: string, details: Details): Entrance {
    const previous = this.last;
    this.add(`${state}StateEntered`, details);
    if (MAY_BE_ABORTED.includes(state)) this.unfinished.push({ type: `${state}StateAborted`, details: {} });
    return { id: this.last, previous };
  }

  exit(state: string, details: Details): void {
    this.add(`${state}StateExited`, details);
    if (MAY_BE_ABORTED.includes(state)) this.unfinished.pop();
  }

  startIteration(about: object): void {
    this.add('MapIterationStarted', { mapIterationStartedEventDetails: about });
    this.unfinished.push({ type: 'MapIterationAborted', details: { mapIterationAbortedEventDetails: about } });
  }

  endIteration(outcome: 'Succeeded' | 'Failed', about: object): void {
    this.aside(`MapIteration${outcome}`, { [`mapIteration${outcome}EventDetails`]: about });
    this.unfinished.splice(
      this.unfinished.findLastIndex(({ type }) => type === 'MapIterationAborted'),
      1,
    );
  }

  /** An event that takes the place of a state's entrance, as long as nothing has come of it. */
  inPlaceOf({ id, previous }: Entrance, type: string, details: Details): void {
    if (this.last === id) this.last = previous;
    this.add(type, details);
  }

  /** A line beside this one, which begins where this stands. */
  fork(): Trail {
    return new Trail(this.history, this.last);
  }

  /** Goes on after lines beside it that have come to their ends. */
  join(lines: readonly Trail[]): void {
    this.last = this.latest = Math.max(this.last, ...lines.map(({ latest }) => latest));
  }

  /** Goes on where one of the lines beside it has failed, and tells what breaks off with it. */
  breakOff(failed: Trail, lines: readonly Trail[]): void {
    this.last = this.latest = failed.last;
    for (const { type, details } of lines.flatMap(({ unfinished }) => unfinished)) this.aside(type, details);
  }
}

/** Data of an event, as text; none here is cut off. */
export const data = (name: 'input' | 'output', value: unknown): Readonly<Record<string, unknown>> => ({
  [name]: JSON.stringify(value),
  [`${name}Details`]: { truncated: false },
});
