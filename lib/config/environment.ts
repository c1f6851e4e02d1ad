import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** All in which environments differ: nothing branches on a name. */
export interface Environment {
  /** A segment of stack, database and workgroup names, and of role paths; lower-case letters and digits. */
  readonly name: string;
  /** @default - the account of the credentials at deployment */
  readonly account?: string;
  /** @default - the region of the credentials at deployment */
  readonly region?: string;
  /** What a deletion of a stack does to what holds data. */
  readonly removalPolicy: RemovalPolicy;
  readonly terminationProtection: boolean;
  /** Shards of each stream; 0 means on demand. */
  readonly shards: number;
  /** How long streams keep records: an outage of delivery may last that long. */
  readonly streamRetention: Duration;
  readonly logRetention: RetentionDays;
  /** What one query may scan. */
  readonly scanCutoff: Size;
}
