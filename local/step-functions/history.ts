import { StatesError } from './states-error.ts';

/** An event as `GetExecutionHistory` lists it. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  readonly type: string;
  /** Under the name that AWS gives the details of the type. */
  readonly details: Readonly<Record<string, object>>;
}

/** Events of one execution. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST_EVENTS = 25_000;

/** What happened in an execution, in its order. */
export class History {
  readonly events: HistoryEvent[] = [];

  /** @param now Milliseconds since the epoch, simulated */
  constructor(private readonly now: () => number) {}

  /** @throws StatesError States.Runtime when it is full */
  add(previousEventId: number, type: string, details: Readonly<Record<string, object>> = {}): number {
    if (this.events.length >= MOST_EVENTS - 1) {
      throw new StatesError('States.Runtime', `The execution reached the maximum number of history events (${MOST_EVENTS}).`);
    }
    return this.end(previousEventId, type, details);
  }

  /** The last event, for which there is always room. */
  end(previousEventId: number, type: string, details: Readonly<Record<string, object>> = {}): number {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId, time: this.now(), type, details });
    return id;
  }
}

/** One line of events: each follows the one before it. */
export class Trail {
  constructor(
    private readonly history: History,
    private last = 0,
  ) {}

  add(type: string, details?: Readonly<Record<string, object>>): void {
    this.last = this.history.add(this.last, type, details);
  }

  end(type: string, details?: Readonly<Record<string, object>>): void {
    this.last = this.history.end(this.last, type, details);
  }

  /** A line beside this one, which begins where this stands. */
  fork(): Trail {
    return new Trail(this.history, this.last);
  }
}

/** Data of an event, as text; none here is cut off. */
export const data = (name: 'input' | 'output', value: unknown): Readonly<Record<string, unknown>> => ({
  [name]: JSON.stringify(value),
  [`${name}Details`]: { truncated: false },
});
