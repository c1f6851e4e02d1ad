import { vi } from 'vitest';
import type { FaultKinds, FaultPoint } from '../../../local/faults/faults.ts';
import { FAULT_KINDS, FAULT_POINTS } from '../../../local/faults/faults.ts';
import type { FaultPlan } from '../../../local/faults/index.ts';
import type { TestProject } from '../../support/project.ts';
import { HOUR, planted, SECOND, synthesized } from './planted.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const EVENTS = 30;
const AFTER_PUT = { after: SECOND };
let project: TestProject;
const running = new Set<() => Promise<void>>();
beforeAll(async () => {
  project = await synthesized();
});
afterEach(async () => {
  await Promise.all([...running].map((close) => close()));
  running.clear();
});
afterAll(() => {
  project.remove();
});

async function run(...rules: FaultPlan['rules']) {
  const platform = await planted(project, 1, ...rules);
  running.add(platform.close);
  return platform;
}
const whole = { produced: EVENTS, arrived: EVENTS, copies: 0, parked: 0, lost: 0, undelivered: 0 };

interface Row {
  readonly at: FaultPoint;
  readonly fault: FaultKinds[FaultPoint];
  readonly times: number;
  /** The code by which the producer is refused, once for each fault. @default - it is not */
  readonly refused?: string;
  /** What a log tells, once for each fault. @default - logs tell nothing */
  readonly logged?: RegExp;
  /** Events that arrive twice, because AWS makes them so. @default 0 */
  readonly copies?: number;
  /** Strikes after the records are in the stream. @default false */
  readonly late?: boolean;
}

const ROWS: readonly Row[] = [
  { at: 'kinesis:put', fault: 'throttle', times: 3, refused: 'ProvisionedThroughputExceededException' },
  { at: 'kinesis:put', fault: 'internalFailure', times: 3, refused: 'InternalFailure' },
  { at: 'kinesis:put', fault: 'answerLost', times: 3, refused: 'InternalFailure', copies: 3 },
  { at: 'kinesis:read', fault: 'throttle', times: 3 },
  { at: 'kinesis:read', fault: 'duplicate', times: 1, copies: 1 },
  { at: 'kinesis:read', fault: 'reorder', times: 1 },
  { at: 'firehose:put', fault: 'unavailable', times: 3, logged: /ServiceUnavailableException/ },
  { at: 'firehose:put', fault: 'partial', times: 1 },
  { at: 'firehose:lambda', fault: 'timeout', times: 3, logged: /Lambda\.FunctionTimedOut/ },
  { at: 'firehose:lambda', fault: 'error', times: 3, logged: /Lambda\.FunctionError/ },
  { at: 'firehose:s3', fault: 'unavailable', times: 4, logged: /S3\.SlowDown/ },
  { at: 'kms:use', fault: 'disabled', times: 3, refused: 'KMSDisabledException' },
  { at: 'kms:use', fault: 'throttle', times: 3, refused: 'KMSThrottlingException' },
  { at: 'kms:use', fault: 'disabled', times: 1, late: true, logged: /KMSDisabledException/ },
];

test.each(ROWS)('$at $fault strikes $times times, is told where it should be, and loses nothing', async (row) => {
  const { at, fault, times, refused, logged, copies = 0, late = false } = row;
  const { put, clock, runtime, errors, found } = await run({ at, fault, times, ...(late && { from: AFTER_PUT }) });
  expect(await put(EVENTS)).toEqual(refused === undefined ? [] : Array<string>(times).fill(refused));
  await clock.advance(2 * HOUR);
  expect(runtime.faults?.()).toMatchObject([{ at, fault, taken: times }]);
  expect(errors).toEqual(logged === undefined ? [] : Array(errors.length).fill(expect.stringMatching(logged)));
  if (at !== 'firehose:put') expect(errors).toHaveLength(logged === undefined ? 0 : times);
  expect(await found()).toEqual({ ...whole, copies });
});

test('every kind has its row', () => {
  const kinds = FAULT_POINTS.filter((at) => at !== 's3:request').flatMap((at) =>
    FAULT_KINDS[at].map((fault) => `${at} ${fault}`),
  );
  expect(new Set(ROWS.map(({ at, fault }) => `${at} ${fault}`))).toEqual(new Set(kinds));
});

test.each([
  ['unavailable', 'SlowDown', 503],
  ['internalError', 'InternalError', 500],
] as const)('s3:request %s refuses requests with %s, and harms nothing that lies there', async (fault, name, httpStatusCode) => {
  const { put, clock, list, runtime, found } = await run({ at: 's3:request', fault, times: 2 });
  await put(EVENTS);
  await clock.advance(2 * HOUR);
  for (let tries = 0; tries < 2; tries += 1) await expect(list()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  expect(runtime.faults?.()).toMatchObject([{ taken: 2 }]);
  expect(await found()).toEqual(whole);
});

test.each([
  ['its function starts', { from: 20, until: 120 }, /DecryptionFailure/, { ...whole, arrived: 0, parked: EVENTS }],
  ['its objects are written', { from: 120, until: 3_600 }, /KMS\.DisabledException/, whole],
])('a key that is out while %s is told, and nothing is gone after', async (_, { from, until }, told, expected) => {
  const { put, clock, errors, found } = await run({
    at: 'kms:use',
    fault: 'disabled',
    from: { after: from * SECOND },
    until: { after: until * SECOND },
  });
  await put(EVENTS);
  await clock.advance(3 * HOUR);
  expect(errors).toContainEqual(expect.stringMatching(told));
  expect(await found()).toEqual(expected);
});

test('a function that fails to the end leaves its records where failures are parked', async () => {
  const { put, clock, runtime, found } = await run({ at: 'firehose:lambda', fault: 'error', times: 4 });
  await put(EVENTS);
  await clock.advance(2 * HOUR);
  expect(runtime.faults?.()).toMatchObject([{ met: 4, taken: 4 }]);
  expect(await found()).toEqual({ ...whole, arrived: 0, parked: EVENTS });
});

test('a key that is out for longer than the retention loses what was not read, and counts it', async () => {
  const { put, clock, found } = await run({ at: 'kms:use', fault: 'disabled', from: AFTER_PUT, until: { after: 1_000 * HOUR } });
  await put(EVENTS);
  await clock.advance(1_001 * HOUR);
  expect(await found()).toEqual({ ...whole, arrived: 0, lost: EVENTS });
});

test('a clock that jumps lets all that falls due on the way happen', async () => {
  const { put, clock, runtime, found } = await run({ at: 'clock', step: 2 * HOUR, when: { after: 10 * SECOND } });
  await put(EVENTS);
  await clock.advance(10 * SECOND);
  await clock.advance(0);
  expect(runtime.faults?.()).toMatchObject([{ fault: 'step', taken: 1 }]);
  expect(await found()).toEqual(whole);
});

test('a rule that names nothing is never met, and says so', async () => {
  const { put, clock, runtime, found } = await run(
    { at: 'kinesis:put', fault: 'throttle', where: 'no-such-stream' },
    { at: 'kinesis:put', fault: 'throttle', from: { after: 100 * HOUR } },
    { at: 'clock', step: HOUR, when: { after: 100 * HOUR } },
  );
  await put(EVENTS);
  await clock.advance(2 * HOUR);
  expect(runtime.faults?.().map(({ met, taken }) => [met, taken])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(await found()).toEqual(whole);
});

test.each([1, 2, 3, 4, 5])('in a storm of every kind, seed %d, each event is where AWS would leave it', async (seed) => {
  const storm = FAULT_POINTS.filter((at) => at !== 's3:request').flatMap((at) =>
    FAULT_KINDS[at].map((fault) => ({ at, fault, probability: 0.1, until: { after: 3 * HOUR } })),
  );
  const { put, clock, runtime, found, close } = await planted(project, seed, ...storm);
  running.add(close);
  for (let calls = 0; calls < 5; calls += 1) {
    await put(EVENTS);
    await clock.advance(600 * SECOND);
  }
  await clock.advance(24 * HOUR);
  const { arrived, copies, parked, ...rest } = await found();
  expect(rest).toEqual({ produced: 5 * EVENTS, lost: 0, undelivered: 0 });
  const taken = Object.fromEntries((runtime.faults?.() ?? []).map((rule) => [`${rule.at} ${rule.fault}`, rule.taken]));
  expect(arrived + parked).toBe(5 * EVENTS);
  expect(copies).toBe((taken['kinesis:put answerLost'] ?? 0) + (taken['kinesis:read duplicate'] ?? 0));
});
