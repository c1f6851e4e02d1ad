import { jest } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { variablesOf } from '../../cli/local/variables.ts';
import { SimulatedClock } from '../../local/clock.ts';
import { controlService } from '../../local/control.ts';
import { start, type LocalRuntime } from '../../local/start.ts';
import { expected, type ClientPlatform, type ClientReport } from './expected.ts';
import { queryable, READER_ROLE, WORK_GROUP } from './fixture.ts';

jest.setTimeout(120_000);

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

/** The variables that `headwaters local export-env` prints, and nothing of whoever runs the tests. */
function environment(): NodeJS.ProcessEnv {
  const set = Object.entries(variablesOf(runtime, runtime.operator)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const nobody = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };
  const { PATH, HOME } = process.env;
  return { PATH, HOME, AWS_MAX_ATTEMPTS: '1', PYTHONWARNINGS: 'ignore', ...nobody, ...Object.fromEntries(set) };
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`'${command}' ended with ${String(code)}: ${error}`);
  return output;
}

const answers = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A test where what it needs is there; where it is not, it is reported as one that did not run, with the reason. */
const testWith = (isThere: boolean, what: string, name: string, body: () => Promise<void>): void => {
  if (isThere) test(name, body);
  else {
    process.stderr.write(`did not run: '${name}': ${what} is not on this machine\n`);
    test.skip(`${name} (did not run: ${what} is not on this machine)`, body);
  }
};

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
