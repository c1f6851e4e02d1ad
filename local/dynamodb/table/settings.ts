import type { ScalarType } from '../values/attribute-value.ts';
import type { KeySchema } from './key-text.ts';

export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** Units a second; zeros for a table that is paid for by request. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/** What of an item an index holds beside keys. */
export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly attributes: readonly string[];
}

export interface IndexSettings {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly keys: KeySchema;
  readonly projection: Projection;
  /** Of a global index. */
  readonly throughput: Throughput;
}

/** A table as a template or a client describes it. */
export interface TableSettings {
  readonly name: string;
  readonly types: ReadonlyMap<string, ScalarType>;
  readonly keys: KeySchema;
  readonly indexes: readonly IndexSettings[];
  readonly billing: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly throughput: Throughput;
  /** Units a second at most, of a table that is paid for by request. */
  readonly onDemand?: { readonly read?: number; readonly write?: number };
  readonly stream?: StreamView;
  /** The key of KMS, as it was named; absent under DynamoDB's own. */
  readonly keyId?: string;
  readonly isDeletionProtected: boolean;
  /** Absent where nobody has said. */
  readonly tableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
}
