import { ListStreamsCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../local/iam/index.ts';
import { sendRaw, type Raw, type SendOptions } from './raw.ts';
import { rejection, running } from './running.ts';

let local: Awaited<ReturnType<typeof running>>;
beforeAll(async () => {
  local = await running();
});
afterAll(async () => {
  await local.stop();
});

const session = (seconds: number): Credentials =>
  local.sessions.credentialsFor(local.sessions.operator.caller, seconds).credentials;
const doubts: [string, () => Credentials, string[]][] = [
  [
    'an unknown key',
    () => ({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }),
    ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId'],
  ],
  [
    'a wrong secret',
    () => ({ ...local.sessions.operator.credentials, secretAccessKey: 'x' }),
    ['InvalidSignatureException', 'SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
  ],
  [
    'another session’s token',
    () => ({ ...session(900), sessionToken: 'x' }),
    ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidToken'],
  ],
  ['an expired session', () => session(-1), ['ExpiredTokenException', 'ExpiredToken', 'ExpiredToken']],
];
test.each(doubts)('fails on %s, by each protocol’s own code', async (_name, credentials, codes) => {
  const given = credentials();
  const seen = [
    local.kinesisClient(given).send(new PutRecordsCommand({ StreamName: 's', Records: [] })),
    local.stsClient(given).send(new GetCallerIdentityCommand({})),
    local.s3Client(given).send(new ListBucketsCommand({})),
  ].map(async (promise) => (await rejection(promise)).name);
  expect(await Promise.all(seen)).toEqual(codes);
});

const send = (raw: Raw, options: SendOptions = {}) => sendRaw(local.url, local.sessions.operator.credentials, raw, options);
const target = { 'x-amz-target': 'Kinesis_20131202.PutRecords', 'content-type': 'application/x-amz-json-1.1' };
const putRecords: Raw = { headers: target, body: '{"StreamName":"s","Records":[]}' };

test('takes a signature over HTTP/1.1', async () => {
  expect(await send(putRecords)).toMatchObject({ status: 200, text: '{"FailedRecordCount":0,"Records":[]}' });
});

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
test.each<[string, SendOptions, string]>([
  [
    'a body that was changed',
    { tamper: (raw) => ({ ...raw, body: '{"StreamName":"t","Records":[]}' }) },
    'InvalidSignatureException',
  ],
  [
    'a header that was changed',
    { tamper: (raw) => ({ ...raw, headers: { ...raw.headers, 'x-amz-target': 'Kinesis_20131202.ListStreams' } }) },
    'InvalidSignatureException',
  ],
  ['a path that was changed', { tamper: (raw) => ({ ...raw, path: '/x' }) }, 'InvalidSignatureException'],
  ['a signature of six minutes ago', { at: later(-6) }, 'InvalidSignatureException'],
  ['a signature of tomorrow', { at: later(1440) }, 'InvalidSignatureException'],
  ['a signature for another service', { service: 'firehose' }, "scoped to correct service: 'kinesis'"],
  ['no signature', { tamper: () => putRecords }, 'MissingAuthenticationTokenException'],
  [
    'half a signature',
    { tamper: (raw) => ({ ...raw, headers: { ...raw.headers, authorization: 'AWS4-HMAC-SHA256 Credential=x' } }) },
    'IncompleteSignatureException',
  ],
])('fails on %s', async (_name, options, code) => {
  const { status, text } = await send(putRecords, options);
  expect(status).toBe(400);
  expect(text).toContain(code);
});

test.each([
  ['no JSON', '{"Records": "secret'],
  ['a list', '["secret"]'],
])('fails on %s without quoting it', async (_name, body) => {
  const { status, text } = await send({ headers: target, body });
  expect(status).toBe(400);
  expect(text).toContain('SerializationException');
  expect(text).not.toContain('secret');
});

test('STS tells who signed a URL, as other services ask it to', async () => {
  const identity: Raw = { method: 'GET', query: { Action: 'GetCallerIdentity', Version: '2011-06-15' } };
  const sts: SendOptions = { service: 'sts', expiresIn: 60 };
  const { arn } = local.sessions.operator.caller;
  expect(await send(identity, sts)).toMatchObject({ status: 200, text: expect.stringContaining(`<Arn>${arn}</Arn>`) as string });
  const another = (raw: Raw): Raw => ({ ...raw, path: (raw.path ?? '').replace('GetCallerIdentity', 'AssumeRole') });
  expect((await send(identity, { ...sts, tamper: another })).text).toContain('<Code>SignatureDoesNotMatch</Code>');
});

test.each([
  ['a signature', /X-Amz-Signature=[0-9a-f]+/],
  ['a credential', /X-Amz-Credential=[^&]+/],
  ['an algorithm', /X-Amz-Algorithm=[^&]+/],
  ['a time', /X-Amz-Expires=\d+/],
])('fails on a URL that was signed, without %s', async (_name, parameter) => {
  const without = (raw: Raw): Raw => ({ ...raw, path: (raw.path ?? '').replace(parameter, 'x=y') });
  const { status, text } = await send({ method: 'GET', path: '/lake/k' }, { service: 's3', expiresIn: 60, tamper: without });
  expect(status).toBe(400);
  expect(text).toContain('<Code>AuthorizationQueryParametersError</Code>');
});

test('fails on another service’s REST, naming it', async () => {
  const { status, text } = await send({ path: '/2015-03-31/functions/f/invocations' }, { service: 'lambda' });
  expect(status).toBe(501);
  expect(text).toContain('NotImplemented: lambda:POST /2015-03-31/functions/f/invocations');
});

describe('S3 uploads', () => {
  const unsigned = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'content-encoding': 'aws-chunked',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };
  const s3 = { service: 's3' };
  const chunked = (checksum: string) => `3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`;

  test('come in chunks with a trailer that is checked', async () => {
    const upload = { method: 'PUT', path: '/lake/chunked', headers: unsigned };
    expect(await send({ ...upload, body: chunked('hYfYZQ==') }, s3)).toMatchObject({ status: 200 });
    expect(local.s3.bucket('lake').get('chunked')?.size).toBe(5);
    expect((await send({ ...upload, body: chunked('AAAAAA==') }, s3)).text).toContain('<Code>BadDigest</Code>');
    expect((await send({ ...upload, body: '9\r\nabc' }, s3)).text).toContain('<Code>IncompleteBody</Code>');
  });

  test('may wait to be told to continue', async () => {
    const upload = {
      method: 'PUT',
      path: '/lake/waits',
      headers: { expect: '100-continue', 'content-length': '3' },
      body: 'abc',
    };
    expect(await send(upload, s3)).toMatchObject({ status: 200, continued: true });
  });

  test('must be what they were stated to be', async () => {
    const { text } = await send(
      { method: 'PUT', path: '/lake/k', body: 'abc' },
      { ...s3, tamper: (raw) => ({ ...raw, body: 'abd' }) },
    );
    expect(text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
    expect((await send({ method: 'GET', path: '/lake/k' }, { ...s3, at: later(-16) })).text).toContain(
      '<Code>RequestTimeTooSkewed</Code>',
    );
  });
});

test('fails on a path that is no URI', async () => {
  const { text } = await send(
    { method: 'GET', path: '/lake/k' },
    { service: 's3', tamper: (raw) => ({ ...raw, path: '/lake/%zz' }) },
  );
  expect(text).toContain('<Code>InvalidURI</Code>');
});

test('HTTP/2 signatures hold for the authority', async () => {
  const error = await rejection(
    local.kinesisClient({ ...local.sessions.operator.credentials, secretAccessKey: 'x' }).send(new ListStreamsCommand({})),
  );
  expect(error).toMatchObject({ name: 'InvalidSignatureException', status: 400 });
});
