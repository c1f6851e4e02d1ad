import type { SimulatedClock } from '../clock.ts';
import { ServiceError } from '../service.ts';

/** One delivery of a batch: `run` may be called again after a refusal, and does then only what is left. */
export interface Parcel {
  readonly records: number;
  /** Arrival of the oldest record: milliseconds since the epoch. */
  readonly oldest: number;
  readonly run: () => Promise<void>;
}

export interface OutboxParts {
  readonly clock: SimulatedClock;
  /** How long a record may wait, from its arrival: milliseconds. */
  readonly patience: () => number;
  readonly refused: (error: ServiceError) => void;
  readonly lost: (records: number) => void;
}

/** Milliseconds between attempts: doubled after each refusal, up to the longest. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 300_000;

/** Batches on their way out, in order: one that is refused stays at the head and is tried again until its records' time is over. */
export class Outbox {
  private readonly waiting: Parcel[] = [];
  private pause = FIRST_PAUSE;
  private retrying = false;
  private running = false;

  constructor(private readonly parts: OutboxParts) {}

  /** Records in batches that are not delivered yet. */
  get records(): number {
    return this.waiting.reduce((sum, { records }) => sum + records, 0);
  }

  /** Whether a batch was refused and waits. */
  get blocked(): boolean {
    return this.retrying;
  }

  async send(parcel: Parcel): Promise<void> {
    this.waiting.push(parcel);
    if (!this.retrying) await this.drain();
  }

  private async drain(): Promise<void> {
    if (this.running) return; // whoever runs takes the new parcel too
    this.running = true;
    try {
      for (let parcel = this.waiting[0]; parcel !== undefined; parcel = this.waiting[0]) {
        if (!(await this.attempt(parcel))) return;
        this.waiting.shift();
        this.pause = FIRST_PAUSE;
      }
    } finally {
      this.running = false;
    }
  }

  /** Answers whether the parcel is off our hands. What is no refusal of a service is a fault of the runtime, and thrown. */
  private async attempt(parcel: Parcel): Promise<boolean> {
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
    this.retrying = true;
    clock.at(clock.now() + this.pause, async () => {
      this.retrying = false;
      await this.drain();
    });
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    return false;
  }
}
