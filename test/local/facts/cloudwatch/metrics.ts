import { embeddedMetrics } from '../../../../local/cloudwatch/embedded-metrics.ts';
import { ARN, CALLER, deployed } from '../../lambda/rig.ts';
import { start, watching } from '../../cloudwatch/rig.ts';
import { overJson } from '../../endpoint/over-json.ts';
import { operator } from '../../s3/lake.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { guide } from './pages.ts';

const EMBEDDED = guide('CloudWatch_Embedded_Metric_Format_Specification');
const directive = (rest: object = {}) => ({ Namespace: 'Mine', Dimensions: [['Who']], Metrics: [{ Name: 'errors' }], ...rest });
const line = (members: object, rest: object = {}): string =>
  JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [directive(rest)] }, Who: 'me', ...members });
const values = (text: string) => embeddedMetrics(text).map(({ metric, value }) => [metric.name, metric.dimensions, value]);

/** What is measured, and what is kept of it. */
export const cloudwatchMetrics: FactTable = {
  service: 'CloudWatch',
  facts: [
    {
      says: 'a log line in the embedded metric format gives each of its metrics a value, or each of a list of values',
      basis: 'documented',
      source: EMBEDDED,
      holds: () => {
        expect(values(line({ errors: 2 }))).toEqual([['errors', { Who: 'me' }, 2]]);
        expect(values(line({ errors: [2, 3] }))).toEqual([
          ['errors', { Who: 'me' }, 2],
          ['errors', { Who: 'me' }, 3],
        ]);
      },
    },
    {
      says: 'each set of dimensions of such a line is a metric of its own',
      basis: 'documented',
      source: EMBEDDED,
      holds: () => {
        expect(values(line({ errors: 2, Where: 'here' }, { Dimensions: [['Who'], ['Who', 'Where']] }))).toEqual([
          ['errors', { Who: 'me' }, 2],
          ['errors', { Who: 'me', Where: 'here' }, 2],
        ]);
      },
    },
    {
      says: 'a line whose metadata is not as the format has it gives none',
      basis: 'documented',
      source: EMBEDDED,
      holds: () => {
        expect(values(line({ errors: 'two' }))).toEqual([]);
        expect(values(line({ errors: 2 }).replace('"errors":2', '"errors":1e999'))).toEqual([]);
        expect(values(line({ Who: 7, errors: 2 }))).toEqual([]);
        expect(values(JSON.stringify({ _aws: { CloudWatchMetrics: [directive()] }, Who: 'me', errors: 2 }))).toEqual([]);
        expect(values('{"_aws": ')).toEqual([]);
      },
    },
    {
      says: 'where a function may not write to its log group, no metric comes of what it writes',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
      holds: async () => {
        const takenBy = async (settings: object): Promise<readonly string[]> => {
          const { service, taken } = deployed("export const handler = async () => console.log('line');", settings);
          await service.invoke(CALLER, ARN, {});
          await service.stop();
          return taken;
        };
        expect(await takenBy({ roleArn: 'logs:PutLogEvents' })).toEqual([]);
        expect(await takenBy({})).toEqual(['line']);
      },
    },
    {
      says: 'each invocation is measured for its function, and for the version or alias that was invoked: one of Invocations, and one or none of Errors',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
      holds: async () => {
        const { service, measured } = deployed(
          "export const handler = async (event) => { if (event.bad) throw new Error('bad'); };",
        );
        await service.invoke(CALLER, ARN, {});
        await service.invoke(CALLER, ARN, { bad: true });
        await service.stop();
        expect(measured.map(({ dimensions, values: { Invocations, Errors } }) => [dimensions, Invocations, Errors])).toEqual([
          [{ FunctionName: 'echo' }, 1, 0],
          [{ FunctionName: 'echo', Resource: 'echo' }, 1, 0],
          [{ FunctionName: 'echo' }, 1, 1],
          [{ FunctionName: 'echo', Resource: 'echo' }, 1, 1],
        ]);
      },
    },
    {
      says: 'GetMetricData calls a metric that has no Label by its name, with the statistic where the request’s differ, then the period where those do',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service } = watching();
        const labels = async (...stats: [Stat: string, Period: number][]) => {
          const Metric = { Namespace: 'Mine', MetricName: 'errors' };
          const MetricDataQueries = stats.map(([Stat, Period], index) => ({
            Id: `m${index}`,
            MetricStat: { Metric, Stat, Period },
          }));
          const input = { MetricDataQueries, StartTime: start / 1000 - 60, EndTime: start / 1000 };
          const answer = (await overJson(service.service, 'GetMetricData', input, operator)) as {
            readonly MetricDataResults: readonly { readonly Label: string }[];
          };
          return answer.MetricDataResults.map(({ Label }) => Label);
        };
        expect(await labels(['Sum', 60], ['Minimum', 60])).toEqual(['errors Sum', 'errors Minimum']);
        expect(await labels(['Sum', 60], ['Sum', 120])).toEqual(['errors 60', 'errors 120']);
        expect(await labels(['Sum', 60], ['Minimum', 120])).toEqual(['errors Sum 60', 'errors Minimum 120']);
        expect(await labels(['Sum', 60], ['Sum', 60])).toEqual(['errors', 'errors']);
      },
    },
    {
      says: 'GetMetricStatistics tells the unit that values were put in, None where none was said',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service } = watching();
        const put = (...MetricData: object[]) =>
          overJson(service.service, 'PutMetricData', { Namespace: 'Mine', MetricData }, operator);
        const unitsOf = async (MetricName: string): Promise<unknown> => {
          const input = { Namespace: 'Mine', MetricName, StartTime: start / 1000, EndTime: start / 1000 + 60, Period: 60 };
          return overJson(service.service, 'GetMetricStatistics', { ...input, Statistics: ['Sum'] }, operator);
        };
        await put({ MetricName: 'size', Value: 7, Unit: 'Bytes' }, { MetricName: 'errors', Value: 1 });
        expect(await unitsOf('size')).toMatchObject({ Datapoints: [{ Sum: 7, Unit: 'Bytes' }] });
        expect(await unitsOf('errors')).toMatchObject({ Datapoints: [{ Sum: 1, Unit: 'None' }] });
      },
    },
    {
      says: 'values of one metric in several units are no sum on AWS: here the second unit is refused by name',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service } = watching();
        const put = (...MetricData: object[]) =>
          overJson(service.service, 'PutMetricData', { Namespace: 'Mine', MetricData }, operator);
        const [late, early] = [
          { MetricName: 'took', Value: 1, Unit: 'Seconds' },
          { MetricName: 'took', Value: 9, Unit: 'Milliseconds' },
        ];
        const refusal = {
          __type: 'NotImplemented',
          message: expect.stringContaining("a metric in 'Milliseconds' that has been in 'Seconds'") as string,
        };
        expect(await put(late, early)).toEqual(refusal);
        expect(service.metrics.unitOf({ namespace: 'Mine', name: 'took', dimensions: {} })).toBeUndefined();
        await put(late);
        expect(await put(early)).toEqual(refusal);
      },
    },
    {
      says: 'GetMetricStatistics calls a span of no length one that does not begin before its end',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service } = watching();
        const input = { Namespace: 'Mine', MetricName: 'errors', StartTime: 60, EndTime: 60, Period: 60, Statistics: ['Sum'] };
        expect(await overJson(service.service, 'GetMetricStatistics', input, operator)).toEqual({
          __type: 'InvalidParameterValueException',
          message: 'The parameter StartTime must be less than the parameter EndTime.',
        });
      },
    },
    {
      says: 'values of one minute are kept for 15 days',
      basis: 'documented',
      source: guide('cloudwatch_concepts'),
      holds: async () => {
        const { service, put, clock } = watching();
        const metric = { namespace: 'Mine', name: 'errors', dimensions: {} };
        const begin = clock.now();
        for (let minute = 0; minute < 16 * 24 * 60; minute += 1) {
          put(1);
          await clock.advance(60_000);
        }
        const points = service.metrics.points(metric);
        expect(points.statistic('Sum', begin, begin + 60_000)).toBeUndefined();
        expect(points.statistic('Sum', clock.now() - 15 * 86_400_000, clock.now())).toBe(15 * 24 * 60);
      },
    },
  ],
};
