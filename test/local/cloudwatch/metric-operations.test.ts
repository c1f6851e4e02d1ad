import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutDashboardCommand,
  PutMetricDataCommand,
  type MetricDataQuery,
  type MetricDatum,
} from '@aws-sdk/client-cloudwatch';
import { sendRaw } from '../endpoint/raw.ts';
import { rejection } from '../endpoint/running.ts';
import { callerWith, START } from '../s3/lake.ts';
import { MINUTE, TOPIC, Namespace, dimensions, at, arnOf, late, cloudwatchWith } from './served.ts';

let local: Awaited<ReturnType<typeof cloudwatchWith>>;
beforeEach(async () => {
  local = await cloudwatchWith();
});
afterEach(async () => {
  await local.stop();
});

describe('PutMetricData', () => {
  it('keeps values that GetMetricData gives back, the newest first', async () => {
    await local.put({ Value: 2.5 }, { Value: 1.5, Timestamp: at(-2) });
    expect((await local.get([late('Sum')])).MetricDataResults).toEqual([
      { Id: 'm1', Label: 'Late', Timestamps: [at(0), at(-2)], Values: [2.5, 1.5], StatusCode: 'Complete' },
    ]);
  });

  it.each([
    ['Values and Counts', { Values: [1, 4], Counts: [3, 1] }, [1.75, 7, 1, 4, 4]],
    ['a set of statistics', { StatisticValues: { SampleCount: 4, Sum: 10, Minimum: 1, Maximum: 4 } }, [2.5, 10, 1, 4, 4]],
  ])('takes %s', async (_form, datum, expected) => {
    await local.put(datum);
    const statistics = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];
    const { MetricDataResults = [] } = await local.get(statistics.map((Stat, index) => late(Stat, `m${index}`)));
    expect(MetricDataResults.map(({ Values }) => Values)).toEqual(expected.map((value) => [value]));
  });

  it.each<[string, Partial<MetricDatum>, string, string]>([
    [
      'an old time',
      { Value: 1, Timestamp: at(-14 * 1440 - 1) },
      'InvalidParameterValueException',
      'The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.',
    ],
    [
      'a time to come',
      { Value: 1, Timestamp: at(121) },
      'InvalidParameterValueException',
      'The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.',
    ],
    [
      'what is no number',
      { Value: Number.NaN },
      'InvalidParameterValueException',
      'The value NaN for parameter MetricData.member.1.Value is invalid.',
    ],
    [
      'no value',
      {},
      'MissingRequiredParameterException',
      'At least one of the parameters MetricData.member.1.Value, MetricData.member.1.Values, MetricData.member.1.StatisticValues must be specified.',
    ],
    [
      'two values',
      { Value: 1, Values: [1] },
      'InvalidParameterCombinationException',
      'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
    ],
  ])('fails for %s', async (_case, datum, name, message) => {
    expect(await rejection(local.put(datum))).toEqual({ name, message, status: 400 });
    expect((await local.asOperator.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  });

  it('fails by name for values beside a statistic set, which AWS takes', async () => {
    const StatisticValues = { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 };
    expect(await rejection(local.put({ Values: [1], StatisticValues }))).toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining("'Values' beside 'StatisticValues'") as string,
    });
  });

  it('fails in a namespace of AWS, with the code that forms had', async () => {
    const refused = local.asOperator.send(
      new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'Errors', Value: 1 }] }),
    );
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      Error: { Code: 'InvalidParameterValue', Type: 'Sender' },
    });
  });

  it('takes a body that is compressed', async () => {
    const MetricData = Array.from({ length: 500 }, (_, Value) => ({ MetricName: 'Late', Dimensions: dimensions, Value }));
    await local.client(local.operator, {}).send(new PutMetricDataCommand({ Namespace, MetricData })); // in CBOR the SDK says the length before compression, and hangs
    expect((await local.get([late('SampleCount')])).MetricDataResults?.[0]?.Values).toEqual([500]);
  });

  it('makes an alarm look', async () => {
    local.alarm('late', {
      Namespace,
      MetricName: 'Late',
      Dimensions: dimensions,
      Statistic: 'Sum',
      Period: 60,
      AlarmActions: [TOPIC],
    });
    await local.put({ Value: 9 });
    await local.clock.advance(2 * MINUTE);
    expect(local.published).toEqual(['ALARM: "late" in us-east-1']);
  });
});

describe('GetMetricData', () => {
  it('computes expressions, and leaves out what is not to be returned', async () => {
    await local.put({ Value: 6 }, { Value: 4, Timestamp: at(-1) });
    const { MetricDataResults } = await local.get(
      [
        late('Sum', 'm1', { ReturnData: false }),
        { Id: 'e1', Expression: 'm1 * 2' },
        { Id: 'e2', Expression: 'e1 + 1', Label: 'odd' },
      ],
      { ScanBy: 'TimestampAscending' },
    );
    expect(MetricDataResults).toEqual([
      { Id: 'e1', Label: 'e1', Timestamps: [at(-1), at(0)], Values: [8, 12], StatusCode: 'Complete' },
      { Id: 'e2', Label: 'odd', Timestamps: [at(-1), at(0)], Values: [9, 13], StatusCode: 'Complete' },
    ]);
  });

  it('lets periods follow the start, which is rounded down to the minute', async () => {
    await local.put({ Value: 1, Timestamp: at(-7) }, { Value: 2, Timestamp: at(-3) }, { Value: 4 });
    const { MetricDataResults } = await local.get([late('Sum', 'm1', {}, 300)], {
      StartTime: new Date(START - 7.5 * MINUTE),
      EndTime: at(1),
    });
    expect(MetricDataResults).toMatchObject([{ Timestamps: [at(-3), at(-8)], Values: [6, 1] }]);
  });

  it('gives a page after the other', async () => {
    await local.put({ Value: 1, Timestamp: at(-2) }, { Value: 2, Timestamp: at(-1) }, { Value: 3 });
    const queries = [late('Sum'), late('Maximum', 'm2')];
    const first = await local.get(queries, { MaxDatapoints: 2 });
    expect(first.MetricDataResults).toMatchObject([{ Id: 'm1', Values: [3, 2], StatusCode: 'PartialData' }]);
    const second = await local.get(queries, { MaxDatapoints: 10, NextToken: first.NextToken });
    expect(second.MetricDataResults).toMatchObject([
      { Id: 'm1', Values: [1], StatusCode: 'Complete' },
      { Id: 'm2', Values: [3, 2, 1], StatusCode: 'Complete' },
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it('says of a metric without values that it has none', async () => {
    expect((await local.get([late('Sum')])).MetricDataResults).toEqual([
      { Id: 'm1', Label: 'Late', Timestamps: [], Values: [], StatusCode: 'Complete' },
    ]);
  });

  it.each<[string, MetricDataQuery[], object, string]>([
    ['a span of no length', [late('Sum')], { EndTime: at(-10) }, 'The parameter StartTime must not equal parameter EndTime.'],
    [
      'a strange statistic',
      [late('None')],
      {},
      'The value None for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic.',
    ],
    [
      'an unknown id',
      [late('Sum'), { Id: 'e1', Expression: 'm1 + m2' }],
      {},
      "the expression of 'e1' names 'm2', which no query has as its Id",
    ],
  ])('fails for %s', async (_case, queries, rest, message) => {
    expect(await rejection(local.get(queries, rest))).toEqual({ name: 'ValidationException', message, status: 400 });
  });

  it.each<[string, MetricDataQuery]>([
    ["the statistic 'p90'", late('p90')],
    ["the expression 'SEARCH('{Headwaters}', 'Sum')'", { Id: 'e1', Expression: "SEARCH('{Headwaters}', 'Sum')" }],
  ])('has no made-up answer for %s', async (what, query) => {
    const message = `NotImplemented: monitoring:GetMetricData with ${what} is not simulated by headwaters`;
    expect(await rejection(local.get([query]))).toEqual({ name: 'NotImplemented', message, status: 501 });
  });
});

describe('GetMetricStatistics', () => {
  const statistics = (Period: number, EndTime: Date) =>
    local.asOperator.send(
      new GetMetricStatisticsCommand({
        Namespace,
        MetricName: 'Late',
        Dimensions: dimensions,
        StartTime: at(-5),
        EndTime,
        Period,
        Statistics: ['Sum', 'SampleCount'],
      }),
    );

  it('gives the statistics of each period with a value', async () => {
    await local.put({ Value: 2 }, { Value: 3 });
    expect(await statistics(60, at(5))).toMatchObject({
      Label: 'Late',
      Datapoints: [{ Timestamp: at(0), Sum: 5, SampleCount: 2 }],
    });
  });

  it('fails for more than 1440 datapoints', async () => {
    const message =
      'You have requested up to 1445 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.';
    expect(await rejection(statistics(60, at(1440)))).toEqual({
      name: 'InvalidParameterCombinationException',
      message,
      status: 400,
    });
  });
});

test('ListMetrics lists by namespace, name and dimensions what has values', async () => {
  await local.put({ Value: 1 }, { MetricName: 'Early', Dimensions: [], Value: 1 });
  await local.get([late('Sum', 'm1')]);
  const list = async (input: object) => (await local.asOperator.send(new ListMetricsCommand(input))).Metrics;
  const listed = { Namespace, MetricName: 'Late', Dimensions: dimensions };
  expect(await list({ Namespace })).toEqual([{ Namespace, MetricName: 'Early', Dimensions: [] }, listed]);
  expect(await list({ Dimensions: [{ Name: 'Dataset' }] })).toEqual([listed]);
  expect(await list({ Dimensions: [{ Name: 'Dataset', Value: 'refunds' }] })).toEqual([]);
  await local.clock.advance(4 * 60 * MINUTE);
  expect(await list({ RecentlyActive: 'PT3H' })).toEqual([]);
});

test('fails for a caller whose policies do not allow it', async () => {
  const caller = callerWith(local.iam, {
    Action: 'cloudwatch:PutMetricData',
    Resource: '*',
    Condition: { StringEquals: { 'cloudwatch:namespace': Namespace } },
  });
  const { accessKeyId, secretAccessKey, sessionToken = '' } = local.sessions.credentialsFor(caller).credentials;
  const client = local.client({ accessKeyId, secretAccessKey, sessionToken });
  const putIn = (namespace: string) =>
    client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: [{ MetricName: 'Late', Value: 1 }] }));
  await putIn(Namespace);
  expect(await rejection(putIn('Other'))).toMatchObject({ name: 'AccessDenied', status: 403 });
  expect(await rejection(client.send(new DescribeAlarmsCommand({ AlarmNames: ['late'] })))).toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`cloudwatch:DescribeAlarms on resource: ${arnOf('late')}`) as string,
  });
});

test('fails by its name for an operation that is lacking', async () => {
  const command = new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '{}' });
  expect(await rejection(local.asOperator.send(command))).toEqual({
    name: 'NotImplemented',
    message: 'NotImplemented: monitoring:PutDashboard',
    status: 501,
  });
});

test('speaks AWS JSON as well, in which times are seconds', async () => {
  const client = local.client(local.operator, {});
  await client.send(
    new PutMetricDataCommand({
      Namespace,
      MetricData: [{ MetricName: 'Late', Dimensions: dimensions, Value: 2, Timestamp: at(-1) }],
    }),
  );
  const span = { StartTime: at(-1), EndTime: at(1) };
  expect(await client.send(new GetMetricDataCommand({ MetricDataQueries: [late('Sum')], ...span }))).toMatchObject({
    MetricDataResults: [{ Timestamps: [at(-1)], Values: [2] }],
  });
  const raw = {
    headers: { 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData', 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ MetricDataQueries: [late('Sum')], ...span }),
  };
  const { text } = await sendRaw(local.url, local.operator, raw, { service: 'monitoring' });
  expect(JSON.parse(text)).toEqual({
    __type: 'SerializationException',
    message: "'StartTime' must be a number of seconds since the epoch",
  });
});
