import type { Caller } from '../../../local/service.ts';
import { MINUTE, start, watching } from './rig.ts';

const caller: Caller = { arn: 'arn:aws:iam::123456789012:user/operator', accountId: '123456789012' };
const stat = (MetricName: string) => ({
  MetricStat: { Metric: { Namespace: 'Mine', MetricName, Dimensions: [] }, Period: 60, Stat: 'Sum' },
});
interface Answer {
  readonly MetricDataResults: readonly { readonly Id: string; readonly Values: readonly number[]; readonly StatusCode: string }[];
  readonly NextToken?: string;
}

/** What GetMetricData says of five minutes of one each. */
async function asked(input: object): Promise<Answer> {
  const { service, minutes } = watching();
  await minutes(5, 1);
  const run = service.service.operations.GetMetricData;
  return (await run?.(
    { StartTime: start / 1000, EndTime: (start + 5 * MINUTE) / 1000, ScanBy: 'TimestampAscending', ...input },
    caller,
  )) as Answer;
}

test('a page that ends with one result says of the next, which is empty, that it is', async () => {
  const MetricDataQueries = [
    { Id: 'a', ...stat('errors') },
    { Id: 'b', ...stat('none') },
  ];
  const { MetricDataResults, NextToken } = await asked({ MetricDataQueries, MaxDatapoints: 5 });
  expect(MetricDataResults.map(({ Id, Values, StatusCode }) => [Id, Values.length, StatusCode])).toEqual([
    ['a', 5, 'Complete'],
    ['b', 0, 'Complete'],
  ]);
  expect(NextToken).toBeUndefined();
});

test('an expression over all time looks at what is kept, in time', async () => {
  const MetricDataQueries = [
    { Id: 'a', ReturnData: false, ...stat('errors') },
    { Id: 'b', Expression: 'a * 2', Period: 1 },
  ];
  const { MetricDataResults } = await asked({ MetricDataQueries, StartTime: -1e10, EndTime: 1e11 });
  expect(MetricDataResults[0]?.Values).toEqual([2, 2, 2, 2, 2]);
});
