import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { traceOf, withTrace } from '../../../local/lambda/lineage.ts';
import { ARN, queueOf } from './rig.ts';

const HOUR = 3_600_000;
const folder = (): string => mkdtempSync(path.join(tmpdir(), 'events-'));
const isThere = (arn: string): boolean => arn === ARN;

test('an event begins with the next move of the clock', async () => {
  const { clock, queue, given } = queueOf();
  queue.take(ARN, { id: 1 });
  expect(given).toEqual([]);
  await clock.advance(0);
  expect(given).toEqual([{ at: 0, event: { id: 1 } }]);
});

test('what waits when the process ends is given by the next one, once, to functions that are there', async () => {
  const saved = folder();
  const first = queueOf();
  first.queue.take(ARN, { id: 1 });
  await first.clock.advance(1);
  first.queue.take(ARN, { id: 2 });
  first.queue.take(`${ARN}-gone`, { id: 3 });
  first.queue.save(saved);
  const second = queueOf(0, 10);
  second.queue.restore(saved, isThere);
  await second.clock.advance(1);
  second.queue.save(saved);
  expect(second.given).toEqual([{ at: 10, event: { id: 2 } }]);
  const third = queueOf();
  third.queue.restore(saved, isThere);
  await third.clock.advance(HOUR);
  expect(third.given).toEqual([]);
});

test('what is to be tried again when the process ends is tried by the next one, no more often and no sooner', async () => {
  const saved = folder();
  const first = queueOf(9);
  first.queue.take(ARN, { id: 1 });
  await first.clock.advance(60_000);
  first.queue.save(saved);
  expect(first.given).toHaveLength(2);
  const second = queueOf(9);
  second.queue.restore(saved, isThere);
  await second.clock.advance(179_999);
  expect(second.given).toEqual([]);
  await second.clock.advance(HOUR);
  expect(second.given).toEqual([{ at: 180_000, event: { id: 1 } }]);
  expect(second.measured).toContainEqual({ AsyncEventsDropped: 1 });
});

test('once it is stopped nothing begins, and what fails then is as it was', async () => {
  const saved = folder();
  const { clock, queue, given } = queueOf(9);
  queue.take(ARN, { id: 1 });
  const moved = clock.advance(0);
  queue.stop();
  queue.take(ARN, { id: 2 });
  await moved;
  await clock.advance(HOUR);
  expect(given.length).toBeLessThanOrEqual(1);
  queue.save(saved);
  const second = queueOf();
  second.queue.restore(saved, isThere);
  await second.clock.advance(HOUR);
  expect(second.given).toEqual([
    { at: 0, event: { id: 1 } },
    { at: 0, event: { id: 2 } },
  ]);
});

test('a run of some stacks keeps what waits for functions of others', () => {
  const saved = folder();
  const first = queueOf();
  first.queue.take(`${ARN}-of-another`, {});
  first.queue.save(saved);
  for (const [isWhole, left] of [
    [false, 1],
    [true, 0],
  ] as const) {
    const some = queueOf();
    some.queue.restore(saved, isThere);
    some.queue.save(saved, isWhole);
    const all = queueOf();
    all.queue.restore(saved, () => true);
    expect(all.clock.due() === undefined ? 0 : 1).toBe(left);
  }
});

test('what grew too old while nothing ran is not given again', async () => {
  const saved = folder();
  const first = queueOf(9, 0, { age: 120_000 });
  first.queue.take(ARN, {});
  await first.clock.advance(1);
  first.queue.save(saved);
  const second = queueOf(9, 48 * HOUR, { age: 120_000 });
  second.queue.restore(saved, isThere);
  await second.clock.advance(1);
  expect([second.given, second.ended]).toMatchObject([[], [{ condition: 'EventAgeExceeded', invocations: 1 }]]);
});

test('whoever is told of an event belongs to its chain, and the end of a chain is told once', async () => {
  const { clock, queue, ended, chains } = queueOf();
  for (const length of [3, 16, 17]) {
    withTrace(traceOf(length), () => {
      queue.take(ARN, { length });
    });
  }
  await clock.advance(1);
  expect(ended).toMatchObject([
    { condition: 'Success', event: '{"length":3}' },
    { condition: 'RetriesExhausted', event: '{"length":16}', outcome: { errorType: 'RecursiveInvocationException' } },
  ]);
  expect(chains).toEqual([4, 17]);
});
