import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Endpoint, Port } from '../../../local/endpoint/index.ts';
import { Sessions, Sts } from '../../../local/iam/index.ts';
import type { NewBucket, S3Props } from '../../../local/s3/index.ts';
import type { Caller } from '../../../local/service.ts';
import { callerWith, lakeWith } from './lake.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const Bucket = 'lake';
export const kmsKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/k';
export const MIB = 1024 * 1024;
export const DAY = 86_400_000;
export const HOUR = 3_600_000;

export type Rig = Awaited<ReturnType<typeof open>>;

/** A lake of one bucket behind the endpoint, with the SDK's client as its operator. */
async function open(settings: Partial<NewBucket>, props: Partial<S3Props>) {
  const lake = lakeWith(settings, props);
  const sessions = new Sessions({ iam: lake.iam });
  const endpoint = new Endpoint({ services: [], sts: new Sts(sessions), s3: lake.s3, sessions });
  const port = await Port.open();
  endpoint.serve(port);
  const { url } = port;
  const clients: S3Client[] = [];
  const clientOf = (caller?: Caller, rest: object = {}): S3Client => {
    const { accessKeyId, secretAccessKey, sessionToken } = (
      caller === undefined ? sessions.operator : sessions.credentialsFor(caller)
    ).credentials;
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    const client = new S3Client({
      region: 'us-east-1',
      endpoint: url,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials,
      ...rest,
    });
    clients.push(client);
    return client;
  };
  return {
    ...lake,
    url,
    client: clientOf(),
    operatorKeys: sessions.operator.credentials,
    /** A client with other settings of the SDK's own. */
    clientWith: (rest: object) => clientOf(undefined, rest),
    /** A client for a role that may do what the statements say. */
    clientFor: (...statements: object[]) => clientOf(callerWith(lake.iam, ...statements)),
    stop: async () => {
      for (const client of clients) client.destroy();
      await port.close();
      lake.s3.close();
      lake.remove();
    },
  };
}

/** Runs `act` on a lake of its own. */
export async function withS3(
  settings: Partial<NewBucket>,
  act: (rig: Rig) => Promise<void>,
  props: Partial<S3Props> = {},
): Promise<void> {
  const rig = await open(settings, props);
  try {
    await act(rig);
  } finally {
    await rig.stop();
  }
}

/** What S3 refuses a request with: code and status. */
export async function refusal(promise: Promise<unknown>): Promise<{ code: string; status: number | undefined; message: string }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof S3ServiceException)) throw error instanceof Error ? error : new Error('nothing was refused');
  return { code: error.name, status: error.$metadata.httpStatusCode, message: error.message };
}
