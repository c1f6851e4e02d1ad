import { randomUUID } from 'node:crypto';

/** A record as a delivery takes it in. */
export interface Incoming {
  /** Decimal digits, unique in the stream. */
  readonly recordId: string;
  readonly data: Buffer;
  /** Milliseconds since the epoch: Kinesis' approximate arrival, or the put to the delivery stream. */
  readonly arrival: number;
  /** Where the record stood in the source stream. */
  readonly kinesis?: Place & { readonly shardId: string; readonly partitionKey: string };
}

/** A record's number in its shard, and its own among those that the Kinesis Producer Library has packed into that record, from 0. */
export interface Place {
  readonly sequenceNumber: string;
  readonly subsequenceNumber: number;
}

export const placeOf = ({ sequenceNumber, subsequenceNumber }: Place): Place => ({ sequenceNumber, subsequenceNumber });

/** A record that went through its steps and waits for S3. */
export interface Outgoing {
  readonly recordId: string;
  readonly data: Buffer;
  readonly arrival: number;
  /** Where the record stood in the source stream. */
  readonly place?: Place;
  /** Keys of dynamic partitions that the function returned. */
  readonly lambdaKeys?: Readonly<Record<string, string>>;
}

/** Why a record goes to the error prefix. */
export interface Failure {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly attemptsMade: number;
  /** Milliseconds since the epoch, simulated. */
  readonly ended: number;
}

/** Members and their order as an object captured on AWS has them; the documentation writes `lambdaArn`. @see https://github.com/floci-io/floci/pull/3393 */
export function processingFailed(record: Incoming, failure: Failure, lambdaArn: string | undefined): string {
  return JSON.stringify({
    rawData: record.data.toString('base64'),
    errorCode: failure.errorCode,
    errorMessage: failure.errorMessage,
    attemptsMade: failure.attemptsMade,
    arrivalTimestamp: record.arrival,
    attemptEndingTimestamp: failure.ended,
    ...(lambdaArn !== undefined && { lambdaARN: lambdaArn }),
  });
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-error-handling.html */
export function conversionFailed(record: Outgoing, failure: Failure, table: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    attemptsMade: failure.attemptsMade,
    arrivalTimestamp: record.arrival,
    lastErrorCode: failure.errorCode,
    lastErrorMessage: failure.errorMessage,
    attemptEndingTimestamp: failure.ended,
    rawData: record.data.toString('base64'),
    ...(record.place && { sequenceNumber: record.place.sequenceNumber, subSequenceNumber: record.place.subsequenceNumber }),
    dataCatalogTable: table,
  });
}

/** The end of an object's key: stream, version, time in UTC, and a unique text. @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html */
export function objectName(
  { name, version }: { readonly name: string; readonly version: number },
  time: number,
  extension: string,
): string {
  const stamp = new Date(time).toISOString().slice(0, 19).replace(/[T:]/g, '-');
  return `${name}-${version}-${stamp}-${randomUUID()}${extension}`;
}
