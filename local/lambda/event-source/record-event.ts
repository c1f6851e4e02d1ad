import type { Shard, StreamRecord } from '../../kinesis/shard.ts';

/** Bytes of what a function is invoked with. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LARGEST_EVENT = 6 * 1024 * 1024;

/** One of `Records`, as a function sees it. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export interface RecordEvent {
  readonly kinesis: {
    readonly kinesisSchemaVersion: '1.0';
    readonly partitionKey: string;
    readonly sequenceNumber: string;
    /** Base64. */
    readonly data: string;
    /** Seconds since the epoch, with milliseconds. */
    readonly approximateArrivalTimestamp: number;
  };
  readonly eventSource: 'aws:kinesis';
  readonly eventVersion: '1.0';
  /** `<shard>:<sequence number>`. */
  readonly eventID: string;
  readonly eventName: 'aws:kinesis:record';
  /** The function's role. */
  readonly invokeIdentityArn: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
}

/** A record that was read and is not yet processed. */
export interface HeldRecord {
  readonly ordinal: number;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Milliseconds since the epoch, simulated; of its reading too. */
  readonly arrival: number;
  readonly readAt: number;
  readonly event: RecordEvent;
  /** Of the event's JSON, with the comma behind it. */
  readonly bytes: number;
}

export function holdRecord(
  { id }: Shard,
  { ordinal, sequenceNumber, partitionKey, data, arrival }: StreamRecord,
  { streamArn, roleArn, readAt }: { readonly streamArn: string; readonly roleArn: string; readonly readAt: number },
): HeldRecord {
  const event: RecordEvent = {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
      data: data.toString('base64'),
      approximateArrivalTimestamp: arrival / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${id}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: roleArn,
    awsRegion: streamArn.split(':')[3] ?? '',
    eventSourceARN: streamArn,
  };
  const bytes = Buffer.byteLength(JSON.stringify(event)) + 1;
  return { ordinal, sequenceNumber, partitionKey, arrival, readAt, event, bytes };
}
