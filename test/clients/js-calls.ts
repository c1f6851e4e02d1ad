import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetWorkGroupCommand,
  ListNamedQueriesCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';
import { DescribeDeliveryStreamCommand, FirehoseClient, ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import {
  GetCrawlersCommand,
  GetDatabaseCommand,
  GetDatabasesCommand,
  GetTableCommand,
  GlueClient,
  paginateGetTables,
} from '@aws-sdk/client-glue';
import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import {
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlClient } from '../../cli/local/control-client.ts';
import { sendRaw } from '../local/endpoint/raw.ts';
import type { ClientPlatform, ClientReport } from './expected.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
interface Place {
  readonly endpoint: string;
  readonly region: string;
}

/** Clients of one holder of keys; every call of theirs is counted. */
class Session {
  static calls = 0;
  readonly s3: S3Client;
  readonly kinesis: KinesisClient;
  readonly glue: GlueClient;
  readonly athena: AthenaClient;
  readonly firehose: FirehoseClient;
  readonly sts: STSClient;
  readonly cloudwatch: CloudWatchClient;

  constructor(place: Place, credentials: Keys) {
    const config = { ...place, credentials, maxAttempts: 1 };
    this.s3 = new S3Client(config);
    this.kinesis = new KinesisClient(config);
    this.glue = new GlueClient(config);
    this.athena = new AthenaClient(config);
    this.firehose = new FirehoseClient(config);
    this.sts = new STSClient(config);
    this.cloudwatch = new CloudWatchClient(config);
    for (const { middlewareStack } of this.all()) {
      middlewareStack.add(
        (next: (args: never) => Promise<never>) => async (args: never) => {
          Session.calls += 1;
          return next(args);
        },
        { step: 'initialize' },
      );
    }
  }

  close(): void {
    for (const client of this.all()) client.destroy();
  }

  private all(): readonly { destroy(): void; middlewareStack: { add(...args: unknown[]): void } }[] {
    return [this.s3, this.kinesis, this.glue, this.athena, this.firehose, this.sts, this.cloudwatch] as never;
  }
}

async function assume(place: Place, { sts }: Session, RoleArn: string): Promise<Session> {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'js' }));
  return new Session(place, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
}

async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata: { httpStatusCode: number } };
    return `${$metadata.httpStatusCode} ${name}`;
  }
}

async function runQuery({ athena }: Session, WorkGroup: string, QueryString: string): Promise<QueryExecution> {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({ QueryString, WorkGroup, QueryExecutionContext: { Database: 'fixture' } }),
  );
  for (;;) {
    const { QueryExecution = {} } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    if (!['QUEUED', 'RUNNING'].includes(QueryExecution.Status?.State ?? '')) return QueryExecution;
    await sleep(50);
  }
}

async function collected<Page, Item>(pages: AsyncIterable<Page>, itemOf: (page: Page) => Item): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(itemOf(page));
  return items;
}

const pagesOf = ({ athena: client }: Session, { QueryExecutionId }: QueryExecution, pageSize: number) =>
  collected(paginateGetQueryResults({ client, pageSize }, { QueryExecutionId }), ({ ResultSet }) =>
    ResultSet?.Rows?.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue)),
  );

async function resultFile({ s3 }: Session, { ResultConfiguration }: QueryExecution): Promise<string | undefined> {
  const { host: Bucket, pathname } = new URL(ResultConfiguration?.OutputLocation ?? '');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: pathname.slice(1) }));
  return Body?.transformToString();
}

/** The calls of boto3-calls.py with the JavaScript SDK, one for one. */
export async function callAll(place: Place, keys: Keys, platform: ClientPlatform): Promise<ClientReport> {
  Session.calls = 0;
  const operator = new Session(place, keys);
  const producer = await assume(place, operator, platform.producerRole);
  const reader = await assume(place, operator, platform.readerRole);
  const wrong = new Session(place, { accessKeyId: keys.accessKeyId, secretAccessKey: 'wrong' });
  try {
    const results = {
      ...(await whoCalls(operator, reader)),
      ...(await streams(operator, producer, platform)),
      advance: (await new ControlClient({ ...place, operator: keys }).advance(600_000)).delivered,
      ...(await objects(place, keys, operator, reader, platform)),
      ...(await catalog(reader)),
      ...(await queries(reader, platform)),
      ...(await metrics(operator, platform)),
      ...(await refusals({ operator, producer, reader, wrong }, platform)),
    };
    return { calls: Session.calls, results };
  } finally {
    for (const session of [operator, producer, reader, wrong]) session.close();
  }
}

async function whoCalls(operator: Session, reader: Session) {
  const arnOf = async ({ sts }: Session) => (await sts.send(new GetCallerIdentityCommand({}))).Arn;
  return {
    operator: (await arnOf(operator))?.split(':').at(-1)?.split('/')[0],
    reader: (await arnOf(reader))?.split('/').at(-1),
  };
}

async function streams({ kinesis, firehose }: Session, producer: Session, { stream: StreamName }: ClientPlatform) {
  const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName }));
  const Records = [1, 2, 3, 4, 5].map((id, at) => ({ Data: Buffer.from(JSON.stringify({ id })), PartitionKey: String(at) }));
  const { FailedRecordCount } = await producer.kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const read = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
  const { DeliveryStreamNames = [] } = await firehose.send(new ListDeliveryStreamsCommand({}));
  const { DeliveryStreamDescription } = await firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName: DeliveryStreamNames[0] }),
  );
  return {
    streams: JSON.stringify(StreamNames) === JSON.stringify([StreamName]),
    stream: StreamDescriptionSummary?.StreamStatus,
    shards: Shards?.length,
    put: FailedRecordCount,
    records: read.Records?.map(({ Data = new Uint8Array() }) => (JSON.parse(Buffer.from(Data).toString()) as { id: number }).id),
    deliveries: DeliveryStreamNames.length,
    delivery: DeliveryStreamDescription?.DeliveryStreamStatus,
  };
}

async function objects(place: Place, keys: Keys, { s3 }: Session, reader: Session, { lake: Bucket }: ClientPlatform) {
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const head = await s3.send(new HeadBucketCommand({ Bucket }));
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
  const { Contents = [] } = await reader.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'data/' }));
  const Key = Contents[0]?.Key;
  const { ContentLength } = await reader.s3.send(new HeadObjectCommand({ Bucket, Key }));
  const part = await reader.s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-3' }));
  const first = 'notes/a b+ü.txt';
  await s3.send(new PutObjectCommand({ Bucket, Key: first, Body: 'one', ContentType: 'text/plain', Metadata: { by: 'js' } }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'notes/b.txt', Body: 'two' }));
  const note = await s3.send(new GetObjectCommand({ Bucket, Key: first }));
  const pages = paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket, Prefix: 'notes/' });
  const keysOf = await collected(pages, (page) => page.Contents?.map((item) => item.Key));
  const { CommonPrefixes } = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  const signed = (tamper = (path: string) => path) =>
    sendRaw(
      place.endpoint,
      keys,
      { method: 'GET', path: `/${Bucket}/notes/b.txt` },
      {
        service: 's3',
        expiresIn: 60,
        tamper: (raw) => ({ ...raw, path: tamper(raw.path ?? '') }),
      },
    );
  const presigned = [(await signed()).text, (await signed((path) => path.replace('b.txt', 'c.txt'))).status];
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'notes/b.txt' }));
  const deleted = await refused(s3.send(new HeadObjectCommand({ Bucket, Key: 'notes/b.txt' })));
  return {
    buckets: JSON.stringify(Buckets?.map(({ Name }) => Name)) === JSON.stringify([Bucket]),
    'head bucket': head.$metadata.httpStatusCode,
    location: LocationConstraint ?? null,
    list: Contents.map((item) => item.Key?.split('/')[0]),
    head: ContentLength === Contents[0]?.Size,
    get: await part.Body?.transformToString(),
    note: [await note.Body?.transformToString(), note.ContentType, note.Metadata?.by],
    pages: keysOf,
    folders: CommonPrefixes?.map(({ Prefix }) => Prefix),
    presigned,
    deleted: deleted.replace('NotFound', '404'), // botocore names an answer without a body by its status
  };
}

async function catalog({ glue }: Session) {
  const { DatabaseList } = await glue.send(new GetDatabasesCommand({}));
  const { Database } = await glue.send(new GetDatabaseCommand({ Name: 'fixture' }));
  const pages = paginateGetTables({ client: glue }, { DatabaseName: 'fixture' });
  const tables = await collected(pages, ({ TableList = [] }) => TableList.map(({ Name }) => Name));
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'fixture', Name: 'events' }));
  return {
    databases: DatabaseList?.map(({ Name }) => Name),
    database: Database?.Name,
    tables: tables.flat(),
    columns: Table?.StorageDescriptor?.Columns?.map(({ Name, Type }) => [Name, Type]),
  };
}

async function queries(reader: Session, { workGroup: WorkGroup }: ClientPlatform) {
  const { athena } = reader;
  const execution = await runQuery(reader, WorkGroup, 'SELECT id, note FROM events ORDER BY id');
  const { NamedQueryIds = [] } = await athena.send(new ListNamedQueriesCommand({ WorkGroup }));
  const { NamedQuery } = await athena.send(new GetNamedQueryCommand({ NamedQueryId: NamedQueryIds[0] }));
  const { NamedQueries = [] } = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
  const failed = await runQuery(reader, WorkGroup, 'SELECT nothing FROM events');
  return {
    query: execution.Status?.State,
    'rows by page': await pagesOf(reader, execution, 2),
    scanned: (execution.Statistics?.DataScannedInBytes ?? 0) > 0,
    csv: await resultFile(reader, execution),
    'work group': (await athena.send(new GetWorkGroupCommand({ WorkGroup }))).WorkGroup?.State,
    'named query': NamedQuery?.Name,
    'its answer': await pagesOf(reader, await runQuery(reader, WorkGroup, NamedQueries[0]?.QueryString ?? ''), 10),
    'failed query': [failed.Status?.State, failed.Status?.StateChangeReason?.includes('COLUMN_NOT_FOUND')],
  };
}

async function metrics({ cloudwatch: client }: Session, { stream }: ClientPlatform) {
  const pages = paginateListMetrics({ client }, { Namespace: 'AWS/Kinesis' });
  const names = await collected(pages, ({ Metrics = [] }) => Metrics.map(({ MetricName = '' }) => MetricName));
  const { Datapoints } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Kinesis',
      MetricName: 'IncomingRecords',
      Dimensions: [{ Name: 'StreamName', Value: stream }],
      StartTime: new Date(Date.UTC(2001, 0, 1)),
      EndTime: new Date(Date.UTC(2001, 0, 15)),
      Period: 14 * 86_400,
      Statistics: ['Sum'],
    }),
  );
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
  return { metrics: names.flat().sort(), measured: Datapoints?.map(({ Sum }) => Sum), alarms: MetricAlarms };
}

async function refusals(
  { operator, producer, reader, wrong }: Readonly<Record<'operator' | 'producer' | 'reader' | 'wrong', Session>>,
  { stream: StreamName, lake: Bucket, workGroup: WorkGroup, readerRole }: ClientPlatform,
) {
  const Records = [{ Data: Buffer.from('x'), PartitionKey: 'x' }];
  const table = new GetTableCommand({ DatabaseName: 'fixture', Name: 'events' });
  const role = { RoleArn: `${readerRole}-none`, RoleSessionName: 'js' };
  const query = { QueryExecutionId: '00000000-0000-0000-0000-000000000000' };
  return {
    'reader puts records': await refused(reader.kinesis.send(new PutRecordsCommand({ StreamName, Records }))),
    'reader writes data': await refused(reader.s3.send(new PutObjectCommand({ Bucket, Key: 'data/x', Body: 'x' }))),
    'producer lists': await refused(producer.s3.send(new ListObjectsV2Command({ Bucket }))),
    'producer reads the catalog': await refused(producer.glue.send(table)),
    'producer asks': await refused(producer.athena.send(new StartQueryExecutionCommand({ QueryString: 'SELECT 1', WorkGroup }))),
    'producer looks at metrics': await refused(producer.cloudwatch.send(new ListMetricsCommand({}))),
    'reader assumes': await refused(reader.sts.send(new AssumeRoleCommand(role))),
    'no object': await refused(operator.s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))),
    'no bucket': await refused(operator.s3.send(new ListObjectsV2Command({ Bucket: 'none-such-bucket' }))),
    'no stream': await refused(operator.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'none' }))),
    'no table': await refused(operator.glue.send(new GetTableCommand({ DatabaseName: 'fixture', Name: 'none' }))),
    'no query': await refused(reader.athena.send(new GetQueryExecutionCommand(query))),
    lacking: await refused(operator.glue.send(new GetCrawlersCommand({}))),
    'wrong secret': [
      await refused(wrong.s3.send(new ListBucketsCommand({}))),
      await refused(wrong.kinesis.send(new ListStreamsCommand({}))),
    ],
  };
}
