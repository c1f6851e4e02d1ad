/**
 * Sequence numbers of 56 digits, as long as AWS's: when the shard began, the record's position, its arrival, and the shard. AWS says of its own
 * that they grow within a shard, and nothing of their form.
 */
const DIGITS = { began: 15, position: 16, arrival: 15, shard: 8 } as const;
const LEAD = '49';
const PATTERN = new RegExp(
  `^${LEAD}(\\d{${DIGITS.began}})(\\d{${DIGITS.position}})(\\d{${DIGITS.arrival}})(\\d{${DIGITS.shard}})$`,
);

/** What a sequence number says. */
export interface Sequence {
  /** When the shard began: milliseconds since the epoch. */
  readonly began: number;
  /** Position in the shard, from 0; -1 for the number that a shard starts with, and Infinity for the one that it ends with. */
  readonly position: number;
  /** Index of the shard. */
  readonly shard: number;
}

/** Writes the sequence numbers of one shard. */
export class SequenceNumbers {
  private readonly head: string;
  private readonly tail: string;
  private arrival = { time: NaN, text: '' };

  constructor(
    private readonly began: number,
    shard: number,
  ) {
    this.head = LEAD + digits(began, DIGITS.began);
    this.tail = digits(shard, DIGITS.shard);
  }

  of(position: number, arrival: number): string {
    if (this.arrival.time !== arrival) this.arrival = { time: arrival, text: digits(arrival, DIGITS.arrival) };
    return `${this.head}${digits(position + 1, DIGITS.position)}${this.arrival.text}${this.tail}`;
  }

  /** Smaller than that of any record. */
  get start(): string {
    return this.of(-1, this.began);
  }

  /** Larger than that of any record. */
  end(time: number): string {
    return `${this.head}${'9'.repeat(DIGITS.position)}${digits(time, DIGITS.arrival)}${this.tail}`;
  }
}

/** Reads a sequence number; undefined for a text that is none. */
export function parseSequenceNumber(text: string): Sequence | undefined {
  const [, began, position, , shard] = PATTERN.exec(text) ?? [];
  if (began === undefined || position === undefined || shard === undefined) return undefined;
  return {
    began: Number(began),
    position: position === '9'.repeat(DIGITS.position) ? Infinity : Number(position) - 1,
    shard: Number(shard),
  };
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}
