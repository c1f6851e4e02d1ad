import { createRequire } from 'node:module';
import {
  RUN_LIMITS,
  type ListAnswer,
  type ListInput,
  type ReplayAnswer,
  type ReplayInput,
} from '../../../core/replay/operations.ts';
import { ReplayError } from '../../../core/replay/replay-error.ts';
import type { Row } from '../../../core/replay/rows.ts';
import { runReplay, type ReplayOutcome } from '../../../core/replay/run-replay.ts';
import { replayWorkflow } from '../../../core/replay/workflow.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { runStateMachine, TaskError, type Outcome } from '../../support/asl/run-state-machine.ts';

/** It writes into what it judges. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  readonly errorsText: () => string;
};

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
const place = { environment: 'dev', domain: 'sales', partition: 'aws', functionArn: 'f' };
const INPUT = { source: 'quarantine', dataset: 'orders', from: '2026-01-01', to: '2026-01-02' };

const row = (reason: string, found: number, replayed: number): Row => ({
  reason,
  found,
  fixable: replayed,
  replayed,
  stillBad: found - replayed,
  before: 0,
});

type Ask = ListInput | ReplayInput;
/** What a function answers to its n-th call. */
type Script = (input: Ask, call: number) => ListAnswer | ReplayAnswer;

const page = (groups: string[][], rest: Partial<ListAnswer> = {}): ListAnswer => ({
  groups,
  objects: groups.flat().length,
  bytes: 10,
  doneObjects: 0,
  rows: [],
  after: groups.flat().at(-1) ?? '',
  more: false,
  limited: false,
  ...rest,
});
const finished = (rows: Row[], rest: Partial<ReplayAnswer> = {}): ReplayAnswer => ({
  finished: true,
  throttled: false,
  position: { object: 1, line: 0, resumed: false },
  rows,
  failedObjects: 0,
  failure: '',
  ...rest,
});

const unfinished = (rows: Row[], rest: Partial<ReplayAnswer> = {}): ReplayAnswer =>
  finished(rows, { finished: false, throttled: true, position: { object: 0, line: 1, resumed: true }, ...rest });

interface Ran {
  readonly outcome: Outcome;
  readonly asked: Ask[];
  readonly notices: { Subject: string; Message: string }[];
  readonly waited: number;
}
async function machine(script: Script, topicArn?: string): Promise<Ran> {
  const asked: Ask[] = [];
  const notices: { Subject: string; Message: string }[] = [];
  const definition = replayWorkflow({ ...place, ...(topicArn === undefined ? {} : { topicArn }) });
  const handler = (resource: string, input: { Payload: Ask } & { Subject: string; Message: string }): unknown => {
    if (resource === 'sns:publish') return { MessageId: String(notices.push(input)) };
    asked.push(input.Payload);
    return { Payload: script(input.Payload, asked.length) };
  };
  const outcome = await runStateMachine(definition, new SimulatedClock(1000), handler, INPUT);
  return { outcome, asked, notices, waited: outcome.took };
}
async function command(script: Script): Promise<{ outcome?: ReplayOutcome; error?: unknown; asked: Ask[]; waits: number }> {
  const asked: Ask[] = [];
  let waits = 0;
  try {
    const outcome = await runReplay(
      { ...INPUT, arrival: 1000 },
      {
        invoke: async (input) => {
          asked.push(input);
          return script(input, asked.length);
        },
        wait: async () => void (waits += 1),
        progress: () => undefined,
      },
    );
    return { outcome, asked, waits };
  } catch (error) {
    return { error, asked, waits };
  }
}

const SCRIPTS: readonly (readonly [string, Script])[] = [
  ['nothing', (input) => (input.operation === 'list' ? page([]) : finished([]))],
  [
    'two pages of groups, and what was done before',
    (input) => {
      if (input.operation === 'list')
        return input.after === ''
          ? page([['a', 'b'], ['c']], { more: true, doneObjects: 2, rows: [row('x', 4, 0)] })
          : page([['d']], { doneObjects: 1 });
      return finished([row('x', 3, 2), row('y', input.keys.length, 1)]);
    },
  ],
  ['the limit', (input) => (input.operation === 'list' ? page([['a']], { limited: true }) : finished([row('x', 1, 1)]))],
  [
    'a group that needs three invocations, one of them throttled',
    (input, call) =>
      input.operation === 'list'
        ? page([['a', 'b', 'c']])
        : finished([row('x', 1, 1)], {
            finished: call === 4,
            throttled: call === 2,
            position: { object: call - 2, line: call, resumed: true },
          }),
  ],
  [
    'three groups of which two need a second invocation',
    (input, call) =>
      input.operation === 'list'
        ? page([['a', 'b'], ['c'], ['d', 'e']])
        : finished([row('x', 1, 1)], {
            finished: call > 4 || input.keys[0] === 'c',
            throttled: call === 2,
            position: { object: input.keys.length - 1, line: call, resumed: true },
          }),
  ],
  ['groups that never end', (input) => (input.operation === 'list' ? page([['a'], ['b', 'c']]) : unfinished([]))],
  [
    'so many rounds that the run takes no more',
    (input, call) =>
      input.operation === 'list'
        ? page(
            Array.from({ length: 20 }, (_, index) => [`${call}-${index}`]),
            { more: true },
          )
        : unfinished([row('x', 1, 1)], { finished: call % 10 === 0 }),
  ],
  [
    'objects that fail',
    (input) =>
      input.operation === 'list'
        ? page([['a', 'b'], ['c']])
        : finished([row('x', 1, 1)], input.keys.length === 2 ? { failedObjects: 1, failure: 'AccessDenied: no at a' } : {}),
  ],
];

test.each(SCRIPTS)('the state machine and the command come to the same, of %s', async (_, script) => {
  const { outcome, asked } = await machine(script);
  const by = await command(script);
  expect(asked).toEqual(by.asked);
  if (by.error instanceof ReplayError)
    expect(outcome).toMatchObject({ status: 'FAILED', error: by.error.code, cause: by.error.message });
  else {
    const { objects, doneObjects, rows, limited } = by.outcome ?? {};
    expect(outcome).toMatchObject({
      status: 'SUCCEEDED',
      output: { objects, doneObjects, rows, outcome: limited === true ? 'Limited' : 'Done' },
    });
  }
});

test('the budget of a run shrinks with each page', async () => {
  const { asked } = await machine(SCRIPTS[1]?.[1] ?? (() => page([])));
  expect(asked.filter(({ operation }) => operation === 'list')).toEqual([
    expect.objectContaining({ objectsLeft: RUN_LIMITS.objects, bytesLeft: RUN_LIMITS.bytes, after: '' }),
    expect.objectContaining({ objectsLeft: RUN_LIMITS.objects - 3, bytesLeft: RUN_LIMITS.bytes - 10, after: 'c' }),
  ]);
});

test('judges all of a run by the moment at which it began', async () => {
  const { asked } = await machine(SCRIPTS[1]?.[1] ?? (() => page([])));
  expect(new Set(asked.map(({ request }) => JSON.stringify(request)))).toEqual(
    new Set([JSON.stringify({ ...INPUT, arrival: 1000 })]),
  );
});

test('leaves a stream alone that takes no more', async () => {
  const throttled = SCRIPTS[3]?.[1] ?? (() => page([]));
  expect((await machine(throttled)).waited).toBe(5000);
  expect((await command(throttled)).waits).toBe(1);
});

test('fails what the function refuses, by its code', async () => {
  const refuse: Script = () => {
    throw new TaskError('UnknownDataset', 'there is none');
  };
  const { outcome, notices } = await machine(refuse, TOPIC);
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'UnknownDataset', cause: 'there is none' });
  expect(notices).toEqual([
    expect.objectContaining({
      TopicArn: TOPIC,
      Subject: 'Headwaters dev: not replayed, UnknownDataset',
      Message: 'Replay run ended with UnknownDataset: there is none',
    }),
  ]);
});

test('one group whose invocation fails does not stop the others', async () => {
  const { outcome, asked } = await machine((input) => {
    if (input.operation === 'list') return page([['a', 'b'], ['c']]);
    if (input.keys.length === 2) throw new TaskError('Runtime.ExitError', 'out of memory');
    return finished([row('x', 1, 1)]);
  });
  expect(asked).toHaveLength(3);
  expect(outcome).toMatchObject({
    error: 'ReplayFailed',
    cause: expect.stringContaining('got 2 that failed, the first: Runtime.ExitError: out of memory') as string,
  });
});

test('gives up a group that never ends', async () => {
  const { outcome } = await machine((input) =>
    input.operation === 'list'
      ? page([['a', 'b']])
      : finished([], { finished: false, position: { object: 1, line: 5, resumed: true } }),
  );
  expect(outcome).toMatchObject({
    error: 'ReplayFailed',
    cause: expect.stringContaining('1 that failed, the first: UnfinishedGroup') as string,
  });
});

test('tells the topic what a run has come to', async () => {
  const { notices, outcome } = await machine(SCRIPTS[1]?.[1] ?? (() => page([])), TOPIC);
  expect(outcome.output).toMatchObject({ say: 'nothing is left in the range' });
  expect(notices).toEqual([
    expect.objectContaining({
      Subject: 'Headwaters dev: replayed sales.orders',
      Message:
        'quarantine of sales.orders, 2026-01-01 to 2026-01-02: 9 events replayed of 17 found, 8 still rejected, 0 replayed before.',
    }),
  ]);
});

test.each([
  [0, 'Done'],
  [1, 'Done'],
  [2, 'Done'],
  [3, 'Limited'],
  [49, 'Limited'],
])('the largest run stays under the limits of Step Functions with %d throttles a group: %s', async (throttles, expected) => {
  const key = (index: number): string => `${String(index).padStart(6, '0')}${'k'.repeat(400)}`;
  const reasons = Array.from({ length: 18 }, (_, index) => row(`reason-of-some-length-${index}`, 123_456_789, 1));
  let listed = 0;
  const { outcome } = await machine((input) => {
    if (input.operation === 'replay') {
      const { line } = input.position;
      return line === throttles
        ? finished(reasons)
        : unfinished(reasons, { position: { object: 0, line: line + 1, resumed: true } });
    }
    const groups = Array.from({ length: 20 }, () => Array.from({ length: 10 }, () => key(listed++)));
    return page(groups, { more: listed < RUN_LIMITS.objects });
  });
  expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { outcome: expected } });
  if (expected === 'Done') expect(outcome.output).toMatchObject({ objects: RUN_LIMITS.objects });
  expect(outcome.events).toBeLessThan(15_000); // what is left is for invocations that are tried again
  expect(outcome.largestPayload).toBeLessThan(200_000);
});

test.each([undefined, TOPIC])('is lawful with the topic %s, each task with timeout, retry and an end that tells', (topicArn) => {
  const definition = replayWorkflow({ ...place, ...(topicArn === undefined ? {} : { topicArn }) });
  const { isValid, errorsText } = validate(structuredClone(definition));
  expect(isValid ? '' : errorsText()).toBe('');
  const tasks: Record<string, unknown>[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const state = value as Record<string, unknown>;
    if (state.Type === 'Task') tasks.push(state);
    for (const inner of Object.values(state)) walk(inner);
  };
  walk(definition);
  expect(tasks).toHaveLength(topicArn === undefined ? 2 : 4);
  for (const task of tasks)
    expect(task).toMatchObject({ TimeoutSeconds: expect.any(Number) as number, Retry: expect.any(Array) as unknown[] });
});
