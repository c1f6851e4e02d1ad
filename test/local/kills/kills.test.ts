import { vi } from 'vitest';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SimulatedClock } from '../../../local/clock.ts';
import { removeState, savedTime, start } from '../../../local/start.ts';
import { queryable } from '../../clients/fixture.ts';
import { call } from '../dynamodb/call.ts';
import { REPOSITORY } from '../../support/project.ts';
import type { Changes } from './die-at-write.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** Lives that run at once: the machine has two cores. */
const AT_ONCE = 2;
/** A sample of moments and of changes in `npm test`; all of them in `npm run prove`. */
const { MOMENTS, EVERY } = process.env.HEADWATERS_KILLS === 'all' ? { MOMENTS: 50, EVERY: 1 } : { MOMENTS: 6, EVERY: 6 };
const SEED = 20_010_101;

/** A bundle lies where its packages are found. */
const bundles = path.join(REPOSITORY, 'node_modules/.cache/headwaters-tests');
const life = path.join(bundles, `life-${process.pid}.mjs`);
const assembly = queryable();
const folder = mkdtempSync(path.join(tmpdir(), 'kills-'));
/** A state that one life has saved: what each killed life begins with. */
const saved = path.join(folder, 'saved');
let changes: Changes = { count: 0, writes: [] };
let milliseconds = 0;

interface Ended {
  readonly text: string;
  readonly error: string;
  readonly signal: NodeJS.Signals | null;
  /** From the moment at which it may change the state to its end. */
  readonly milliseconds: number;
}

/** One life on a state, which ends by itself, at a change, or by us. */
async function live(
  state: string,
  { at = 0, torn = false, killAfter }: { at?: number; torn?: boolean; killAfter?: number } = {},
) {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    life,
    assembly,
    state,
    String(at),
    torn ? 'torn' : '',
  ]);
  let [text, error, begun] = ['', '', 0];
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (begun > 0 || !text.includes('begun')) return;
    begun = performance.now();
    if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject).on('close', (_code, by) => {
      resolve(by);
    });
  });
  return { text, error, signal, milliseconds: performance.now() - begun } satisfies Ended;
}

/** A copy of the saved state, for one life to end on. */
function copy(name: string): string {
  const state = path.join(folder, name);
  cpSync(saved, state, { recursive: true });
  return state;
}

beforeAll(async () => {
  mkdirSync(bundles, { recursive: true });
  await build({
    entryPoints: [path.join(import.meta.dirname, 'life.ts')],
    outfile: life,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  expect(await live(saved)).toMatchObject({ text: expect.stringContaining('writes') as string, signal: null });
  const whole = await live(copy('whole'));
  expect(whole).toMatchObject({ signal: null, error: '' });
  changes = JSON.parse(whole.text.split('\n')[1] ?? '') as Changes;
  milliseconds = whole.milliseconds;
});
afterAll(() => {
  rmSync(life, { force: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const HOUR = 3_600_000;
type Verdict = 'as before' | 'as after' | 'refused';

/** What the next start makes of a state: it goes on with what was saved before or after, whole, or it refuses and a reset frees it. */
async function judge(state: string): Promise<Verdict> {
  const clock = new SimulatedClock((savedTime(state) ?? 0) + HOUR);
  const runtime = await start({ assembly, state, clock }).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'StateUnfinished', message: expect.stringContaining('reset') as string });
    return undefined;
  });
  if (runtime === undefined) {
    removeState(state);
    expect(existsSync(state)).toBe(false);
    return 'refused';
  }
  try {
    const objects = await readAll(runtime.endpoint, runtime.operator, runtime.outputs.Storage?.LakeName ?? '');
    const data = objects.filter((key) => key.startsWith('data/')).length;
    expect([1, 2]).toContain(data);
    expect(objects).toHaveLength(3 * data); // each life writes an object of events, an answer and what its columns are
    const { body } = await call(runtime.endpoint, runtime.operator, 'Scan', { TableName: 'lives' });
    const lives = (body.Items as { id: { N: string }; n: { N: string } }[]).map(
      ({ id, n }) => Number(n.N) - (id.N === '0' ? data : 1),
    );
    expect(lives).toEqual(Array.from({ length: 20 }, () => 0)); // each life counts itself in the first item
    return data === 1 ? 'as before' : 'as after';
  } finally {
    await runtime.stop();
    expect(readdirSync(state).filter((name) => /^lock|^unfinished$|\.new$/.test(name))).toEqual([]);
  }
}

/** Reads every object, and holds its bytes against what the index says of them. */
async function readAll(endpoint: string, credentials: { accessKeyId: string; secretAccessKey: string }, Bucket: string) {
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  try {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key, Size, ETag } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      expect({ Key, Size: bytes.length, ETag: `"${createHash('md5').update(bytes).digest('hex')}"` }).toEqual({
        Key,
        Size,
        ETag,
      });
    }
    return Contents.map(({ Key = '' }) => Key);
  } finally {
    s3.destroy();
  }
}

/** Runs jobs, a few at once, and answers in their order. */
async function inTurns<T>(jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const rest = [...jobs.entries()];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** Numbers from 0 to 1, the same for the same seed. @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function* seeded(seed: number): Generator<number> {
  for (let value = seed; ;) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    yield value / 2 ** 32;
  }
}

test(`killed at ${MOMENTS} moments of a run, the next start goes on or refuses`, async () => {
  const random = seeded(SEED);
  const moments = Array.from({ length: MOMENTS }, () => (random.next().value ?? 0) * milliseconds * 1.1);
  const verdicts = await inTurns(
    moments.map((killAfter, index) => async () => {
      const state = copy(`moment-${index}`);
      await live(state, { killAfter });
      return judge(state);
    }),
  );
  expect(verdicts).toHaveLength(MOMENTS);
  if (EVERY === 1) expect(verdicts).toContain('refused'); // a few moments may all fall where nothing is at stake
});

test(`killed after ${EVERY === 1 ? 'each change' : 'changes'} to a file, and in the midst of each write, the next start goes on or refuses`, async () => {
  const { count, writes } = changes;
  expect(count).toBeGreaterThan(10);
  const deaths = Array.from({ length: count }, (_, index) => index + 1)
    .filter((at) => at % EVERY === 1 % EVERY || at === count)
    .flatMap((at) => [...(writes.includes(at) ? [{ at, torn: true }] : []), { at, torn: false }]);
  const verdicts = await inTurns(
    deaths.map((death) => async () => {
      const state = copy(`change-${death.at}-${String(death.torn)}`);
      expect(await live(state, death)).toMatchObject({ signal: 'SIGKILL' });
      return judge(state);
    }),
  );
  const order: readonly Verdict[] = ['as before', 'refused', 'as after'];
  const places = verdicts.map((verdict) => order.indexOf(verdict));
  expect([...places].sort((a, b) => a - b)).toEqual(places); // once a run has begun nothing of before is left to go on with, until all is saved
  expect(new Set(verdicts)).toEqual(new Set(order));
});
