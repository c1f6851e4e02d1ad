import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { EventBus } from '../../../local/eventbridge/event-bus.ts';
import { parseSchedule } from '../../../core/aws/schedule.ts';
import { chainLength, traceOf, withTrace } from '../../../local/lambda/lineage.ts';

function bus({ ids = ['one'], every, hear }: { ids?: string[]; every?: string; hear?: () => void } = {}, begin = 0) {
  const clock = new SimulatedClock(begin);
  const invoked: string[] = [];
  const service = new EventBus({
    clock,
    access: { check: () => undefined },
    accountId: '123456789012',
    region: 'us-east-1',
    measure: () => undefined,
    onLog: () => undefined,
    invoke: ({ target, event }) => {
      invoked.push(`${target.arn} ${event}`);
      hear?.();
    },
    bury: () => undefined,
  });
  service.createRule({
    name: 'rule',
    arn: 'rule',
    matches: () => true,
    schedule: every === undefined ? undefined : parseSchedule(every),
    targets: ids.map((id) => ({ id, arn: 'target', roleArn: undefined, input: id === 'one' ? undefined : `"${id}"` })),
  });
  return { clock, service, invoked };
}

test('what is on its way to a target when the process ends gets there in the next one, once', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus();
  first.service.put({ id: 1 });
  await first.clock.advance(1);
  first.service.put({ id: 2 });
  first.service.save(folder);
  expect(first.invoked).toEqual(['target {"id":1}']);
  const second = bus();
  second.service.restore(folder);
  await second.clock.advance(1);
  second.service.save(folder);
  expect(second.invoked).toEqual(['target {"id":2}']);
  const third = bus();
  third.service.restore(folder);
  await third.clock.advance(1);
  expect(third.invoked).toEqual([]);
});

test('what was left is taken up once, however often it is asked for', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus({ every: 'rate(1 hour)' });
  first.service.put({ id: 1 });
  first.service.save(folder);
  const second = bus({ every: 'rate(1 hour)' }, 1_000);
  second.service.restore(folder);
  await second.clock.advance(3_600_000);
  second.service.restore(folder);
  await second.clock.advance(1);
  expect(second.invoked.map((text) => text.includes('Scheduled'))).toEqual([false, true]);
});

test('two targets that are the same get what was meant for each, also in the next process', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus({ ids: ['one', 'two'] });
  first.service.put({ id: 1 });
  first.service.save(folder);
  const second = bus({ ids: ['two', 'one'] });
  second.service.restore(folder);
  await second.clock.advance(1);
  expect(second.invoked).toEqual(['target {"id":1}', 'target "two"']);
});

const HOUR = 3_600_000;

test('what a schedule is waiting for outlives the process, and what fell due meanwhile comes, each time of it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus({ every: 'rate(2 hours)' });
  await first.clock.advance(3 * HOUR);
  first.service.stop();
  first.service.save(folder);
  expect(first.invoked).toHaveLength(1);
  const second = bus({ every: 'rate(2 hours)' }, 9 * HOUR);
  second.service.restore(folder);
  await second.clock.advance(0);
  const times = second.invoked.map((text) => /T(\d\d:\d\d)/.exec(text)?.[1]);
  expect(times).toEqual(['04:00', '06:00', '08:00']);
  await second.clock.advance(HOUR);
  expect(second.invoked).toHaveLength(4);
  const other = bus({ every: 'rate(3 hours)' }, 9 * HOUR);
  other.service.restore(folder);
  await other.clock.advance(3 * HOUR - 1);
  expect(other.invoked).toEqual([]);
});

test('once the process ends nothing begins', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus({ every: 'rate(1 hour)' });
  await first.clock.advance(HOUR);
  first.service.stop();
  await first.clock.advance(9 * HOUR);
  first.service.save(folder);
  expect(first.invoked).toHaveLength(1);
  const second = bus({ every: 'rate(1 hour)' }, HOUR);
  second.service.restore(folder);
  await second.clock.advance(2 * HOUR);
  expect(second.invoked.map((text) => /T(\d\d:\d\d)/.exec(text)?.[1])).toEqual(['02:00', '03:00']);
});

test('an event keeps the chain of invocations that led to it through a stop', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus();
  withTrace(traceOf(7), () => {
    first.service.put({ id: 1 });
  });
  first.service.save(folder);
  const chains: number[] = [];
  const second = bus({ hear: () => chains.push(chainLength()) });
  second.service.restore(folder);
  await second.clock.advance(1);
  expect(chains).toEqual([7]);
});
