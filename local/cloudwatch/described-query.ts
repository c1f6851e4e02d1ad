import type { Members } from '../input.ts';

/** What an alarm looks at, as it was given: CloudWatch describes it so, whether or not it is simulated here. */
export const describedQuery = (properties: Members): object =>
  properties.has('Metrics')
    ? {
        Dimensions: [],
        Metrics: properties.objects('Metrics').map(describeQuery),
        ...texts(properties, ['ThresholdMetricId']),
      }
    : { ...describeMetric(properties), ...numbers(properties), ...texts(properties, ['Statistic', 'ExtendedStatistic', 'Unit']) };

function describeQuery(query: Members): object {
  const stat = query.optionalObject('MetricStat');
  return {
    Id: query.text('Id'),
    ...(stat && {
      MetricStat: { Metric: describeMetric(stat.object('Metric')), ...numbers(stat), ...texts(stat, ['Stat', 'Unit']) },
    }),
    ...texts(query, ['Expression', 'Label', 'AccountId']),
    ...numbers(query),
    ReturnData: query.optionalBoolean('ReturnData') ?? true,
  };
}

const describeMetric = (metric: Members): object => ({
  ...texts(metric, ['Namespace', 'MetricName']),
  Dimensions: metric.objects('Dimensions').map((one) => ({ Name: one.text('Name'), Value: one.text('Value') })),
});

/** A template may give a number as text. */
const numbers = (given: Members): object => (given.has('Period') ? { Period: given.number('Period') } : {});

const texts = (given: Members, names: readonly string[]): object =>
  Object.fromEntries(names.filter((name) => given.has(name)).map((name) => [name, given.text(name)]));
