/** What a contract says, parsed: the one source everything else derives from (docs/adr/0002). */

/** Rules of who may see data, in order of closeness. */
export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** How a column's value is changed before it is stored: `drop` stores nothing at all. */
export const PROTECTIONS = ['mask', 'hash', 'tokenize', 'drop'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** Text formats of ODCS `logicalTypeOptions.format` that are checked at the door. */
export const STRING_FORMATS = ['email', 'uuid', 'uri', 'hostname'] as const;
export type StringFormat = (typeof STRING_FORMATS)[number];

/** Bounds as the contract wrote them, kept as text so that no digit is lost. */
export interface Bounds {
  readonly minimum?: string;
  readonly maximum?: string;
  readonly exclusiveMinimum?: string;
  readonly exclusiveMaximum?: string;
}

export type ColumnType =
  | {
      readonly kind: 'string';
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
      readonly format?: StringFormat;
    }
  | ({ readonly kind: 'integer'; readonly bits: 32 | 64 } & Bounds)
  | ({ readonly kind: 'double' } & Bounds)
  | ({ readonly kind: 'decimal'; readonly precision: number; readonly scale: number } & Bounds)
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date' }
  | {
      readonly kind: 'timestamp';
      /** A text without zone is read as UTC; otherwise it is refused. */ readonly zonelessIsUtc: boolean;
    }
  | { readonly kind: 'time' }
  | { readonly kind: 'array'; readonly items: ColumnType; readonly minItems?: number; readonly maxItems?: number }
  | { readonly kind: 'object'; readonly fields: readonly Column[] };

export interface Column {
  readonly name: string;
  readonly description?: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly primaryKey: boolean;
  /** The closed list of values, where there is one. */
  readonly validValues?: readonly string[];
  /** Texts that the contract gives as examples: what a generator may send. */
  readonly examples: readonly string[];
  readonly classification: Classification;
  readonly protection?: Protection;
  readonly tags: readonly string[];
}

/** How long and how the data is needed; a planner turns it into storage classes. */
export interface StorageNeed {
  /** Days from arrival during which the data is read all the time. */
  readonly readOftenDays: number;
  /** Days from arrival during which a query must still find the data, without a restore. At least `readOftenDays`. */
  readonly readSometimesDays: number;
  /** Days from arrival after which the data is gone. At least `readSometimesDays`. */
  readonly retentionDays: number;
  /** Hours within which an archived day must be back. */
  readonly restoreWithinHours: number;
}

/** One dataset: what a stream carries and a table holds. */
export interface DatasetContract {
  readonly domain: string;
  readonly name: string;
  /** The product's version, `major.minor.patch`. */
  readonly version: string;
  readonly owner: string;
  readonly description?: string;
  readonly columns: readonly Column[];
  /** Columns whose values together are the event's id. */
  readonly eventIdFields: readonly string[];
  readonly eventTimeField: string;
  /** Orders events of one key and one time. */
  readonly sequenceField?: string;
  /** Milliseconds after which an event counts as late; it is accepted all the same. */
  readonly allowedLatenessMs: number;
  /** Seconds within which an accepted event must be readable. */
  readonly freshnessSeconds: number;
  readonly storage: StorageNeed;
  /** Events a day, for capacity and cost. */
  readonly expectedEventsPerDay: number;
  /** Bytes of one event as JSON. */
  readonly expectedEventBytes: number;
  readonly tags: readonly string[];
}

/** One product: a file, a version, an owner, and one or more datasets. */
export interface DataContract {
  readonly id: string;
  readonly domain: string;
  readonly product: string;
  readonly version: string;
  readonly status: string;
  readonly owner: string;
  readonly datasets: readonly DatasetContract[];
  /** Keys of the file that are lawful ODCS and have no effect here. */
  readonly withoutEffect: readonly string[];
}
