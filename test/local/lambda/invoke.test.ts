import { Endpoint, Port } from '../../../local/endpoint/index.ts';
import type { InvokedLambda } from '../../../local/endpoint/lambda-rest.ts';
import { Sessions, Sts } from '../../../local/iam/index.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';
import { sendRaw, type Raw } from '../endpoint/raw.ts';
import { lakeWith } from '../s3/lake.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:echo';
const invoked: { arn: string; caller: string; event: unknown }[] = [];
const queued: { arn: string; event: unknown }[] = [];
const check = ({ arn: caller }: Pick<Caller, 'arn'>, arn: string): void => {
  if (arn.includes('denied'))
    throw new ServiceError(
      'AccessDeniedException',
      `${caller} is not authorized to perform: lambda:InvokeFunction on resource: ${arn}`,
      403,
    );
  if (arn.includes('absent')) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
};
const lambda: InvokedLambda = {
  arnOf: (name, qualifier, { accountId }) =>
    [`arn:aws:lambda:us-east-1:${accountId}:function:${name}`, ...(qualifier === undefined ? [] : [qualifier])].join(':'),
  versionOf: (arn) => (arn.endsWith(':live') ? '3' : '$LATEST'),
  checkInvoke: check,
  enqueue: (caller, arn, event) => {
    check(caller, arn);
    queued.push({ arn, event });
  },
  invoke: async (caller, arn, event) => {
    check(caller, arn);
    invoked.push({ arn, caller: caller.arn, event });
    if (arn.includes('thrower')) return { errorType: 'RangeError', errorMessage: 'out of range', trace: ['RangeError: out'] };
    return { answer: JSON.stringify({ echo: event }) };
  },
};
const lake = lakeWith({});
const sessions = new Sessions({ iam: lake.iam });
const endpoint = new Endpoint({ services: [], sts: new Sts(sessions), s3: lake.s3, lambda, sessions });
let port: Port;
beforeAll(async () => {
  port = await Port.open();
  endpoint.serve(port);
});
afterAll(() => port.close());
const send = (path: string, raw: Raw = {}) =>
  sendRaw(
    port.url,
    sessions.operator.credentials,
    { path, headers: { 'content-type': 'application/json' }, ...raw },
    { service: 'lambda' },
  );
const invocations = (name: string): string => `/2015-03-31/functions/${name}/invocations`;

test('invokes a function by its name, as who signed, and gives its answer', async () => {
  const { status, headers, text } = await send(invocations('echo'), { body: '{"a":1}' });
  expect({ status, text, version: headers['x-amz-executed-version'] }).toEqual({
    status: 200,
    text: '{"echo":{"a":1}}',
    version: '$LATEST',
  });
  expect(headers['x-amz-function-error']).toBeUndefined();
  expect(invoked.at(-1)).toEqual({ arn: ARN, caller: sessions.operator.caller.arn, event: { a: 1 } });
});

test('an invocation without a payload has an empty event', async () => {
  expect((await send(invocations('echo'))).text).toBe('{"echo":{}}');
});

test('names the version that an alias stood for', async () => {
  const { headers } = await send(invocations('echo'), { query: { Qualifier: 'live' } });
  expect(headers['x-amz-executed-version']).toBe('3');
});

test('a dry run asks whether, and invokes nothing', async () => {
  const headers = { 'x-amz-invocation-type': 'DryRun' };
  const before = invoked.length;
  expect(await send(invocations('echo'), { headers })).toMatchObject({ status: 204, text: '' });
  expect(await send(invocations('denied'), { headers })).toMatchObject({ status: 403 });
  expect(invoked).toHaveLength(before);
});

test('an event that nobody waits for is taken, and answered before anything runs', async () => {
  const headers = { 'x-amz-invocation-type': 'Event' };
  const before = invoked.length;
  const { status, text, headers: told } = await send(invocations('echo'), { headers, body: '{"a":1}' });
  expect({ status, text, version: told['x-amz-executed-version'] }).toEqual({ status: 202, text: '', version: undefined });
  expect(queued).toEqual([{ arn: ARN, event: { a: 1 } }]);
  expect(await send(invocations('denied'), { headers })).toMatchObject({ status: 403 });
  const body = JSON.stringify('x'.repeat(1024 * 1024));
  const tooLarge = await send(invocations('echo'), { headers, body });
  expect(tooLarge.status).toBe(413);
  expect(tooLarge.text).toContain('Request must be smaller than 1048576 bytes');
  expect([invoked.length, queued.length]).toEqual([before, 1]);
});

test.each([
  ['absent', '{}', { Type: 'User', Message: `Function not found: ${ARN.replace('echo', 'absent')}` }],
  ['echo', '{', { Type: 'User', message: 'Could not parse request body into json' }],
])('an error of Lambda’s own says that it is the client’s: of %s', async (name, body, told) => {
  expect(JSON.parse((await send(invocations(name), { body })).text)).toEqual(told);
});

test('what a function throws is an answer, marked as an error', async () => {
  const { status, headers, text } = await send(invocations('thrower'), { body: '{}' });
  expect({ status, error: headers['x-amz-function-error'], text }).toEqual({
    status: 200,
    error: 'Unhandled',
    text: '{"errorType":"RangeError","errorMessage":"out of range","trace":["RangeError: out"]}',
  });
});

test.each([
  ['AccessDeniedException', 403, invocations('denied'), {}],
  ['InvalidRequestContentException', 400, invocations('echo'), { body: '{"secret": ' }],
  ['RequestTooLargeException', 413, invocations('echo'), { body: JSON.stringify('x'.repeat(6 * 1024 * 1024)) }],
  ['NotImplemented', 501, invocations('echo'), { headers: { 'x-amz-invocation-type': 'Other' } }],
  ['NotImplemented', 501, invocations('echo'), { headers: { 'x-amz-log-type': 'Tail' } }],
  ['NotImplemented', 501, '/2015-03-31/functions/echo', { method: 'GET' }],
])('fails with %s (%d) at %s', async (code, expected, path, raw) => {
  const { status, headers, text } = await send(path, raw);
  expect({ status, code: headers['x-amzn-errortype'] }).toEqual({ status: expected, code });
  expect(text).not.toContain('secret');
});

test('fails for a signature of another service', async () => {
  const { status } = await sendRaw(port.url, sessions.operator.credentials, { path: invocations('echo') }, { service: 'states' });
  expect(status).toBe(501);
});
