import type { SimulatedClock } from '../clock.ts';
import { ServiceError } from '../service.ts';
import type { Work } from '../work.ts';

/** One object on its way: `run` may be called again after a refusal, and does then only what is left. */
export interface Parcel<Content> {
  readonly content: Content;
  readonly records: number;
  /** Arrival of the oldest record: milliseconds since the epoch. */
  readonly oldest: number;
  readonly run: () => Promise<void>;
}

export interface OutboxParts {
  readonly clock: SimulatedClock;
  readonly work: Work;
  /** How long a record may wait, from its arrival: milliseconds. */
  readonly patience: () => number;
  readonly refused: (error: ServiceError) => void;
  readonly lost: (records: number) => void;
}

/** Milliseconds between attempts: doubled after each refusal, up to the longest. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 300_000;

/** Objects on their way out, in order: one that is refused stays at the head and is tried again until its records' time is over. */
export class Outbox<Content> {
  private readonly waiting: Parcel<Content>[] = [];
  private pause = FIRST_PAUSE;
  private retrying = false;
  private running = false;

  constructor(private readonly parts: OutboxParts) {}

  /** Records that are not delivered yet. */
  get records(): number {
    return this.waiting.reduce((sum, { records }) => sum + records, 0);
  }

  /** Whether an object was refused and waits. */
  get blocked(): boolean {
    return this.retrying;
  }

  /** What waits, first come first. */
  get contents(): readonly Content[] {
    return this.waiting.map(({ content }) => content);
  }

  async send(parcel: Parcel<Content>): Promise<void> {
    this.waiting.push(parcel);
    if (!this.retrying) await this.drain();
  }

  /** Takes back what an earlier process could not deliver; it is tried after a pause, as after a refusal. */
  refill(parcel: Parcel<Content>): void {
    this.waiting.push(parcel);
    if (!this.retrying) this.retryLater();
  }

  private async drain(): Promise<void> {
    if (this.running) return; // whoever runs takes the new parcel too
    this.running = true;
    try {
      for (let parcel = this.waiting[0]; parcel !== undefined && !this.parts.work.ended; parcel = this.waiting[0]) {
        if (!(await this.attempt(parcel))) return;
        this.waiting.shift();
        this.pause = FIRST_PAUSE;
      }
    } finally {
      this.running = false;
    }
  }

  /** Answers whether the parcel is off our hands. What is no refusal of a service is a fault of the runtime, and thrown. */
  private async attempt(parcel: Parcel<Content>): Promise<boolean> {
    const { clock, patience, refused, lost } = this.parts;
    try {
      await parcel.run();
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      refused(error);
    }
    if (clock.now() - parcel.oldest > patience()) {
      lost(parcel.records);
      return true;
    }
    this.retryLater();
    return false;
  }

  private retryLater(): void {
    const { clock, work } = this.parts;
    this.retrying = true;
    clock.at(clock.now() + this.pause, () =>
      work.run(async () => {
        if (work.ended) return;
        this.retrying = false;
        await this.drain();
      }),
    );
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }
}
