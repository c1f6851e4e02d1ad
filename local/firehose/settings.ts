import type { ParsedPrefix } from '../../core/aws/prefix-expression.ts';
import type { Deaggregation } from './deaggregate.ts';
import type { EncryptionKey } from './encryption.ts';
import type { PartitionQuery } from './partition-query.ts';

/** When a buffer is handed on: at a size or, counted from its first record, after a time. */
export interface Buffering {
  readonly bytes: number;
  /** Simulated milliseconds. */
  readonly milliseconds: number;
}

/** One place in S3 that a delivery writes to. */
export interface Target {
  readonly bucket: string;
  readonly roleArn: string;
  readonly prefix: ParsedPrefix;
  readonly errorPrefix: ParsedPrefix;
  readonly buffering: Buffering;
  readonly gzip: boolean;
  /** Ends each object's name: `.parquet`, `.gz`, the template's own, or nothing. */
  readonly extension: string;
  /** Encrypts each object, those under the error prefix too. @default - the bucket's own encryption */
  readonly kmsKeyArn?: string;
  readonly log?: LogTarget;
}

export interface LogTarget {
  readonly group: string;
  readonly stream: string;
}

/** The Lambda processor. */
export interface LambdaStep {
  readonly arn: string;
  readonly buffering: Buffering;
  /** Invocations after the first. */
  readonly retries: number;
}

/** The table whose columns the converter writes. */
export interface Conversion {
  readonly roleArn: string;
  readonly catalogId: string | undefined;
  readonly database: string;
  readonly table: string;
  readonly region: string | undefined;
  readonly version: string;
}

/** A delivery stream as its template describes it, within AWS's rules. */
export interface DeliverySettings {
  readonly name: string;
  readonly arn: string;
  /** Absent for Direct PUT. */
  readonly source?: { readonly streamArn: string; readonly roleArn: string };
  readonly target: Target;
  readonly lambda?: LambdaStep;
  readonly appendDelimiter: boolean;
  /** Present where aggregated records are split. */
  readonly deaggregation?: Deaggregation;
  /** Present where partitions are dynamic. */
  readonly partitions?: { readonly query: PartitionQuery | undefined };
  readonly conversion?: Conversion;
  readonly backup?: Target;
  /** Of what was put to it; a stream as source is encrypted itself. */
  readonly encryption?: EncryptionKey;
  readonly tags: readonly (readonly [string, string])[];
}
