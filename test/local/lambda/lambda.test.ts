import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { traceOf, withTrace } from '../../../local/lambda/lineage.ts';
import { ServiceError } from '../../../local/service.ts';
import type { Lambda, FunctionSettings } from '../../../local/lambda/lambda.ts';
import { ARN as arn, CALLER as caller, deployed, LONG } from './rig.ts';

vi.setConfig({ testTimeout: LONG * 1_000, hookTimeout: LONG * 1_000 });

const running: Lambda[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((lambda) => lambda.stop()));
});

function lambda(code: string, settings?: Partial<FunctionSettings>, allowed?: readonly string[], onSession?: () => void) {
  const all = deployed(code, settings, allowed, onSession);
  running.push(all.service);
  return all;
}

test('runs the handler with the environment of its template and its role, and no other', async () => {
  const { service } = lambda(
    'export const handler = async (event) => ({ event, names: Object.keys(process.env).sort(), colour: process.env.COLOUR });',
    {
      environment: { COLOUR: 'blue' },
    },
  );
  const outcome = await service.invoke(caller, arn, { a: 1 });
  const { event, names, colour } = JSON.parse('answer' in outcome ? outcome.answer : '{}') as {
    event: object;
    names: string[];
    colour: string;
  };
  expect(event).toEqual({ a: 1 });
  expect(colour).toBe('blue');
  expect(names).toEqual(expect.arrayContaining(['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_SESSION_TOKEN', 'LAMBDA_TASK_ROOT']));
  expect(names).not.toContain('HOME');
});

test('reads under /opt/ go to the layers, the later one first', async () => {
  const layers = [1, 2].map((number) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'layer-'));
    writeFileSync(path.join(folder, `only-${number}.txt`), `only ${number}`);
    writeFileSync(path.join(folder, 'both.txt'), `both ${number}`);
    mkdirSync(path.join(folder, 'nested'));
    return folder;
  });
  const { service } = lambda(
    `import { existsSync, readFileSync } from 'node:fs'; import { readFile } from 'node:fs/promises';
     export const handler = async () => [readFileSync('/opt/only-1.txt', 'utf8'), await readFile('/opt/both.txt', 'utf8'), existsSync('/opt/none')];`,
    { layers },
  );
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '["only 1","both 2",false]' });
});

test('a handler that throws is a function error, and the thread lives on', async () => {
  const { service, lines } = lambda(
    'let n = 0; export const handler = async (event) => { n++; if (event.bad) throw new TypeError("no"); return n; };',
  );
  expect(await service.invoke(caller, arn, { bad: true })).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' });
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '2' });
  expect(lines).toMatchObject([{ level: 'error', logGroup: '/aws/lambda/echo' }]);
  expect(lines.map(({ message }) => message)).toEqual(['{"errorType":"TypeError","errorMessage":"no"}']);
});

test.each([
  ['exits', 'export const handler = async () => { process.exit(3); };', 'Runtime.ExitError'],
  [
    'crashes later',
    'export const handler = () => new Promise(() => setTimeout(() => { throw new RangeError("late"); }, 1));',
    'RangeError',
  ],
  ['answers over 6 MB', 'export const handler = async () => "x".repeat(6_291_555);', 'Function.ResponseSizeTooLarge'],
  ['does not load', 'throw new SyntaxError("broken");', 'SyntaxError'],
  ['has no handler', 'export const other = 1;', 'Error'],
])('a function that %s is a function error', async (_name, code, errorType) => {
  const { service } = lambda(code);
  expect(await service.invoke(caller, arn, {})).toMatchObject({ errorType });
});

test('a function that never answers is a function error once its time is out', async () => {
  const { service } = lambda('export const handler = () => new Promise(() => setInterval(() => {}, 1_000));', { timeout: 0.05 });
  expect(await service.invoke(caller, arn, {})).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringContaining('Task timed out after 0.05 seconds') as string,
  });
});

test.each([
  ['throws', "if (!existsSync(process.env.SECRET)) throw new RangeError('no secret yet');"],
  ['rejects', "await access(process.env.SECRET).catch(() => { throw new RangeError('no secret yet'); });"],
  ['exits', 'if (!existsSync(process.env.SECRET)) process.exit(1);'],
])('a function that %s while it starts is started anew by each invocation until it starts', async (_how, start) => {
  const secret = path.join(mkdtempSync(path.join(tmpdir(), 'secret-')), 'secret');
  const { service } = lambda(
    `import { existsSync } from 'node:fs'; import { access } from 'node:fs/promises'; ${start}
     let n = 0; export const handler = async () => ++n;`,
    { environment: { SECRET: secret } },
  );
  expect(await service.invoke(caller, arn, {})).toHaveProperty('errorType');
  expect(await service.invoke(caller, arn, {})).toHaveProperty('errorType');
  writeFileSync(secret, '');
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '1' });
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '2' });
});

test('a function that crashes after its answer starts anew', async () => {
  const { service, log } = lambda(
    'let n = 0; export const handler = async () => { setTimeout(() => { throw new Error("after"); }, 1); return ++n; };',
  );
  const crashed = once(log, 'line');
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '1' });
  await crashed;
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '1' });
});

test('console lines go to the log group, with the level that a JSON line states', async () => {
  const { service, lines } = lambda(
    `export const handler = async () => { console.log('plain %d', 1); console.error(JSON.stringify({ level: 'ERROR', message: 'bad' })); console.log(JSON.stringify({ level: 'WARN' })); };`,
    { logGroup: '/headwaters/echo' },
  );
  await service.invoke(caller, arn, {});
  expect(lines.map(({ level, logGroup }) => `${logGroup} ${level}`)).toEqual(
    ['info', 'error', 'warn'].map((level) => `/headwaters/echo ${level}`),
  );
  expect(lines[0]?.message).toBe('plain 1');
});

test.each(['logs:CreateLogStream', 'logs:PutLogEvents'])(
  'a role that may not %s leaves no line, and one that says so',
  async (action) => {
    const { service, lines } = lambda('export const handler = async () => { console.log("x"); throw new Error("y"); };', {
      roleArn: action,
    });
    await service.invoke(caller, arn, {});
    await service.invoke(caller, arn, {});
    expect(lines).toEqual([
      {
        time: Date.UTC(2001, 0, 1),
        logGroup: '(not written: /aws/lambda/echo)',
        level: 'error',
        message: `not authorized to perform: ${action} on resource: arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/echo:log-stream:local`,
      },
    ]);
  },
);

test('an alias is authorized by its own ARN', async () => {
  const live = `${arn}:live`;
  const { service } = lambda('export const handler = async () => 1;', {}, [live]);
  service.qualify(`${arn}:1`, arn);
  service.qualify(live, `${arn}:1`);
  expect(await service.invoke(caller, live, {})).toEqual({ answer: '1' });
  await expect(service.invoke(caller, arn, {})).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('fails when the code holds no such file', () => {
  expect(() => lambda('', { handler: 'other.handler' })).toThrow("no 'other.mjs'");
});

test('a function of another runtime is kept, and its invocation is refused by name', async () => {
  const { service } = lambda('', { runtime: 'python3.13', handler: 'app.handler' });
  await expect(service.invoke(caller, arn, {})).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'lambda: the runtime python3.13 of echo does not run here',
    status: 501,
  });
  expect(service.strangeRuntime(arn)).toBe('python3.13');
});

test('what a role is refused fails an invocation, and not those after it', async () => {
  let refused = true;
  const { service } = lambda('export const handler = async () => 1;', {}, [arn], () => {
    if (refused) throw new ServiceError('AccessDeniedException', 'no');
  });
  expect(await service.invoke(caller, arn, {})).toEqual({ errorType: 'AccessDeniedException', errorMessage: 'no' });
  refused = false;
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '1' });
});

test('what is thrown and has no text is an error of the function', async () => {
  const { service } = lambda('export const handler = async () => { throw Object.create(null); };');
  expect(await service.invoke(caller, arn, {})).toMatchObject({
    errorType: 'object',
    errorMessage: 'what was thrown has no text',
  });
});

test('a callback that comes when its invocation is over is nobody’s answer', async () => {
  const { service } = lambda(
    `export const handler = ({ first }, context, callback) => {
       if (first) setTimeout(() => callback(null, 'late'), 20);
       if (first) context.done(null, 'first');
     };`,
    { timeout: 5 },
  );
  expect(await service.invoke(caller, arn, { first: true })).toEqual({ answer: '"first"' });
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: 'null' });
});

test('a chain that has invoked functions 16 times is refused another, also by who waits', async () => {
  const { service } = lambda('export const handler = async () => process.env._X_AMZN_TRACE_ID ?? "none";');
  expect(await service.invoke(caller, arn, {})).toEqual({ answer: '"none"' });
  expect(await withTrace(traceOf(15), () => service.invoke(caller, arn, {}))).toEqual({
    answer: expect.stringMatching(/;Lineage=1:[0-9a-f]{8}:16"$/) as string,
  });
  await expect(withTrace(traceOf(16), () => service.invoke(caller, arn, {}))).rejects.toMatchObject({
    name: 'RecursiveInvocationException',
  });
});
