import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { invokeFunction } from '../../../cli/replay/invoke-function.ts';
import { isSigned, parseAuthorization, sha256 } from '../../../local/endpoint/signature.ts';

interface Seen {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}
let answer: { status: number; headers?: Record<string, string>; body: string };
let seen: Seen;
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    seen = { path: request.url ?? '', headers: request.headers, body };
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
});
let endpoint = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const keys = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
const invoke = () => invokeFunction({ endpoint, region: 'eu-west-1', keys }, 'replay', { operation: 'list' });

test('signs for Lambda, with the token of the session', async () => {
  answer = { status: 200, body: '{"a":1}' };
  expect(await invoke()).toEqual({ a: 1 });
  expect(seen.path).toBe('/2015-03-31/functions/replay/invocations');
  expect(seen.body).toBe('{"operation":"list"}');
  const said = parseAuthorization(String(seen.headers.authorization));
  expect(said).toMatchObject({ accessKeyId: 'AKID', region: 'eu-west-1', service: 'lambda' });
  expect(said?.signedHeaders).toContain('x-amz-security-token');
  const signing = { secret: 'secret', time: String(seen.headers['x-amz-date']), payloadHash: sha256(seen.body) };
  expect(said && isSigned({ method: 'POST', query: [], ...seen }, said, signing)).toBe(true);
});

test.each([
  [
    'AccessDeniedException: no',
    { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{"message":"no"}' },
  ],
  [
    'RangeTooLarge: 31 days',
    {
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: '{"errorType":"RangeTooLarge","errorMessage":"31 days"}',
    },
  ],
])('fails with %s', async (message, refused) => {
  answer = refused;
  await expect(invoke()).rejects.toThrow(message);
});

test('fails with NotAnswering where nothing listens', async () => {
  const nowhere = { endpoint: 'http://127.0.0.1:1', region: 'eu-west-1', keys };
  await expect(invokeFunction(nowhere, 'replay', {})).rejects.toThrow(
    "NotAnswering: the platform at 'http://127.0.0.1:1' must answer",
  );
});
