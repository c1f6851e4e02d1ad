import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { EventBus } from '../../../local/eventbridge/event-bus.ts';

function bus(fails = false) {
  const clock = new SimulatedClock(0);
  const invoked: string[] = [];
  const service = new EventBus({
    clock,
    accountId: '123456789012',
    region: 'us-east-1',
    measure: () => undefined,
    onLog: () => undefined,
    invoke: async (target, event) => {
      invoked.push(`${target.arn} ${event}`);
      return fails ? 'failed' : 'done';
    },
  });
  service.createRule({
    name: 'rule',
    arn: 'rule',
    matches: () => true,
    schedule: undefined,
    targets: [{ arn: 'target', roleArn: undefined, input: undefined }],
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

test('what is to be tried again when the process ends is tried in the next one, no more often and no sooner', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  const first = bus(true);
  first.service.put({ id: 1 });
  await first.clock.advance(60_000);
  first.service.save(folder);
  expect(first.invoked).toHaveLength(2);
  const second = bus(true);
  second.service.restore(folder);
  await second.clock.advance(179_999);
  expect(second.invoked).toEqual([]);
  await second.clock.advance(3_600_000);
  expect(second.invoked).toEqual(['target {"id":1}']);
});
