import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import type { Faults } from '../faults/faults.ts';
import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type JsonService, type Operation } from '../service.ts';
import { decreaseRetention, increaseRetention, updateMaxRecordSize, updateStreamMode } from './configure.ts';
import type { Context, StreamOperation } from './context.ts';
import { describeStream, describeStreamSummary, listShards } from './describe.ts';
import { decodeIterator } from './iterator.ts';
import { StreamKey } from './key.ts';
import { listStreams, shardLimits } from './list.ts';
import { readToken } from './page-token.ts';
import { putRecord, putRecords } from './put.ts';
import { fetchRecords, getRecords, getShardIterator } from './read.ts';
import { mergeShards, splitShard, updateShardCount } from './reshard.ts';
import { RecordFiles } from './record-files.ts';
import { restoreStream, saveStream } from './saved-stream.ts';
import type { Shard, StreamRecord } from './shard.ts';
import { Stream, type StreamSettings } from './stream.ts';
import {
  addTagsToStream,
  listTagsForResource,
  listTagsForStream,
  removeTagsFromStream,
  tagResource,
  untagResource,
} from './tags.ts';

export interface KinesisParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly region: string;
  readonly measure: Measure;
  /** Where what the streams hold is saved. */
  readonly folder: string;
  /** Where records go that memory need not hold; what lies in `folder` is left as it is where this is another. @default - `folder` */
  readonly scratch?: string;
  /** Says what goes wrong. @default - nothing does */
  readonly faults?: Faults;
}

/** What is asked for the action on no stream, because it has no resource type in IAM. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html */
const ANY = '*';

/** Kinesis Data Streams: each call is authorized as its caller, the use of the stream's key included. */
export class Kinesis {
  private readonly streams = new Map<string, Stream>();
  private readonly restored = new Set<Stream>();
  private readonly key: StreamKey;
  readonly service: JsonService;

  constructor(private readonly parts: KinesisParts) {
    this.key = new StreamKey(parts);
    this.service = {
      name: 'kinesis',
      targetPrefix: 'Kinesis_20131202',
      version: '1.1',
      amzCbor: { timestamps: ['ApproximateArrivalTimestamp', 'StreamCreationTimestamp'], blobs: ['Data'] },
      operations: {
        PutRecord: this.operation('kinesis:PutRecord', putRecord, { key: 'kms:GenerateDataKey' }),
        PutRecords: this.operation('kinesis:PutRecords', putRecords, { key: 'kms:GenerateDataKey' }),
        GetShardIterator: this.operation('kinesis:GetShardIterator', getShardIterator),
        GetRecords: async (raw, caller) => this.getRecords(new Members(raw), caller),
        DescribeStreamSummary: this.operation('kinesis:DescribeStreamSummary', describeStreamSummary),
        DescribeStream: this.operation('kinesis:DescribeStream', describeStream),
        ListShards: async (raw, caller) => this.listShards(new Members(raw), caller),
        ListStreams: async (raw, caller) => {
          this.parts.access.check(caller, 'kinesis:ListStreams', ANY);
          return listStreams(this.all(), new Members(raw));
        },
        DescribeLimits: async (_raw, caller) => {
          this.parts.access.check(caller, 'kinesis:DescribeLimits', ANY);
          return shardLimits(this.all(), this.parts.region);
        },
        SplitShard: this.operation('kinesis:SplitShard', splitShard),
        MergeShards: this.operation('kinesis:MergeShards', mergeShards),
        UpdateShardCount: this.operation('kinesis:UpdateShardCount', updateShardCount, { resource: ANY }),
        UpdateStreamMode: this.operation('kinesis:UpdateStreamMode', updateStreamMode, { resource: ANY }),
        UpdateMaxRecordSize: this.operation('kinesis:UpdateMaxRecordSize', updateMaxRecordSize),
        IncreaseStreamRetentionPeriod: this.operation('kinesis:IncreaseStreamRetentionPeriod', increaseRetention),
        DecreaseStreamRetentionPeriod: this.operation('kinesis:DecreaseStreamRetentionPeriod', decreaseRetention),
        AddTagsToStream: this.operation('kinesis:AddTagsToStream', addTagsToStream),
        RemoveTagsFromStream: this.operation('kinesis:RemoveTagsFromStream', removeTagsFromStream),
        ListTagsForStream: this.operation('kinesis:ListTagsForStream', listTagsForStream),
        TagResource: this.operation('kinesis:TagResource', tagResource),
        UntagResource: this.operation('kinesis:UntagResource', untagResource),
        ListTagsForResource: this.operation('kinesis:ListTagsForResource', listTagsForResource),
      },
    };
  }

  createStream(settings: StreamSettings): Stream {
    const { folder, scratch = folder } = this.parts;
    const stream = new Stream(settings, this.parts.clock, new RecordFiles(scratch, settings.name));
    this.streams.set(settings.arn, stream);
    return stream;
  }

  /** @throws ServiceError ResourceNotFoundException */
  stream(arn: string): Stream {
    const stream = this.streams.get(arn);
    if (stream !== undefined) return stream;
    const [, , , , account = '', resource = ''] = arn.split(':');
    throw new ServiceError(
      'ResourceNotFoundException',
      `Stream ${resource.replace(/^stream\//, '')} under account ${account} not found.`,
    );
  }

  all(): readonly Stream[] {
    return [...this.streams.values()];
  }

  /** The four actions a delivery needs to read, and the stream's key. @throws ServiceError naming caller and action */
  authorizeReader(caller: Caller, stream: Stream): void {
    for (const action of ['kinesis:DescribeStream', 'kinesis:ListShards', 'kinesis:GetShardIterator', 'kinesis:GetRecords']) {
      this.parts.access.check(caller, action, stream.settings.arn);
    }
    this.key.use(caller, stream.settings, 'kms:Decrypt');
  }

  /** A delivery's own GetRecords: it counts against the shard as any other. @throws ServiceError ProvisionedThroughputExceededException */
  fetch(stream: Stream, shard: Shard, read: () => readonly StreamRecord[]): readonly StreamRecord[] {
    return fetchRecords(stream, shard, this.context(), read);
  }

  /** Saves what the streams hold; changes under way are ended first. */
  save(): void {
    for (const stream of this.all()) saveStream(stream, this.parts.folder);
  }

  /** Takes over what an earlier process saved, once for each stream that is there again; others' is left where it lies. */
  restore(): void {
    for (const stream of this.all()) {
      if (this.restored.has(stream)) continue;
      this.restored.add(stream);
      restoreStream(stream, this.parts.folder);
    }
  }

  private operation(
    action: string,
    run: StreamOperation,
    { key, resource }: { readonly key?: 'kms:GenerateDataKey'; readonly resource?: string } = {},
  ): Operation {
    return async (raw, caller) => {
      const input = new Members(raw);
      const arn = this.arnOf(input, caller);
      this.parts.access.check(caller, action, resource ?? arn);
      const stream = this.stream(arn);
      if (key !== undefined) this.key.use(caller, stream.settings, key);
      return run(stream, input, this.context());
    };
  }

  private getRecords(input: Members, caller: Caller): object {
    input.only(['ShardIterator', 'Limit', 'StreamARN']);
    const context = this.context();
    const { arn, shardId, position } = decodeIterator(input.text('ShardIterator'), context.now);
    this.parts.access.check(caller, 'kinesis:GetRecords', arn);
    const stream = this.stream(arn);
    this.key.use(caller, stream.settings, 'kms:Decrypt');
    return getRecords(stream, { shardId, position, limit: input.optionalNumber('Limit') }, context);
  }

  /** A token names its stream, so that a request holds one of both. */
  private listShards(input: Members, caller: Caller): object {
    input.only(['StreamName', 'StreamARN', 'NextToken', 'ExclusiveStartShardId', 'MaxResults', 'ShardFilter']);
    const token = input.optionalText('NextToken');
    if (token !== undefined && (input.has('StreamName') || input.has('ExclusiveStartShardId'))) {
      throw new ServiceError('InvalidArgumentException', 'NextToken and StreamName cannot be provided together.');
    }
    const arn = token === undefined ? this.arnOf(input, caller) : readToken(token, this.parts.clock.now()).arn;
    this.parts.access.check(caller, 'kinesis:ListShards', arn);
    return listShards(this.stream(arn), input, this.context());
  }

  private context(): Context {
    return { now: this.parts.clock.now(), faults: this.parts.faults, measure: this.parts.measure };
  }

  /** The ARN that a request means; a name is one of the caller's account. */
  private arnOf(input: Members, { accountId }: Caller): string {
    const arn = input.optionalText('StreamARN') ?? input.optionalText('ResourceARN');
    const name = input.optionalText('StreamName');
    if (arn === undefined && name === undefined) {
      throw new ServiceError('InvalidArgumentException', "either 'StreamARN' or 'StreamName' is required");
    }
    const named = `arn:aws:kinesis:${this.parts.region}:${accountId}:stream/${name ?? ''}`;
    if (arn !== undefined && name !== undefined && arn !== named) {
      throw new ServiceError('InvalidArgumentException', "'StreamARN' and 'StreamName' must name the same stream");
    }
    return arn ?? named;
  }
}
