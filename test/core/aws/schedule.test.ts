import { parseSchedule } from '../../../core/aws/schedule.ts';

/** A Sunday. */
const BEGIN = Date.UTC(2026, 10, 22, 17);

/** The first times of an expression, as `MM-DDTHH:MM`. */
function first(expression: string, count: number): string[] {
  const { next } = parseSchedule(expression);
  const times: string[] = [];
  for (let time = next(BEGIN); time !== undefined && times.length < count; time = next(time))
    times.push(new Date(time).toISOString().slice(5, 16));
  return times;
}

test.each<[string, string[]]>([
  ['rate(1 minute)', ['11-22T17:01', '11-22T17:02']],
  ['rate(2 days)', ['11-24T17:00', '11-26T17:00']],
  ['cron(0 18 ? * MON-FRI *)', ['11-23T18:00', '11-24T18:00']],
  ['cron(0/15 * * * ? *)', ['11-22T17:15', '11-22T17:30']],
  ['cron(*/25 9 * * ? *)', ['11-23T09:00', '11-23T09:25', '11-23T09:50', '11-24T09:00']],
  ['cron(0 9 ? * 2#1 *)', ['12-07T09:00', '01-04T09:00']],
  ['cron(0 9 ? * 6L *)', ['11-27T09:00', '12-25T09:00']],
  ['cron(0 9 ? * L *)', ['11-28T09:00', '12-05T09:00']],
  ['cron(0 9 ? * 02 *)', ['11-23T09:00', '11-30T09:00']],
  ['cron(0 9 ? * 2/2 *)', ['11-23T09:00', '11-25T09:00', '11-27T09:00', '11-30T09:00']],
  ['cron(0 9 ? * sun,3,FRI *)', ['11-24T09:00', '11-27T09:00', '11-29T09:00']],
  ['cron(0 9 L * ? *)', ['11-30T09:00', '12-31T09:00']],
  ['cron(0 9 3W * ? *)', ['12-03T09:00', '01-04T09:00']],
  ['cron(0 9 29 2 ? *)', ['02-29T09:00']],
  ['cron(0 0 1 1 ? 2027-2028)', ['01-01T00:00', '01-01T00:00']],
  ['cron(0 22-1 * * ? *)', ['11-22T22:00', '11-22T23:00', '11-23T00:00', '11-23T01:00', '11-23T22:00']],
  ['cron(0 9 ? * FRI-MON *)', ['11-23T09:00', '11-27T09:00', '11-28T09:00', '11-29T09:00']],
  ['cron(50-10/15 9 * * ? *)', ['11-23T09:05', '11-23T09:50']],
  ['cron(0 9 31 2 ? *)', []],
  ['cron(0 0 1 1 ? 2020)', []],
])('%s falls due at %j', (expression, times) => {
  expect(first(expression, Math.max(1, times.length))).toEqual(times);
});

test.each([
  ['every day', "a schedule must be 'rate(…)' or 'cron(…)'"],
  ['rate(0 minutes)', 'a rate must be of 1 minute'],
  ['rate(1 hours)', 'a rate must be of 1 minute'],
  ['rate(2 hour)', 'a rate must be of 1 minute'],
  ['cron(0 9 * * ?)', 'it must have six fields, got 5'],
  ['cron(0 9 * * * *)', "one of the day of the month and that of the week must be '?'"],
  ['cron(0 9 ? * ? *)', "one of the day of the month and that of the week must be '?'"],
  ['cron(? 9 ? * MON *)', "'?' is no value of the minutes"],
  ['cron(0 9 ? * TUE,? *)', "'?' is no value of the days of the week"],
  ['cron(0 9 ? * 3#1,6#3 *)', "must be alone where it has a '#'"],
  ['cron(0 9 ? * MON#L *)', "'MON#L' is no value of the days of the week"],
  ['cron(0 9 ? * 0 *)', "the days of the week are 1 to 7, got '0'"],
  ['cron(61 9 * * ? *)', "the minutes are 0 to 59, got '61'"],
  ['cron(0 9 1 1 ? 2300)', "the years are 1970 to 2199, got '2300'"],
  ['cron(0 9 1 1 ? 2030-2026)', 'must begin with the earlier year'],
  ['cron(0 9 40W * ? *)', 'is no schedule'],
])('fails for %s', (expression, message) => {
  expect(() => parseSchedule(expression)).toThrow(message);
});
