/** What a contract says, parsed: the one source everything else derives from (docs/adr/0002). */

/** Rules of who may see data, in order of closeness. */
export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** How a column's value is changed before it is stored: `drop` stores nothing at all. */
export const PROTECTIONS = ['mask', 'hash', 'tokenize', 'drop'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** The tag of what is about a person. It decides nothing: what is stored follows from the protection. */
export const PERSONAL = 'personal';

/** Text formats of ODCS `logicalTypeOptions.format` that are checked at the door. */
export const STRING_FORMATS = ['email', 'uuid', 'uri', 'hostname', 'ipv4', 'ipv6'] as const;
export type StringFormat = (typeof STRING_FORMATS)[number];

/**
 * Bounds as the contract wrote them, kept as text so that no digit is lost. Of a number they are plain decimals; of a date `yyyy-mm-dd`, of a
 * time of day `hh:mm:ss`, of a timestamp ISO 8601 in UTC with milliseconds, as the table holds it.
 */
export interface Bounds {
  readonly minimum?: string;
  readonly maximum?: string;
  readonly exclusiveMinimum?: string;
  readonly exclusiveMaximum?: string;
}

/** Bounds of a number, and what it must be a whole multiple of: a plain decimal above 0, as text. */
export interface NumberRule extends Bounds {
  readonly multipleOf?: string;
}

/** How many keys an object may have, known or not. */
export interface Sized {
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

export type ColumnType =
  | {
      readonly kind: 'string';
      /** Characters (code points), not bytes. */
      readonly minLength?: number;
      readonly maxLength?: number;
      /** An ECMAScript regular expression whose test takes time linear in the text: refused otherwise. */
      readonly pattern?: string;
      readonly format?: StringFormat;
    }
  | ({ readonly kind: 'integer'; readonly bits: 32 | 64 } & NumberRule)
  | ({ readonly kind: 'double' } & NumberRule)
  | ({ readonly kind: 'decimal'; readonly precision: number; readonly scale: number } & NumberRule)
  | { readonly kind: 'boolean' }
  | ({ readonly kind: 'date' } & Bounds)
  | ({
      readonly kind: 'timestamp';
      /** A text without zone is read as UTC; otherwise it is refused. */
      readonly zonelessIsUtc: boolean;
    } & Bounds)
  | ({ readonly kind: 'time' } & Bounds)
  | {
      readonly kind: 'array';
      readonly items: ColumnType;
      /** The closed list of the items' values, where there is one. */
      readonly validValues?: readonly string[];
      readonly minItems?: number;
      readonly maxItems?: number;
      /** No two items alike, once each is written as the table holds it. */
      readonly uniqueItems?: boolean;
    }
  | ({ readonly kind: 'object'; readonly fields: readonly Column[] } & Sized)
  /** Keys that nobody lists beforehand, each with a value of one type: `physicalType: map<string,double>`. */
  | ({ readonly kind: 'map'; readonly values: ColumnType } & Sized);

export interface Column {
  readonly name: string;
  readonly description?: string;
  readonly businessName?: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly primaryKey: boolean;
  /** No two events hold the same value. One event cannot show it: it is not held at the door. */
  readonly unique: boolean;
  /** The closed list of values, where there is one. */
  readonly validValues?: readonly string[];
  /** Texts that the contract gives as examples: what a generator may send. */
  readonly examples: readonly string[];
  readonly classification: Classification;
  readonly protection?: Protection;
  readonly tags: readonly string[];
}

/** How a quality rule compares what it measures. */
export const OPERATORS = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
] as const;

/** A comparison with thresholds, as texts of plain decimals, or what `mustBe` was given. */
export interface Comparison {
  readonly operator: (typeof OPERATORS)[number];
  /** One, or two for a range. */
  readonly values: readonly string[];
  readonly unit: 'rows' | 'percent';
}

/** What the library of ODCS measures. */
export const QUALITY_METRICS = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'] as const;
export type QualityMetric = (typeof QUALITY_METRICS)[number];

/** A rule about data at rest, as ODCS knows four kinds. Those that hold for one event alone are held at the door as well. */
export type QualityRule = {
  readonly name?: string;
  readonly description?: string;
  readonly dimension?: string;
  readonly severity?: string;
  /** The column it is about, as a dotted path; absent for a rule about the dataset. */
  readonly column?: string;
} & (
  | {
      readonly kind: 'library';
      readonly metric: QualityMetric;
      /** Of `invalidValues`: the lawful values; of `missingValues`: what counts as missing; of `duplicateValues`: the columns together. */
      readonly values: readonly string[];
      readonly pattern?: string;
      readonly comparison: Comparison;
    }
  | { readonly kind: 'sql'; readonly query: string; readonly comparison: Comparison }
  | { readonly kind: 'text' }
  | { readonly kind: 'custom'; readonly engine: string }
);

/** Columns of this dataset whose values are found in the columns of another. */
export interface Relationship {
  /** Of this dataset, in order. */
  readonly columns: readonly string[];
  readonly to: {
    /** Its domain; the dataset's own where the contract names none. */
    readonly domain: string;
    readonly dataset: string;
    readonly columns: readonly string[];
  };
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
  /** The class that a release with this need lies in. Prices may change, and objects must not move by that. @default - the planner decides */
  readonly retentionClass?: string;
}

/** What else the contract promises its readers. */
export interface ServiceLevels {
  /** Milliseconds between two deliveries of its source. */
  readonly frequencyMs?: number;
  /** Times of day by which a day's data is there, each with its zone: `09:00-08:00`. */
  readonly timesOfAvailability: readonly string[];
  /** ISO 8601 dates or timestamps, as written. */
  readonly generalAvailability?: string;
  readonly endOfSupport?: string;
  readonly endOfLife?: string;
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
  /** Columns of the key, in its order; none where rows have no key of their own. */
  readonly primaryKey: readonly string[];
  readonly relationships: readonly Relationship[];
  readonly quality: readonly QualityRule[];
  /** Columns whose values together are the event's id. */
  readonly eventIdFields: readonly string[];
  readonly eventTimeField: string;
  /** Orders events of one key and one time. */
  readonly sequenceField?: string;
  /** Whose data an event is, where one dataset holds that of several. */
  readonly tenantField?: string;
  /** Milliseconds after which an event counts as late; it is accepted all the same. */
  readonly allowedLatenessMs: number;
  /** Seconds within which an accepted event must be readable. */
  readonly freshnessSeconds: number;
  /** Milliseconds within which an accepted event shows in the curated table. @default - no such table */
  readonly curatedWithinMs?: number;
  readonly serviceLevels: ServiceLevels;
  readonly storage: StorageNeed;
  /** Events a day, for capacity and cost. */
  readonly expectedEventsPerDay: number;
  /** Bytes of one event as JSON. */
  readonly expectedEventBytes: number;
  readonly tags: readonly string[];
}

/** Who may do what, as the contract tells people; the platform's own roles are least-privilege roles of each actor. */
export interface ContractRole {
  readonly role: string;
  readonly access?: string;
  readonly approvers: readonly string[];
}

/** One product: a file, a version, an owner, and one or more datasets. */
export interface DataContract {
  readonly id: string;
  readonly domain: string;
  readonly product: string;
  readonly version: string;
  readonly status: string;
  readonly owner: string;
  readonly description: { readonly purpose?: string; readonly usage?: string; readonly limitations?: string };
  readonly team: readonly { readonly username: string; readonly name?: string; readonly role?: string }[];
  readonly roles: readonly ContractRole[];
  readonly datasets: readonly DatasetContract[];
  /** Paths of the file's keys that are lawful ODCS and have no effect here, without indexes: `schema.properties.transformLogic`. */
  readonly withoutEffect: readonly string[];
}
