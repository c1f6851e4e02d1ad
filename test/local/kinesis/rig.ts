import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { Faults } from '../../../local/faults/faults.ts';
import { Kinesis } from '../../../local/kinesis/kinesis.ts';
import type { StreamSettings } from '../../../local/kinesis/stream.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';

export const arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/events';
export const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/one';
export const caller: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/producer/s', accountId: '123456789012' };
export const start = Date.UTC(2001, 0, 1);
export const HOUR = 3_600_000;
export const MIB = 1024 * 1024;

export type Answer = Readonly<Record<string, unknown>>;
export interface ShardSeen {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
  readonly SequenceNumberRange: { readonly StartingSequenceNumber: string; readonly EndingSequenceNumber?: string };
}
export interface RecordSeen {
  readonly Data: string;
  readonly SequenceNumber: string;
  readonly PartitionKey: string;
  readonly ApproximateArrivalTimestamp: number;
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const record = (text: string, key = 'k') => ({ Data: base64(text), PartitionKey: key });
export const sized = (bytes: number, key = 'k') => ({ Data: Buffer.alloc(bytes).toString('base64'), PartitionKey: key });
export const shardId = (index: number): string => `shardId-${String(index).padStart(12, '0')}`;

/** One stream, `events`, behind its operations; `denied` names actions that its callers may not do. */
export function kinesis({
  denied = [],
  checks = [],
  faults,
  clock = new SimulatedClock(start),
  folder = mkdtempSync(path.join(tmpdir(), 'kinesis-')),
  scratch,
  ...settings
}: Partial<StreamSettings> & {
  readonly denied?: string[];
  readonly checks?: string[];
  readonly faults?: Faults;
  readonly clock?: SimulatedClock;
  /** @default - one of its own */
  readonly folder?: string;
  readonly scratch?: string;
} = {}) {
  const access = {
    check: (_caller: Caller, action: string, resource: string) => {
      checks.push(`${action} ${resource}`);
      if (denied.includes(action)) throw new ServiceError('AccessDeniedException', `not allowed: ${action}`);
    },
  };
  const service = new Kinesis({
    clock,
    access,
    region: 'us-east-1',
    measure: () => undefined,
    folder,
    ...(scratch !== undefined && { scratch }),
    ...(faults && { faults }),
  });
  const stream = service.createStream({ name: 'events', arn, ...settings });
  const send = async (operation: string, input: object): Promise<Answer> => {
    const run = service.service.operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    return (await run({ ...input }, caller)) as Answer;
  };
  const call = (operation: string, input: object = {}): Promise<Answer> => send(operation, { StreamName: 'events', ...input });
  const iterator = async (type: string, more: object = {}, shard = 0): Promise<string> => {
    const answer = await call('GetShardIterator', { ShardId: shardId(shard), ShardIteratorType: type, ...more });
    return String(answer.ShardIterator);
  };
  const get = async (ShardIterator: unknown, more: object = {}) =>
    (await send('GetRecords', { ShardIterator, ...more })) as Answer & { readonly Records: readonly RecordSeen[] };
  return {
    clock,
    service,
    stream,
    send,
    call,
    iterator,
    get,
    /** Payloads of a shard, from an iterator of the type. */
    read: async (type: string, more: object = {}, shard = 0): Promise<string[]> =>
      (await get(await iterator(type, more, shard))).Records.map(({ Data }) => Buffer.from(Data, 'base64').toString()),
    shards: async (input: object = {}): Promise<readonly ShardSeen[]> =>
      (await call('ListShards', input)).Shards as readonly ShardSeen[],
    status: async (): Promise<unknown> => ((await call('DescribeStreamSummary')).StreamDescriptionSummary as Answer).StreamStatus,
  };
}

/** What an operation is refused with; fails where it is let in. */
export async function refusal(promise: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw new Error('nothing was refused');
  return { code: error.code, message: error.message };
}
