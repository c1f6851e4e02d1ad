import { startedBy } from '../../../core/review/rules/schedule.ts';

const codes = (before: unknown, after: unknown) =>
  startedBy(before, after, 'ScheduleExpression', { before: {}, after: {} }).map(({ code }) => code);

test.each<[string, string, string[]]>([
  ['rate(1 day)', 'rate(2 days)', ['ProcessDelayed']],
  ['rate(2 days)', 'rate(24 hours)', []],
  ['rate(1 minute)', 'rate(5 minutes)', ['ProcessDelayed']],
  ['rate(5 minutes)', 'cron(0/5 * * * ? *)', []],
  ['cron(31 0 * * ? *)', 'cron(31 0 ? * SUN *)', ['ProcessDelayed']],
  ['cron(31 0 ? * SUN *)', 'cron(31 0 * * ? *)', []],
  ['cron(31 0 * * ? *)', 'cron(11 4 * * ? *)', []],
  ['cron(0 * * * ? *)', 'cron(0 6-22 * * ? *)', ['ProcessDelayed']],
  ['cron(0/5 8-18 ? * MON-FRI *)', 'cron(0/10 8-18 ? * MON-FRI *)', ['ProcessDelayed']], // no weekend is longer, but fewer come
  ['cron(0 0 1 * ? *)', 'cron(0 0 1 1 ? *)', ['ProcessDelayed']],
  ['cron(0 0 * * ? *)', 'cron(0 0 * * ? 2020)', ['ProcessStopped']],
])('%s that becomes %s', (before, after, expected) => {
  expect(codes(before, after)).toEqual(expected);
});

test.each<[unknown, unknown]>([
  [undefined, 'rate(1 day)'],
  ['rate(1 day)', undefined],
  ['rate(1 day)', { Ref: 'Schedule' }],
  ['rate(1 day)', 'at(2030-01-01T00:00:00)'],
  ['rate(1 day)', 'rate(0 days)'],
])('what cannot be read is never passed: %j that becomes %j', (before, after) => {
  expect(codes(before, after)).toEqual(['UnknownEffect']);
});

test('both waits are said', () => {
  const [told] = startedBy('rate(1 day)', 'rate(90 minutes)', 'at', { before: {}, after: {} });
  expect(told).toBeUndefined();
  const [said] = startedBy('rate(90 minutes)', 'rate(1 day)', 'at', { before: {}, after: {} });
  expect(said?.says).toBe("'at' lets 24 h at most pass between two runs, where it let 1.5 h at most");
});
