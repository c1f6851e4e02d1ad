import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { Faults } from '../../../local/faults/faults.ts';
import { Firehose } from '../../../local/firehose/firehose.ts';
import type { Convert } from '../../../local/firehose/parts.ts';
import { Kinesis } from '../../../local/kinesis/kinesis.ts';
import type { ObjectStore } from '../../../local/s3/object-store.ts';
import { ServiceError, type Caller, type Keys, type LogEvent } from '../../../local/service.ts';

export const MINUTE = 60_000;
export const start = Date.UTC(2001, 0, 9, 7, 59, 0);
export const streamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/events';
export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:transform:live';
export const roleArn = 'arn:aws:iam::123456789012:role/delivery';
/** A role that the first process has, and no later one. */
export const otherRoleArn = 'arn:aws:iam::123456789012:role/left-out';

export interface Event {
  readonly invocationId: string;
  readonly records: readonly { readonly recordId: string; readonly data: string }[];
}
export const text = (data: string) => Buffer.from(data, 'base64').toString();
export const base64 = (data: string) => Buffer.from(data).toString('base64');

/** What outlives a process: the time, the lake, and what tests break. */
export interface World {
  readonly time: number;
  readonly folder: string;
  readonly objects: Map<string, Buffer>;
  readonly denied: Set<string>;
  readonly answer: { value: (event: Event) => unknown };
}

export interface RigOptions {
  readonly world?: World;
  readonly faults?: Faults;
  readonly region?: string;
  readonly shardCount?: number;
  /** @default - a map of bytes, which knows no encryption */
  readonly store?: ObjectStore;
  /** @default - every key can be used */
  readonly keys?: Keys;
}

/** A delivery's surroundings: real streams, and stand-ins for S3, the function and the converter that tests may break. */
export function rig({ world, faults, region = 'us-east-1', shardCount = 1, store, keys }: RigOptions = {}) {
  const clock = new SimulatedClock(world?.time ?? start);
  const folder = world?.folder ?? mkdtempSync(path.join(tmpdir(), 'firehose-'));
  const objects = world?.objects ?? new Map<string, Buffer>();
  const denied = world?.denied ?? new Set<string>();
  const lines: LogEvent[] = [];
  const calls: Event[] = [];
  const checks: string[] = [];
  const caller: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/delivery/firehose', accountId: '123456789012', roleArn };
  const access = {
    check: (_caller: Caller, action: string, resource: string) => {
      checks.push(`${action} ${resource}`);
      if (denied.has(action))
        throw new ServiceError('AccessDeniedException', `${caller.arn} is not authorized to perform: ${action}`);
    },
  };
  const answer = world?.answer ?? {
    value: (event: Event): unknown => ({ records: event.records.map((record) => ({ ...record, result: 'Ok' })) }),
  };
  const convert: Convert = async ({ records, columns }) => {
    const good = records.filter((record) => record.text.startsWith('{'));
    const failed = records
      .filter((record) => !record.text.startsWith('{'))
      .map(({ id }) => ({ id, unparsed: true, errorMessage: 'no object' }));
    const body = `PARQUET(${columns.map(({ Name }) => Name).join(',')})${good.map((record) => record.text).join('')}`;
    return { parquet: good.length === 0 ? undefined : Buffer.from(body), failed, rows: good.length };
  };
  const kinesis = new Kinesis({
    clock,
    access,
    region: 'us-east-1',
    measure: () => undefined,
    folder: path.join(folder, 'streams'),
    ...(faults && { faults }),
  });
  const stream = kinesis.createStream({ name: 'events', arn: streamArn, shardCount, retentionHours: 24 });
  const firehose = new Firehose({
    clock,
    access,
    region,
    measure: () => undefined,
    ...(faults && { faults }),
    keys,
    accountId: '123456789012',
    onLog: (line) => lines.push(line),
    objects: store ?? {
      putObject: async (_caller, bucket, key, body) => {
        for (const action of ['s3:PutObject', `s3:PutObject ${bucket}`, `s3:PutObject ${bucket}/${key.split('/')[0] ?? ''}`]) {
          if (denied.has(action))
            throw new ServiceError('AccessDenied', `${caller.arn} is not authorized to perform: s3:PutObject`, 403);
        }
        objects.set(`${bucket}/${key}`, body);
      },
      getObject: () => {
        throw new Error('not asked');
      },
      listObjects: () => [],
      deleteObject: () => {
        throw new Error('not asked');
      },
    },
    kinesis,
    invoke: async (_caller, _arn, event) => {
      access.check(caller, 'lambda:InvokeFunction', functionArn);
      calls.push(event as Event);
      const value = answer.value(event as Event);
      return value instanceof Error ? { errorType: value.name, errorMessage: value.message } : { answer: JSON.stringify(value) };
    },
    catalog: {
      tableFor: (_caller, _database, table) => {
        access.check(caller, 'glue:GetTable', table);
        if (table !== 'orders') throw new ServiceError('EntityNotFoundException', `Table ${table} not found.`);
        return { StorageDescriptor: { Columns: [{ Name: 'id', Type: 'bigint' }] }, VersionId: '0' };
      },
    },
    convert,
    assume: (arn) => {
      if (arn !== roleArn && !(arn === otherRoleArn && world === undefined))
        throw new ServiceError('AccessDenied', `firehose.amazonaws.com is not authorized to perform: sts:AssumeRole on ${arn}`);
      return caller;
    },
  });
  const call = async (operation: string, input: object = {}) => {
    const run = firehose.service.operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    return (await run({ DeliveryStreamName: 'clean', ...input }, caller)) as Record<string, unknown>;
  };
  return {
    clock,
    checks,
    kinesis,
    folder,
    objects,
    denied,
    lines,
    calls,
    answer,
    stream,
    firehose,
    /** Object keys without the unique text at their end. */
    keys: () => [...objects.keys()].map((key) => key.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'UUID')).sort(),
    bodies: (part: string) => [...objects].filter(([key]) => key.includes(part)).map(([, body]) => body),
    create: (s3: object = {}, more: object = {}) =>
      firehose.createDeliveryStream('clean', 'arn:aws:firehose:us-east-1:123456789012:deliverystream/clean', {
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: { KinesisStreamARN: streamArn, RoleARN: roleArn },
        ExtendedS3DestinationConfiguration: { ...target(), ...s3 },
        ...more,
      }),
    directPut: call,
    call,
    kinesisCall: async (operation: string, input: object) => {
      const run = kinesis.service.operations[operation];
      if (run === undefined) throw new Error(`no operation ${operation}`);
      return (await run({ ...input }, caller)) as Record<string, unknown>;
    },
    send: async (operation: string, input: object) => {
      const run = firehose.service.operations[operation];
      if (run === undefined) throw new Error(`no operation ${operation}`);
      return (await run({ ...input }, caller)) as Record<string, unknown>;
    },
    put: (...payloads: string[]) => {
      for (const payload of payloads) stream.put('k', Buffer.from(payload));
    },
  };
}

export type Rig = ReturnType<typeof rig>;

export { refusal } from '../kinesis/rig.ts';

/**
 * Ends the process of `before` and begins the next, `milliseconds` later: `create` makes its delivery streams anew.
 *
 * @param rewrite Makes what was saved of them what an earlier version would have
 */
export async function restarted(
  before: Rig,
  create: (next: Rig) => void,
  milliseconds = 0,
  rewrite?: (saved: Record<string, unknown>) => object,
): Promise<Rig> {
  const { clock, objects, denied, answer, folder } = before;
  const deliveries = path.join(folder, 'deliveries');
  await before.firehose.halt();
  before.kinesis.save();
  before.firehose.save(deliveries);
  const file = path.join(deliveries, 'clean.json');
  if (rewrite !== undefined)
    writeFileSync(file, JSON.stringify(rewrite(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)));
  const next = rig({ world: { time: clock.now() + milliseconds, folder, objects, denied, answer } });
  create(next);
  next.kinesis.restore();
  next.firehose.restore(deliveries);
  return next;
}

export const direct = { DeliveryStreamType: 'DirectPut', KinesisStreamSourceConfiguration: undefined };

export function target(): Record<string, unknown> {
  return {
    BucketARN: 'arn:aws:s3:::lake',
    RoleARN: roleArn,
    Prefix: 'data/dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/',
    ErrorOutputPrefix: '_errors/!{firehose:error-output-type}/',
    BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
    CloudWatchLoggingOptions: { Enabled: true, LogGroupName: '/headwaters/delivery', LogStreamName: 'clean' },
  };
}

export function lambda(parameters: Readonly<Record<string, string | undefined>> = {}): object {
  const all: Record<string, string | undefined> = {
    LambdaArn: functionArn,
    BufferSizeInMBs: '1',
    BufferIntervalInSeconds: '10',
    ...parameters,
  };
  const Parameters = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue }));
  return { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters }] } };
}

export const conversion = {
  BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
  DataFormatConversionConfiguration: {
    Enabled: true,
    InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
    OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
    SchemaConfiguration: { DatabaseName: 'sales', TableName: 'orders', RoleARN: roleArn, VersionId: 'LATEST' },
  },
};

/** @param before Processors that come before the extraction of keys. */
export function partitioned(before: readonly object[] = []): object {
  return {
    Prefix: 'q/!{partitionKeyFromQuery:dataset}/!{partitionKeyFromQuery:reason}/dt=!{timestamp:yyyy-MM-dd}/',
    BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
    DynamicPartitioningConfiguration: { Enabled: true },
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        ...before,
        {
          Type: 'MetadataExtraction',
          Parameters: [
            { ParameterName: 'MetadataExtractionQuery', ParameterValue: '{dataset: .dataset, reason: .reason}' },
            { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
          ],
        },
        { Type: 'AppendDelimiterToRecord', Parameters: [] },
      ],
    },
  };
}
