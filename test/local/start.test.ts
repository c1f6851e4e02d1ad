import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SimulatedClock } from '../../local/clock.ts';
import type { LogEvent } from '../../local/service.ts';
import { refuseUnusable, savedTime, start, type LocalRuntime, type StartOptions } from '../../local/start.ts';
import { REPOSITORY, TSX } from '../support/project.ts';
import { fixture, type Template } from './assembly/fixture.ts';

const begin = Date.UTC(2001, 0, 1);
const running = new Set<LocalRuntime>();
afterEach(async () => {
  await Promise.all([...running].map((runtime) => stop(runtime)));
});

async function run(options: Partial<StartOptions> = {}) {
  const clock = options.clock ?? new SimulatedClock(begin);
  const lines: LogEvent[] = [];
  const state = options.state ?? mkdtempSync(path.join(tmpdir(), 'state-'));
  const runtime = await start({ assembly: fixture(), state, clock, onLog: (line) => lines.push(line), ...options });
  running.add(runtime);
  return { runtime, clock, lines, state };
}
async function stop(runtime: LocalRuntime) {
  running.delete(runtime);
  return runtime.stop();
}

const moduleUrl = (name: string): string => pathToFileURL(path.join(REPOSITORY, 'local', name)).href;

async function put({ endpoint, operator, outputs }: LocalRuntime, count: number): Promise<void> {
  const region = 'us-east-1';
  const sts = new STSClient({ endpoint, region, credentials: operator });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: outputs.Pipeline?.ProducerRoleArn, RoleSessionName: 'test' }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const kinesis = new KinesisClient({ endpoint, region, credentials });
  const Records = Array.from({ length: count }, (_, id) => ({
    PartitionKey: String(id),
    Data: Buffer.from(JSON.stringify({ id })),
  }));
  const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName: outputs.Pipeline?.StreamName, Records }));
  expect(FailedRecordCount).toBe(0);
  kinesis.destroy();
  sts.destroy();
}

async function keys({ endpoint, operator, outputs }: LocalRuntime): Promise<string[]> {
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials: operator, forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: outputs.Storage?.LakeName }));
  s3.destroy();
  return Contents.map(({ Key = '' }) => Key);
}

test('takes records from a producer through function and conversion into the lake', async () => {
  const { runtime, clock, lines, state } = await run();
  await put(runtime, 20);
  expect(runtime.undelivered()).toBe(20);
  await clock.advance(10 * 60_000);
  expect(runtime.undelivered()).toBe(0);
  const all = await keys(runtime);
  expect(all).toHaveLength(1);
  expect(all[0]).toMatch(/^data\/dt=2001-01-01\/Pipeline-Delivery-1-2001-01-01-00-00-00-[0-9a-f-]{36}\.parquet$/);
  expect(lines).toMatchObject([{ logGroup: '/aws/lambda/Pipeline-Function', level: 'info' }]);
  expect(await stop(runtime)).toEqual({ undelivered: 0, lost: 0 });
  expect(savedTime(state)).toBe(begin + 10 * 60_000);
});

test('says what is undelivered at its end', async () => {
  const { runtime } = await run();
  await put(runtime, 5);
  expect(await stop(runtime)).toEqual({ undelivered: 5, lost: 0 });
});

test('a missing grant leaves the records waiting, and the log names role and action', async () => {
  const withoutPut = (resources: Template['Resources']) => {
    const { PolicyDocument } = resources.DeliveryPolicy?.Properties as { PolicyDocument: { Statement: { Action: unknown }[] } };
    PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Action }) => Action !== 's3:PutObject');
  };
  const { runtime, clock, lines } = await run({ assembly: fixture(withoutPut) });
  await put(runtime, 3);
  await clock.advance(10 * 60_000);
  expect(await keys(runtime)).toEqual([]);
  const errors = lines.filter(({ level }) => level === 'error');
  expect(errors[0]).toMatchObject({ logGroup: 'Pipeline-Logs' });
  expect(errors[0]?.message).toMatch(/Pipeline-DeliveryRole.*s3:PutObject/);
  expect(await stop(runtime)).toEqual({ undelivered: 3, lost: 0 });
});

test('a later run finds the lake, and does not turn the clock back', async () => {
  const first = await run();
  await put(first.runtime, 3);
  await first.clock.advance(10 * 60_000);
  await stop(first.runtime);
  await expect(run({ state: first.state })).rejects.toMatchObject({
    code: 'ClockBehindState',
    message: expect.stringContaining('; begin it there or later, or on a new state') as string,
  });
  const second = await run({ state: first.state, clock: new SimulatedClock(begin + 3_600_000) });
  expect(await keys(second.runtime)).toHaveLength(1);
});

test('what was on its way when a run ended arrives in the next', async () => {
  const first = await run();
  await put(first.runtime, 20);
  await first.clock.advance(5_000); // read from the stream, and in the buffer of the transform
  await put(first.runtime, 7);
  expect(await stop(first.runtime)).toEqual({ undelivered: 27, lost: 0 });
  const second = await run({ state: first.state, clock: new SimulatedClock(first.clock.now()) });
  expect(second.runtime.undelivered()).toBe(27);
  await second.clock.advance(10 * 60_000);
  expect(second.runtime.undelivered()).toBe(0);
  expect(second.runtime.lost()).toBe(0);
  expect(await keys(second.runtime)).not.toEqual([]);
});

test('an ephemeral run leaves the state as it was', async () => {
  const first = await run();
  await put(first.runtime, 3);
  await first.clock.advance(10 * 60_000);
  await stop(first.runtime);
  const before = readdirSync(first.state, { recursive: true }).sort();
  const look = await run({ state: first.state, clock: new SimulatedClock(begin + 3_600_000), ephemeral: true });
  await put(look.runtime, 3);
  await look.clock.advance(10 * 60_000);
  expect(await keys(look.runtime)).toHaveLength(2);
  await stop(look.runtime);
  expect(readdirSync(first.state, { recursive: true }).sort()).toEqual(before);
  expect(savedTime(first.state)).toBe(begin + 10 * 60_000);
});

test('fails to run twice on one state', async () => {
  const { state } = await run();
  await expect(run({ state })).rejects.toMatchObject({ code: 'StateInUse' });
});

test('fails on a state whose run was killed, and says what to do', async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  writeFileSync(path.join(state, 'lock'), '999999999');
  writeFileSync(path.join(state, 'unfinished'), '');
  await expect(run({ state })).rejects.toMatchObject({
    code: 'StateUnfinished',
    message: expect.stringContaining('reset') as string,
  });
});

test('a start that fails lets go of the state', async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const broken = fixture((resources) => {
    if (resources.Stream) resources.Stream.Type = 'AWS::RDS::DBInstance';
  });
  await expect(run({ state, assembly: broken })).rejects.toMatchObject({ code: 'UnknownResourceType' });
  expect(existsSync(path.join(state, 'lock'))).toBe(false);
  await run({ state });
});

test('a start that finds no place for its temporary files lets go of the state', async () => {
  const first = await run();
  await stop(first.runtime);
  const script = `
    const { SimulatedClock } = await import(${JSON.stringify(moduleUrl('clock.ts'))});
    const { start } = await import(${JSON.stringify(moduleUrl('start.ts'))});
    process.env.TMPDIR = '/dev/null';
    await start({ assembly: ${JSON.stringify(fixture())}, state: ${JSON.stringify(first.state)}, clock: new SimulatedClock(${begin}) });`;
  const { stderr } = spawnSync(process.execPath, ['--import', TSX, '--input-type=module', '--eval', script], {
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/ENOTDIR: .*mkdtemp/);
  expect(() => {
    refuseUnusable(first.state);
  }).not.toThrow();
});

test('a start that finds its port taken leaves nothing behind: the next on the same clock delivers what was on its way', async () => {
  const first = await run();
  await put(first.runtime, 20);
  await first.clock.advance(5_000); // read from the stream, and in the buffer of the transform
  await put(first.runtime, 7);
  await stop(first.runtime);
  const { runtime: other } = await run();
  const { state, clock } = first;
  await expect(run({ state, clock, port: Number(new URL(other.endpoint).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const second = await run({ state, clock });
  expect(second.runtime.undelivered()).toBe(27);
  await clock.advance(10 * 60_000);
  expect(await stop(second.runtime)).toEqual({ undelivered: 0, lost: 0 });
});

test('a secret is made once', async () => {
  const withSecret = fixture((resources) => {
    resources.Secret = {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } },
    };
  });
  const first = await run({ assembly: withSecret });
  await stop(first.runtime);
  const saved = readFileSync(path.join(first.state, 'secrets.json'), 'utf8');
  expect(Object.values(JSON.parse(saved) as object)).toEqual([
    expect.objectContaining({ value: expect.stringMatching(/^[A-Za-z0-9]{40}$/) as string, created: begin }),
  ]);
  const second = await run({ assembly: withSecret, state: first.state });
  await stop(second.runtime);
  expect(readFileSync(path.join(first.state, 'secrets.json'), 'utf8')).toBe(saved);
});
