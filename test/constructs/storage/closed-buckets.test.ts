import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  RestoreObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import { assume, type RoleClients } from '../../../cli/platform/session.ts';
import { LakeStorage } from '../../../constructs/storage/index.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';

const KEY = 'keep30-hot30/any/any/object';
const Body = 'original';

let folder: string;
let runtime: LocalRuntime;
let owner: S3Client;
let administrator: RoleClients;
let raw: string;
let locked: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwaters-closed-'));
  const assembly = path.join(folder, 'cdk.out');
  const app = new App({ ...APP_PROPS, outdir: assembly });
  const stack = new Stack(app, 'Closed');
  const lake = (environment: string, rest: { readonly rawLock?: Duration } = {}) =>
    new LakeStorage(stack, environment, { environment, removalPolicy: RemovalPolicy.DESTROY, ...rest }).raw.bucket.bucketName;
  const role = new iam.Role(stack, 'Administrator', { assumedBy: new iam.AccountRootPrincipal() });
  role.addManagedPolicy(
    new iam.ManagedPolicy(stack, 'All', { statements: [new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })] }),
  );
  const outputs = {
    Raw: lake('open'),
    Locked: lake('locked', { rawLock: Duration.days(1) }),
    Role: role.roleArn,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  app.synth();
  runtime = await start({
    assembly,
    state: path.join(folder, 'state'),
    clock: new SimulatedClock(Date.parse('2026-01-01T00:00:00Z')),
  });
  const { endpoint, region, operator } = runtime;
  owner = new S3Client({ endpoint, region, credentials: operator, forcePathStyle: true });
  raw = output('Raw');
  locked = output('Locked');
  administrator = await assume({ endpoint, region, operator }, output('Role'), 'administrator');
}, 60_000);

afterAll(async () => {
  await runtime.stop();
  administrator.close();
  owner.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const output = (name: string): string => runtime.outputs.Closed?.[name] ?? '';
const put = async (Bucket: string, Key = KEY): Promise<string> =>
  (await owner.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm: 'SHA256' }))).VersionId ?? '';

const retention = { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2126-01-01') } as const;

test.each<[string, (s3: S3Client, VersionId: string) => Promise<unknown>]>([
  ['s3:GetObject', (s3) => s3.send(new GetObjectCommand({ Bucket: raw, Key: KEY }))],
  ['s3:GetObjectVersion', (s3, VersionId) => s3.send(new GetObjectCommand({ Bucket: raw, Key: KEY, VersionId }))],
  [
    's3:GetObject', // asked for before the action of its own
    (s3) => s3.send(new GetObjectAttributesCommand({ Bucket: raw, Key: KEY, ObjectAttributes: ['ObjectSize'] })),
  ],
  ['s3:GetObjectTagging', (s3) => s3.send(new GetObjectTaggingCommand({ Bucket: raw, Key: KEY }))],
  ['s3:GetObjectVersionTagging', (s3, VersionId) => s3.send(new GetObjectTaggingCommand({ Bucket: raw, Key: KEY, VersionId }))],
  ['s3:PutObject', (s3) => s3.send(new PutObjectCommand({ Bucket: raw, Key: KEY, Body }))],
  ['s3:PutObject', (s3) => s3.send(new CreateMultipartUploadCommand({ Bucket: raw, Key: KEY }))],
  ['s3:GetObject', (s3) => s3.send(new CopyObjectCommand({ Bucket: locked, Key: 'copy', CopySource: `${raw}/${KEY}` }))],
  [
    's3:PutObjectTagging',
    (s3) => s3.send(new PutObjectTaggingCommand({ Bucket: raw, Key: KEY, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } })),
  ],
  ['s3:DeleteObjectTagging', (s3) => s3.send(new DeleteObjectTaggingCommand({ Bucket: raw, Key: KEY }))],
  ['s3:RestoreObject', (s3) => s3.send(new RestoreObjectCommand({ Bucket: raw, Key: KEY, RestoreRequest: { Days: 1 } }))],
  ['s3:GetObjectRetention', (s3) => s3.send(new GetObjectRetentionCommand({ Bucket: locked, Key: KEY }))],
  ['s3:GetObjectLegalHold', (s3) => s3.send(new GetObjectLegalHoldCommand({ Bucket: locked, Key: KEY }))],
  ['s3:PutObjectRetention', (s3) => s3.send(new PutObjectRetentionCommand({ Bucket: locked, Key: KEY, Retention: retention }))],
  [
    's3:PutObjectLegalHold',
    (s3) => s3.send(new PutObjectLegalHoldCommand({ Bucket: locked, Key: KEY, LegalHold: { Status: 'ON' } })),
  ],
])('fails with %s, whatever an administrator may do elsewhere', async (action, attempt) => {
  const versionId = await put(raw);
  await put(locked);
  await expect(attempt(administrator.s3, versionId)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringMatching(`perform: ${action} .*explicit deny in a resource-based policy`) as string,
  });
});

test('fails to look at an object, which has no words for it', async () => {
  await put(raw);
  await expect(administrator.s3.send(new HeadObjectCommand({ Bucket: raw, Key: KEY }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
});

test('fails to delete what is locked, also with the right to bypass governance', async () => {
  const VersionId = await put(locked);
  await expect(
    administrator.s3.send(new DeleteObjectCommand({ Bucket: locked, Key: KEY, VersionId, BypassGovernanceRetention: true })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('fails to see the parts of an upload, which may be given up', async () => {
  const place = { Bucket: raw, Key: KEY };
  const { UploadId } = await owner.send(new CreateMultipartUploadCommand(place));
  await owner.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body }));
  await expect(administrator.s3.send(new ListPartsCommand({ ...place, UploadId }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await administrator.s3.send(new AbortMultipartUploadCommand({ ...place, UploadId }));
});

test('an administrator empties the bucket without having seen anything of it', async () => {
  await put(raw);
  await put(raw, 'another');
  const { s3 } = administrator;
  await s3.send(new DeleteObjectCommand({ Bucket: raw, Key: KEY }));
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: raw }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: raw, Delete: { Objects } }));
  expect(Errors).toEqual([]);
  const left = await s3.send(new ListObjectVersionsCommand({ Bucket: raw }));
  expect([left.Versions, left.DeleteMarkers]).toEqual([undefined, undefined]);
});
