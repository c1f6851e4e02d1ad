import type { ChangeCode, Verdict } from '../../core/contract/compatibility/change.ts';
import type { Protection } from '../../core/contract/model.ts';
import type { Reason } from '../../core/record/reasons.ts';

/** One thing that a producer knows: as it writes it in an event, and as Athena shows it. */
export interface Fact {
  /** A JSON text. */
  readonly written: string;
  readonly shown: string;
}

/** A column as one version of a contract has it. */
export interface ProofColumn {
  readonly name: string;
  /** What its values are about, whatever the column is called: two columns of one meaning hold one fact. */
  readonly meaning: string;
  /** What ODCS says of it, beside name and protection. */
  readonly odcs: Readonly<Record<string, unknown>>;
  readonly protection?: Protection;
  /** @returns undefined where an event holds none */
  readonly fact: (serial: number) => Fact | undefined;
}

/** One version of the contract, and the producer that was written for it: it sends every column. */
export interface ProofVersion {
  readonly version: string;
  /** Beside `serial` and `made_at`, which every version has. */
  readonly columns: readonly ProofColumn[];
  /** @default ['serial'] */
  readonly eventIdFields?: readonly string[];
  /** @default - rows have no key */
  readonly primaryKey?: readonly string[];
  /** @default - one owner for all rows */
  readonly tenantField?: string;
  /** Days from arrival that data is kept, and that queries find it. @default both 7 */
  readonly keepDays?: number;
  readonly readSometimesDays?: number;
}

/** What a version refuses of what the producer of another sends. */
export interface Refusal {
  /** Versions of the producer, and of the contract that judges. */
  readonly of: readonly string[];
  readonly by: readonly string[];
  readonly reason: Reason;
  /** @default - every event */
  readonly when?: (serial: number) => boolean;
}

/** From one version to the next. */
export interface Step {
  readonly verdict: Verdict;
  /** Every difference that the product must tell, in any order. */
  readonly codes: readonly ChangeCode[];
  /** Days that pass before it: so long the next version waits until what was stored before has expired. @default 0 */
  readonly afterDays?: number;
}

/** A change of a contract, as the product tells people to make it. */
export interface ContractChange {
  /** In kebab case. */
  readonly id: string;
  /** Two or more, the oldest first. */
  readonly versions: readonly [ProofVersion, ProofVersion, ...ProofVersion[]];
  /** One for each version after the first. */
  readonly steps: readonly Step[];
  /** @default - no version refuses anything */
  readonly refusals?: readonly Refusal[];
  /** Days that pass once the last version stands, one after another; the readers' view is read after each. @default - none */
  readonly laterDays?: readonly number[];
}

/** An event that was put, and who may have judged it. */
export interface Produced {
  readonly serial: number;
  readonly producer: ProofVersion;
  /** Of the event's own bytes. */
  readonly sha256: string;
  /** Milliseconds on the platform's clock. */
  readonly time: number;
  /** Versions whose function was live from the put until the event was delivered. */
  readonly judges: readonly string[];
  /** Days that it may be kept for: those of the versions whose delivery was live meanwhile. */
  readonly keepDays: readonly number[];
}

/** A row of the readers' view, as Athena shows it. */
export type Row = Readonly<Record<string, string | null>>;

export interface Rejected {
  readonly sha256: string;
  readonly reason: string;
  readonly version: string;
}
