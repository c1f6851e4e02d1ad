import { readFileSync } from 'node:fs';
import { readWorkload } from '../../../../core/cost/template/read-workload.ts';
import { PLAIN_WORKLOAD, workloadShape } from '../../../../core/cost/template/workload.ts';

test('each key has its default', () => {
  expect(readWorkload('')).toEqual(PLAIN_WORKLOAD);
  expect(PLAIN_WORKLOAD).toEqual({
    hoursPerMonth: 730,
    kinesisAdvantage: false,
    coldStartsPerDay: 24,
    logBytesPerInvocation: 1500,
    metricsPerFunction: 7,
    flowLogGbPerMonth: 0.1,
    dnsQueriesPerDay: 1000,
    emailsPerMonth: 20,
    resultBytesPerQuery: 100_000,
    datasets: {},
    functions: {},
    workflows: {},
    buckets: {},
  });
});

test.each([
  ['eventsPerDay: 1', "InvalidWorkload: 'eventsPerDay' is no key of a workload; name one of hoursPerMonth"],
  [
    'datasets: { a.b: { eventPerDay: 1 } }',
    "InvalidWorkload: 'datasets.a.b.eventPerDay' is no key of a workload; did you mean 'eventsPerDay'?",
  ],
  [
    'datasets: { a.b: { eventsPerDay: many } }',
    '\'datasets.a.b.eventsPerDay\' must be as docs/cost.md says: invalid input: expected number, received string, got "many"',
  ],
  [
    'datasets: { a.b: { rejectShare: 5 } }',
    "'datasets.a.b.rejectShare' must be as docs/cost.md says: too big: expected number to be <=1, got 5; mend it, or leave it out for its default",
  ],
  ['hoursPerMonth: 0', "'hoursPerMonth' must be as docs/cost.md says"],
  ['- 1', 'InvalidWorkload: the workload must be as docs/cost.md says'],
  ['a: [', 'InvalidWorkload: the workload must be YAML'],
])('fails for %j', (text, message) => {
  expect(() => readWorkload(text)).toThrow(message);
});

test('the guide names every key', () => {
  const { datasets, functions, workflows, buckets } = workloadShape.shape;
  const nested = [datasets, functions, workflows, buckets].flatMap((one) => Object.keys(one.unwrap().valueType.shape));
  const guide = readFileSync('docs/cost.md', 'utf8');
  for (const key of [...Object.keys(workloadShape.shape), ...nested]) expect(guide).toContain(`\`${key}\``);
});
