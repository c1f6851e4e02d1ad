import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { Endpoint, Port } from '../../../local/endpoint/index.ts';
import { Sessions, Sts, type Credentials } from '../../../local/iam/index.ts';
import { ServiceError, type Caller, type JsonService } from '../../../local/service.ts';
import type { NewBucket } from '../../../local/s3/index.ts';
import { lakeWith } from '../s3/lake.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const count = (input: Readonly<Record<string, unknown>>): number => (Array.isArray(input.Records) ? input.Records.length : 0);

/** A stream that counts what it is given, and refuses what it is told to. */
function stubKinesis() {
  const seen: { records: number; callers: Caller[] } = { records: 0, callers: [] };
  const service: JsonService = {
    name: 'kinesis',
    targetPrefix: 'Kinesis_20131202',
    version: '1.1',
    operations: {
      PutRecords: async (input, caller) => {
        seen.records += count(input);
        seen.callers.push(caller);
        return {
          FailedRecordCount: 0,
          Records: Array.from({ length: count(input) }, () => ({ SequenceNumber: '1', ShardId: 's' })),
        };
      },
      DescribeStreamSummary: async () => {
        throw new ServiceError('ResourceNotFoundException', 'Stream none not found.');
      },
      ListStreams: async () => {
        throw new TypeError('a fault that quotes data');
      },
    },
  };
  return { seen, service };
}

/** An endpoint over a lake and a stub of Kinesis, and clients for it. */
export async function running(bucket: Partial<NewBucket> = {}, region = 'us-east-1') {
  const lake = lakeWith(bucket, {}, region);
  const sessions = new Sessions({ iam: lake.iam });
  const kinesis = stubKinesis();
  const faults: unknown[] = [];
  const endpoint = new Endpoint({
    services: [kinesis.service],
    sts: new Sts(sessions),
    s3: lake.s3,
    sessions,
    onFault: (error) => faults.push(error),
  });
  const port = await Port.open();
  endpoint.serve(port);
  const { url } = port;
  const clients: { destroy(): void }[] = [];
  const config = (credentials: Credentials = sessions.operator.credentials) => ({
    region: 'us-east-1',
    endpoint: url,
    maxAttempts: 1,
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }),
    },
  });
  const kept = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };
  return {
    ...lake,
    sessions,
    faults,
    url,
    kinesisSeen: kinesis.seen,
    s3Client: (credentials?: Credentials) => kept(new S3Client({ ...config(credentials), forcePathStyle: true })),
    stsClient: (credentials?: Credentials) => kept(new STSClient(config(credentials))),
    kinesisClient: (credentials?: Credentials) => kept(new KinesisClient(config(credentials))),
    stop: async () => {
      for (const client of clients) client.destroy();
      await port.close();
      lake.remove();
    },
  };
}

/** What a client's promise is rejected with. */
export async function rejection(
  promise: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('nothing was refused');
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  return { name: error.name, message: error.message, status: typeof status === 'number' ? status : undefined };
}
