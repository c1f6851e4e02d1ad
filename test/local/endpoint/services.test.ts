import http from 'node:http';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { accountId } from '../s3/lake.ts';
import { sendRaw, type Raw } from './raw.ts';
import { rejection, running } from './running.ts';

let local: Awaited<ReturnType<typeof running>>;
beforeEach(async () => {
  local = await running();
});
afterEach(async () => {
  await local.stop();
});

const put = (records = 1, size = 10) =>
  new PutRecordsCommand({
    StreamName: 's',
    Records: Array.from({ length: records }, () => ({ Data: Buffer.alloc(size), PartitionKey: 'p' })),
  });

test('Kinesis over HTTP/2 by prior knowledge', async () => {
  expect(await local.kinesisClient().send(put(3))).toMatchObject({ FailedRecordCount: 0 });
  expect(local.kinesisSeen).toEqual({ records: 3, callers: [local.sessions.operator.caller] });
});

test('200,000 events in 400 PutRecords all arrive', async () => {
  const client = local.kinesisClient();
  const command = put(500, 200);
  for (let call = 0; call < 400; call += 4) await Promise.all([1, 2, 3, 4].map(() => client.send(command)));
  expect(local.kinesisSeen.records).toBe(200_000);
}, 120_000);

test('errors reach the client with their code, and faults without their words', async () => {
  const client = local.kinesisClient();
  expect(await rejection(client.send(new DescribeStreamSummaryCommand({ StreamName: 'none' })))).toEqual({
    name: 'ResourceNotFoundException',
    message: 'Stream none not found.',
    status: 400,
  });
  expect(await rejection(client.send(new ListStreamsCommand({})))).toMatchObject({ name: 'InternalFailure', status: 500 });
  expect(local.faults).toMatchObject([{ message: 'a fault that quotes data' }]);
});

test('an operation that is lacking says so', async () => {
  expect(await rejection(local.kinesisClient().send(new CreateStreamCommand({ StreamName: 's' })))).toEqual({
    name: 'NotImplemented',
    message: 'NotImplemented: kinesis:CreateStream',
    status: 501,
  });
  expect(await rejection(local.stsClient().send(new GetSessionTokenCommand({})))).toEqual({
    name: 'NotImplemented',
    message: 'NotImplemented: sts:GetSessionToken',
    status: 501,
  });
});

test('what needs no signature on AWS is lacking by its name, too', async () => {
  const command = new AssumeRoleWithWebIdentityCommand({ RoleArn: 'r', RoleSessionName: 's', WebIdentityToken: 't' });
  expect(await rejection(local.stsClient().send(command))).toMatchObject({
    name: 'NotImplemented',
    message: 'NotImplemented: sts:AssumeRoleWithWebIdentity',
  });
});

test.each<[string, string, Raw, string]>([
  [
    'JSON',
    'dynamodb',
    { headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-type': 'application/x-amz-json-1.0' }, body: '{}' },
    '{"__type":"NotImplemented","message":"NotImplemented: dynamodb:ListTables"}',
  ],
  [
    'forms',
    'sns',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=ListTopics&Version=2010-03-31' },
    '<Code>NotImplemented</Code><Message>NotImplemented: sns:ListTopics</Message>',
  ],
  [
    'REST',
    'lambda',
    { method: 'GET', path: '/2015-03-31/functions' },
    '{"message":"NotImplemented: lambda:GET /2015-03-31/functions"}',
  ],
  [
    'CBOR',
    'monitoring',
    {
      path: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
      headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
    },
    'message\u0078\u0026NotImplemented: monitoring:ListMetrics',
  ],
])('a service over %s that is not simulated at all says so', async (_protocol, service, raw, says) => {
  const { status, headers, text } = await sendRaw(local.url, local.sessions.operator.credentials, raw, { service });
  expect(status).toBe(501);
  expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(text).toContain(says);
});

test('STS tells who calls, and lets a caller be a role', async () => {
  const roleArn = `arn:aws:iam::${accountId}:role/headwaters/dev/analyst`;
  const trust = { Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' } };
  local.iam.addRole({ roleName: 'analyst', path: '/headwaters/dev/', arn: roleArn, trust, policyArns: [] });
  const assumed = await local.stsClient().send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'ana' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = assumed.Credentials ?? {};
  expect(Math.abs((Expiration?.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(60_000);
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const arn = `arn:aws:sts::${accountId}:assumed-role/analyst/ana`;
  expect(await local.stsClient(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: accountId,
    Arn: arn,
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:ana$/) as string,
  });
  expect(assumed.AssumedRoleUser?.Arn).toBe(arn);
  await local.kinesisClient(credentials).send(put());
  expect(local.kinesisSeen.callers).toEqual([{ arn, accountId, roleArn }]);
});

test('STS refuses a role that does not admit the caller', async () => {
  const command = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/none`, RoleSessionName: 'ana' });
  expect(await rejection(local.stsClient().send(command))).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('the Date header is of the wall clock', async () => {
  const response = await new Promise<http.IncomingMessage>((resolve) => http.get(local.url, resolve));
  response.resume();
  expect(Math.abs(Date.parse(response.headers.date ?? '') - Date.now())).toBeLessThan(5000);
});
