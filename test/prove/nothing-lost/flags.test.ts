import { flaggedIn, wrongFlags } from '../../../prove/nothing-lost/history/flags.ts';
import type { Produced } from '../../../prove/nothing-lost/history/history.ts';
import { honest } from './honest-history.ts';

const [first, ...rest] = honest().produced;
const late = (event: Produced | undefined): Produced => {
  if (event?.expected.verdict !== 'accept') throw new TypeError('the first event must be accepted');
  return { ...event, expected: { ...event.expected, flag: 'late' } };
};
const produced = [late(first), ...rest];

test('sums what the lines of metrics say', () => {
  const logs = ['{"LateEvents":2,"EventsWithUnknownFields":0}', 'START', '{"LateEvents":1,"EventsWithUnknownFields":4}'];
  expect(flaggedIn(logs)).toEqual({ late: 3, 'unknown fields': 4 });
});

test('takes counts that are those of the events', () => {
  expect(wrongFlags(produced, { late: 1, 'unknown fields': 0 })).toEqual([]);
});

test.each([
  [{ late: 0, 'unknown fields': 0 }, '0 events were counted as late, must be 1'],
  [{ late: 1, 'unknown fields': 2 }, '2 events were counted as unknown fields, must be 0'],
])('fails for %j', (said, message) => {
  expect(wrongFlags(produced, said)).toEqual([{ invariant: 'I1', message }]);
});
