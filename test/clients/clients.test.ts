import { vi } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../local/clock.ts';
import { controlService } from '../../local/control.ts';
import { start, type LocalRuntime } from '../../local/start.ts';
import { expected, type ClientPlatform, type ClientReport } from './expected.ts';
import { queryable, READER_ROLE, WORK_GROUP } from './fixture.ts';
import { answers, runClient, testWith } from './run-client.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let runtime: LocalRuntime;
let platform: ClientPlatform;
beforeEach(async () => {
  const clock = new SimulatedClock(Date.UTC(2001, 0, 1));
  runtime = await start({
    assembly: queryable(),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock,
    control: (live) => controlService({ platform: live, pace: clock, stop: () => undefined }),
  });
  const { Pipeline, Storage } = runtime.outputs;
  platform = {
    stream: Pipeline?.StreamName ?? '',
    lake: Storage?.LakeName ?? '',
    workGroup: WORK_GROUP,
    producerRole: Pipeline?.ProducerRoleArn ?? '',
    readerRole: `arn:aws:iam::${runtime.accountId}:role/${READER_ROLE}`,
  };
});
afterEach(async () => {
  await runtime.stop();
});

const run = (command: string, args: readonly string[]): Promise<string> => runClient(runtime, command, args);

function hold({ calls, results }: ClientReport, client: string): void {
  expect(results).toEqual(expected(client));
  expect(calls).toBeGreaterThanOrEqual(30);
}

test('the JavaScript SDK puts, lists, reads the catalog, asks, and is denied', async () => {
  const { callAll } = await import('./js-calls.ts');
  hold(await callAll({ endpoint: runtime.endpoint, region: runtime.region }, runtime.operator, platform), 'js');
});

testWith(
  answers('python3', '-c', 'import boto3'),
  'python3 with boto3',
  'boto3 puts, lists, reads the catalog, asks, and is denied',
  async () => {
    const script = path.join(import.meta.dirname, 'boto3-calls.py');
    hold(JSON.parse(await run('python3', [script, JSON.stringify(platform)])) as ClientReport, 'boto3');
  },
);

testWith(
  answers('aws', '--version'),
  'the AWS CLI',
  'the AWS CLI puts a record, copies files and reads the catalog',
  async () => {
    const aws = (...args: string[]): Promise<string> => run('aws', args);
    expect(await aws('sts', 'get-caller-identity', '--query', 'Account', '--output', 'text')).toBe('123456789012\n');
    const put = ['--stream-name', platform.stream, '--partition-key', '1', '--data', Buffer.from('{"id":1}').toString('base64')];
    expect(JSON.parse(await aws('kinesis', 'put-record', ...put))).toMatchObject({ ShardId: 'shardId-000000000000' });
    await aws('s3', 'cp', import.meta.filename, `s3://${platform.lake}/cli/copy.ts`);
    expect(await aws('s3', 'ls', `s3://${platform.lake}/cli/`)).toMatch(/ copy\.ts\n$/);
    expect(await aws('s3', 'cp', `s3://${platform.lake}/cli/copy.ts`, '-')).toContain('the AWS CLI');
    expect(JSON.parse(await aws('glue', 'get-tables', '--database-name', 'fixture'))).toMatchObject({
      TableList: [{ Name: 'events' }],
    });
    await expect(aws('glue', 'list-jobs')).rejects.toThrow('NotImplemented: glue:ListJobs');
  },
);
