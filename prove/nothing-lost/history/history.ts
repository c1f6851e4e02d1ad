import type { Reason } from '../../../core/record/reasons.ts';

/** A value as it is read back from Parquet: numbers of 64 bits, decimals and moments are texts. */
export type Stored = string | number | boolean | null | readonly Stored[] | { readonly [key: string]: Stored };
/** A value as it must be read back; of a protected one only the form is known. */
export type Wanted = Stored | RegExp;
export type Row = Readonly<Record<string, Stored>>;

/** What an accepted event is counted as: later than the lateness allowed, or with fields that its contract lacks. */
export type Flag = 'late' | 'unknown fields';

/** What must become of a line. */
export type Expected =
  /** Its row stands in `clean` under its id; it is counted as what it is flagged. */
  | { readonly verdict: 'accept'; readonly id: string; readonly row: Readonly<Record<string, Wanted>>; readonly flag?: Flag }
  /** Its bytes lie in `quarantine` under this reason. */
  | { readonly verdict: 'quarantine'; readonly reason: Reason }
  /** Its record lies under the delivery's error prefix: what a function cannot put in quarantine is left to Firehose. */
  | { readonly verdict: 'park' };

/** One line that a producer wrote down before it put it: an event, or what passes for one. */
export interface Produced {
  /** What it is: `B17 a text for a number`. */
  readonly name: string;
  /** Of its bytes, without the newline. */
  readonly sha256: string;
  readonly expected: Expected;
  /** How often it was put and may have been stored: more than once where an answer was lost. */
  sends: number;
  /** When a put of it was first acknowledged: milliseconds since the epoch, simulated; absent while none was. */
  acknowledged?: number;
}

/** A row of `clean`. */
export interface CleanRow {
  readonly id: string;
  readonly row: Row;
  /** When its object was written: milliseconds since the epoch, simulated. */
  readonly written: number;
}

/** An envelope of `quarantine`. */
export interface Quarantined {
  /** Of the original bytes, as the reader computes it. */
  readonly sha256: string;
  /** As the envelope states it. */
  readonly statedSha256: string;
  readonly reason: string;
  /** The reason that the object's key states. */
  readonly keyReason: string;
  readonly written: number;
}

/** A line of a record under an error prefix. */
export interface Parked {
  readonly sha256: string;
  /** `processing-failed`. */
  readonly errorType: string;
  readonly written: number;
}

/** What lies in a lake, read back by nobody who wrote it. */
export interface Found {
  readonly clean: readonly CleanRow[];
  readonly quarantined: readonly Quarantined[];
  readonly parked: readonly Parked[];
  /** Lines of producers that `raw` holds: when the first object with each was written, by SHA-256. */
  readonly raw: ReadonlyMap<string, number>;
  /** Names of zones with an object under a key that neither a table nor a replay looks for; one for each object. */
  readonly stray: readonly string[];
}

/** What a run was: what a producer says of it, what was found, and what the platform says is on its way. */
export interface History {
  readonly produced: readonly Produced[];
  readonly found: Found;
  /** Records that the platform has taken and not delivered. */
  readonly undelivered: number;
}

/** What the faults of a run may lawfully do to it. */
export interface Allowance {
  /** A delivery may bring a record more often than it was put. */
  readonly copies: boolean;
  /** Whether records may be left to the error prefix: never, for a replay to bring them back, or because they were brought back since. */
  readonly parks: 'never' | 'left' | 'brought back';
}

/** What is wrong with a history: names and numbers, never data. */
export interface Violation {
  /** `I1` to `I5`. */
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5';
  readonly message: string;
}
