import { gzipSync } from 'node:zlib';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { decode } from 'cborg';
import { Endpoint, Port } from '../../../local/endpoint/index.ts';
import { Sessions, Sts } from '../../../local/iam/index.ts';
import { ServiceError, type JsonService } from '../../../local/service.ts';
import { lakeWith } from '../s3/lake.ts';

const asked: unknown[] = [];
const refuse = (code: string, status?: number) => async () => {
  throw new ServiceError(code, 'no', status);
};
const service: JsonService = {
  name: 'clocks',
  targetPrefix: 'Clocks',
  version: '1.0',
  operations: {
    Look: async (input) => {
      asked.push(input);
      return { At: 1.5, Ats: [1, 2], Mean: 3, Count: 3, Parts: [{ At: 2, Mean: 0.5 }], Gone: undefined };
    },
    Wind: async () => ({}),
    Break: refuse('BrokenException'),
    Halt: refuse('Halted', 503),
  },
  cbor: {
    service: 'ClocksV1',
    isTimestamp: (member) => ['At', 'Ats'].includes(member),
    isDouble: (member) => member === 'Mean',
  },
  queryCode: (code) => code.replace('Exception', ''),
};

let url: string;
let sessions: Sessions;
let stop: () => Promise<void>;
beforeAll(async () => {
  const lake = lakeWith();
  sessions = new Sessions({ iam: lake.iam });
  const endpoint = new Endpoint({ services: [service], sts: new Sts(sessions), s3: lake.s3, sessions });
  const port = await Port.open();
  endpoint.serve(port);
  url = port.url;
  stop = async () => {
    await port.close();
    lake.remove();
  };
});
afterAll(async () => {
  await stop();
});
beforeEach(() => {
  asked.length = 0;
});

interface Sent {
  readonly body?: Buffer;
  readonly headers?: Record<string, string>;
  readonly called?: string;
  readonly signedFor?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Signs a request and sends it; the answer's body is bytes, which `sendRaw` would read as a text. */
async function send(
  operation: string,
  { body = Buffer.of(), headers = {}, called = 'ClocksV1', signedFor = 'clocks' }: Sent = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { accessKeyId, secretAccessKey } = sessions.operator.credentials;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region: 'us-east-1',
    service: signedFor,
    sha256: Sha256,
  });
  const path = `/service/${called}/operation/${operation}`;
  const own = { host: `${hostname}:${port}`, 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    path,
    headers: { ...own, ...headers },
    body,
  });
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: signed.headers, body });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const decoded = (answer: Answer): unknown => decode(answer.bytes, { tags: { 1: (content) => `at ${String(content())}` } });

test('times go out with their tag, and doubles as such even without a fraction', async () => {
  const answer = await send('Look');
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
  });
  expect(decoded(answer)).toEqual({ At: 'at 1.5', Ats: ['at 1', 'at 2'], Mean: 3, Count: 3, Parts: [{ At: 'at 2', Mean: 0.5 }] });
  const written = answer.bytes.toString('hex');
  expect(written).toContain('644d65616ef94200');
  expect(written).toContain('65436f756e7403');
});

test.each([
  ['of definite length', 'a1 62 4174 c1 fb 3ff8000000000000'],
  ['of indefinite length', 'bf 62 4174 c1 fb 3ff8000000000000 ff'],
])('a map %s is read, and its times are seconds', async (_length, body) => {
  await send('Look', { body: hex(body) });
  expect(asked).toEqual([{ At: 1.5 }]);
});

test('a body may be compressed, and need not be', async () => {
  await send('Look', { body: gzipSync(hex('a1 61 61 9f 01 02 ff')), headers: { 'content-encoding': 'gzip' } });
  await send('Look');
  expect(asked).toEqual([{ a: [1, 2] }, {}]);
});

test('an operation without output is answered without a body', async () => {
  const { status, headers, bytes } = await send('Wind');
  expect([status, headers['smithy-protocol'], headers['content-type'], bytes.length]).toEqual([200, 'rpc-v2-cbor', undefined, 0]);
});

test.each([
  ['a list', '81 01'],
  ['half a map', 'a1 61'],
  ['two maps', 'a0 a0'],
  ['a tag that nobody knows', 'a1 61 61 d8 64 01'],
  ['JSON', Buffer.from('{"secret":1}').toString('hex')],
])('fails for a body of %s, without its content', async (_kind, body) => {
  const answer = await send('Look', { body: hex(body) });
  expect(answer.status).toBe(400);
  expect(decoded(answer)).toEqual({ __type: 'SerializationException', message: 'the body is not a CBOR map' });
});

test.each([
  ['Break', 400, 'BrokenException', 'Broken;Sender'],
  ['Halt', 503, 'Halted', 'Halted;Receiver'],
])('%s fails with its code, and with that which forms had', async (operation, status, code, queryError) => {
  const answer = await send(operation);
  expect(answer).toMatchObject({ status, headers: { 'x-amzn-query-error': queryError } });
  expect(decoded(answer)).toEqual({ __type: code, message: 'no' });
});

test.each<[string, string, Sent, string]>([
  ['an operation that is lacking', 'Stop', {}, 'NotImplemented: clocks:Stop'],
  ['what every object has', 'toString', {}, 'NotImplemented: clocks:toString'],
  ['a service that is lacking', 'Look', { called: 'Other', signedFor: 'other' }, 'NotImplemented: other:Look'],
])('fails for %s, by its name', async (_case, operation, sent, message) => {
  const answer = await send(operation, sent);
  expect(answer.status).toBe(501);
  expect(decoded(answer)).toEqual({ __type: 'NotImplemented', message });
});

test('fails for a signature that is for another service', async () => {
  const answer = await send('Look', { signedFor: 'other' });
  expect(decoded(answer)).toMatchObject({ __type: 'InvalidSignatureException' });
});
