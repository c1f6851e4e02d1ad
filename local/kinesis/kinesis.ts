import type { SimulatedClock } from '../clock.ts';
import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type JsonService, type Operation } from '../service.ts';
import { decodeIterator, encodeIterator, iteratorPosition } from './iterator.ts';
import { putRecord, putRecords } from './put.ts';
import type { Shard } from './shard.ts';
import { Stream, type StreamSettings } from './stream.ts';

/** Most records and bytes of one GetRecords. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const READ_RECORDS = 10_000;
const READ_BYTES = 10 * 1024 * 1024;

export interface KinesisParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly region: string;
}

/** Kinesis Data Streams: each call is authorized as its caller, the use of the stream's key included. */
export class Kinesis {
  private readonly streams = new Map<string, Stream>();
  readonly service: JsonService;

  constructor(private readonly parts: KinesisParts) {
    this.service = {
      name: 'kinesis',
      targetPrefix: 'Kinesis_20131202',
      version: '1.1',
      operations: {
        PutRecord: this.operation('kinesis:PutRecord', (stream, input, caller) => {
          this.useKey(caller, stream, 'kms:GenerateDataKey');
          return putRecord(stream, input);
        }),
        PutRecords: this.operation('kinesis:PutRecords', (stream, input, caller) => {
          this.useKey(caller, stream, 'kms:GenerateDataKey');
          return putRecords(stream, input);
        }),
        DescribeStreamSummary: this.operation('kinesis:DescribeStreamSummary', (stream) => ({
          StreamDescriptionSummary: summary(stream),
        })),
        DescribeStream: this.operation('kinesis:DescribeStream', (stream) => ({
          StreamDescription: { ...summary(stream), Shards: stream.shards.map(describeShard), HasMoreShards: false },
        })),
        ListShards: this.operation('kinesis:ListShards', (stream) => ({ Shards: stream.shards.map(describeShard) })),
        GetShardIterator: this.operation('kinesis:GetShardIterator', (stream, input) => {
          const shard = shardNamed(stream, input.text('ShardId'));
          return { ShardIterator: encodeIterator(stream, shard, iteratorPosition(shard, input), this.parts.clock.now()) };
        }),
        GetRecords: async (raw, caller) => this.getRecords(new Members(raw), caller),
        ListStreams: async (_raw, caller) => {
          this.parts.access.check(caller, 'kinesis:ListStreams', '*');
          return { StreamNames: [...this.streams.values()].map(({ settings }) => settings.name).sort(), HasMoreStreams: false };
        },
      },
    };
  }

  createStream(settings: StreamSettings): Stream {
    const stream = new Stream(settings, this.parts.clock);
    this.streams.set(settings.arn, stream);
    return stream;
  }

  /** @throws ServiceError ResourceNotFoundException */
  stream(arn: string): Stream {
    const stream = this.streams.get(arn);
    if (stream === undefined) throw new ServiceError('ResourceNotFoundException', `Stream ${arn} not found.`);
    return stream;
  }

  all(): readonly Stream[] {
    return [...this.streams.values()];
  }

  /** The four actions a delivery needs to read, and the stream's key. @throws ServiceError naming caller and action */
  authorizeReader(caller: Caller, stream: Stream): void {
    for (const action of ['kinesis:DescribeStream', 'kinesis:ListShards', 'kinesis:GetShardIterator', 'kinesis:GetRecords']) {
      this.parts.access.check(caller, action, stream.settings.arn);
    }
    this.useKey(caller, stream, 'kms:Decrypt');
  }

  private operation(action: string, run: (stream: Stream, input: Members, caller: Caller) => object): Operation {
    return async (raw, caller) => {
      const input = new Members(raw);
      const stream = this.find(input);
      this.parts.access.check(caller, action, stream.settings.arn);
      return run(stream, input, caller);
    };
  }

  private getRecords(input: Members, caller: Caller): object {
    const { arn, shardId, position } = decodeIterator(input.text('ShardIterator'), this.parts.clock.now());
    const stream = this.stream(arn);
    this.parts.access.check(caller, 'kinesis:GetRecords', arn);
    this.useKey(caller, stream, 'kms:Decrypt');
    stream.expire();
    const shard = shardNamed(stream, shardId);
    const records = shard.read(position, Math.min(input.optionalNumber('Limit') ?? READ_RECORDS, READ_RECORDS), READ_BYTES);
    const now = this.parts.clock.now();
    const last = records.at(-1);
    return {
      Records: records.map((record) => ({
        SequenceNumber: record.sequenceNumber,
        ApproximateArrivalTimestamp: record.arrival / 1000,
        Data: record.data.toString('base64'),
        PartitionKey: record.partitionKey,
        ...(stream.settings.keyArn === undefined ? {} : { EncryptionType: 'KMS' }),
      })),
      NextShardIterator: encodeIterator(stream, shard, last === undefined ? position : last.ordinal + 1, now),
      MillisBehindLatest: last === undefined || last.ordinal + 1 === shard.end ? 0 : now - last.arrival,
    };
  }

  private useKey(caller: Caller, { settings }: Stream, action: 'kms:GenerateDataKey' | 'kms:Decrypt'): void {
    if (settings.keyArn === undefined) return;
    const context = {
      'kms:ViaService': `kinesis.${this.parts.region}.amazonaws.com`,
      'kms:EncryptionContext:aws:kinesis:arn': settings.arn,
      'kms:EncryptionContextKeys': ['aws:kinesis:arn'],
      'kms:CallerAccount': caller.accountId,
    };
    try {
      this.parts.access.check(caller, action, settings.keyArn, context);
    } catch (error) {
      if (error instanceof ServiceError) throw new ServiceError('KMSAccessDeniedException', error.message);
      throw error;
    }
  }

  private find(input: Members): Stream {
    const arn = input.optionalText('StreamARN');
    if (arn !== undefined) return this.stream(arn);
    const name = input.text('StreamName');
    const stream = [...this.streams.values()].find(({ settings }) => settings.name === name);
    if (stream === undefined) throw new ServiceError('ResourceNotFoundException', `Stream ${name} not found.`);
    return stream;
  }
}

function shardNamed(stream: Stream, id: string): Shard {
  const shard = stream.shards.find((candidate) => candidate.id === id);
  if (shard === undefined)
    throw new ServiceError('ResourceNotFoundException', `Shard ${id} in stream ${stream.settings.name} not found.`);
  return shard;
}

function summary({ settings, shards }: Stream): object {
  return {
    StreamName: settings.name,
    StreamARN: settings.arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: settings.shardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED' },
    RetentionPeriodHours: settings.retentionHours ?? 24,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: settings.keyArn === undefined ? 'NONE' : 'KMS',
    ...(settings.keyArn === undefined ? {} : { KeyId: settings.keyArn }),
    OpenShardCount: shards.length,
    ConsumerCount: 0,
  };
}

function describeShard({ id, range }: Shard): object {
  return {
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(range.start), EndingHashKey: String(range.end) },
    SequenceNumberRange: { StartingSequenceNumber: `496${'0'.repeat(33)}` },
  };
}
