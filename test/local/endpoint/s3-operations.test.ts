import * as sdk from '@aws-sdk/client-s3';
import { S3_OPERATIONS } from '../../../local/endpoint/s3-rest.ts';
import { refusal, withS3 } from '../s3/rig.ts';

/** Signed for services of their own, s3express and s3-object-lambda, which the endpoint refuses as it does any that it lacks. */
const OF_OTHER_SERVICES = ['ListDirectoryBuckets', 'WriteGetObjectResponse'];

/** Operations of the SDK's own list, with what makes a command of each. */
const COMMANDS = Object.entries(sdk).flatMap(([name, value]: [string, unknown]) =>
  /^[A-Z]\w*Command$/.test(name) && !OF_OTHER_SERVICES.includes(name.slice(0, -'Command'.length)) && typeof value === 'function'
    ? [[name.slice(0, -'Command'.length), value as new (input: object) => sdk.PutObjectCommand] as const]
    : [],
);

/** An input that is enough for the request of any operation. */
const INPUT = {
  Bucket: 'lake',
  Key: 'k',
  Id: 'id',
  UploadId: 'u',
  PartNumber: 1,
  CopySource: 'lake/k',
  RenameSource: '/lake/k',
  RequestRoute: 'route',
  RequestToken: 'token',
  AnnotationName: 'name',
  ObjectAttributes: ['ETag'],
  ObjectEncryption: { SSEKMS: { KMSKeyArn: 'arn' } },
  Delete: { Objects: [{ Key: 'k' }] },
  Tagging: { TagSet: [] },
  Body: 'x',
  VersioningConfiguration: { Status: 'Enabled' },
};

/** What becomes of an operation: nothing, or what it is refused with. */
async function askedFor(
  client: sdk.S3Client,
  command: sdk.PutObjectCommand,
): Promise<{ code: string; message: string } | undefined> {
  const answer = client.send(command);
  return answer.then(
    () => undefined,
    () => refusal(answer),
  );
}

test('every operation of the SDK is served, or refused by its name', async () => {
  await withS3({}, async ({ clientWith }) => {
    const client = clientWith({ disableHostPrefix: true, disableS3ExpressSessionAuth: true });
    const served: string[] = [];
    for (const [name, Command] of COMMANDS) {
      const refused = await askedFor(client, new Command(INPUT));
      if (refused?.code !== 'NotImplemented') served.push(name);
      else expect(refused.message).toBe(`NotImplemented: s3:${name}`);
    }
    expect(COMMANDS.length).toBeGreaterThan(100);
    expect(served.sort()).toEqual([...S3_OPERATIONS]);
  });
});

test('what is served is what the clients of a lake use', () => {
  expect(S3_OPERATIONS).toEqual([
    'AbortMultipartUpload',
    'CompleteMultipartUpload',
    'CopyObject',
    'CreateMultipartUpload',
    'DeleteObject',
    'DeleteObjectTagging',
    'DeleteObjects',
    'GetBucketEncryption',
    'GetBucketLifecycleConfiguration',
    'GetBucketLocation',
    'GetBucketLogging',
    'GetBucketNotificationConfiguration',
    'GetBucketOwnershipControls',
    'GetBucketPolicy',
    'GetBucketTagging',
    'GetBucketVersioning',
    'GetObject',
    'GetObjectAttributes',
    'GetObjectLegalHold',
    'GetObjectLockConfiguration',
    'GetObjectRetention',
    'GetObjectTagging',
    'GetPublicAccessBlock',
    'HeadBucket',
    'HeadObject',
    'ListBuckets',
    'ListMultipartUploads',
    'ListObjectVersions',
    'ListObjects',
    'ListObjectsV2',
    'ListParts',
    'PutBucketNotificationConfiguration',
    'PutObject',
    'PutObjectLegalHold',
    'PutObjectRetention',
    'PutObjectTagging',
    'RestoreObject',
    'UploadPart',
    'UploadPartCopy',
  ]);
});
