import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import type { Faults } from '../faults/faults.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Outcome } from '../lambda/function-thread.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { Access, Caller, Keys, Log } from '../service.ts';
import type { Work } from '../work.ts';

/** A column of the table that a conversion follows. */
export interface Column {
  readonly Name: string;
  readonly Type?: string;
}

/** JSON texts in, one Parquet file of the table's columns out. A record fails whole; messages name no values. */
export type Convert = (input: {
  readonly records: readonly { readonly id: string; readonly text: string }[];
  readonly columns: readonly Column[];
}) => Promise<{
  /** Absent or empty where no record was left. */
  readonly parquet: Uint8Array | undefined;
  readonly failed: readonly {
    readonly id: string;
    /** Whether the record is no JSON at all, rather than JSON that the table does not take. @default false */
    readonly unparsed?: boolean;
    readonly errorMessage: string;
  }[];
  readonly rows: number;
}>;

/** What deliveries stand on. */
export interface FirehoseParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  /** Tells keys' state. @default - every key can be used */
  readonly keys?: Keys | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly onLog: Log;
  readonly measure: Measure;
  readonly objects: ObjectStore;
  readonly kinesis: Kinesis;
  readonly invoke: (caller: Caller, functionArn: string, event: unknown) => Promise<Outcome>;
  readonly catalog: {
    tableFor(
      caller: Caller,
      database: string,
      table: string,
    ): { readonly StorageDescriptor?: { readonly Columns?: readonly Column[] }; readonly VersionId: string };
  };
  readonly convert: Convert;
  /**
   * A session of the role for `firehose.amazonaws.com`, which speaks for one delivery stream.
   *
   * @throws ServiceError when there is no such role, or its trust policy says no
   */
  readonly assume: (roleArn: string, deliveryStreamArn: string) => Caller;
  /** Says what goes wrong. @default - nothing does */
  readonly faults?: Faults;
}

/** The same, for one delivery stream. */
export interface DeliveryParts extends Omit<FirehoseParts, 'assume' | 'measure'> {
  /** Takes values of metrics of the delivery stream. */
  readonly measure: (values: Readonly<Record<string, number>>) => void;
  readonly assume: (roleArn: string) => Caller;
  /** What all deliveries have under way. */
  readonly work: Work;
}
