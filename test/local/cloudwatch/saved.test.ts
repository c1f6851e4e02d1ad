import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { SimulatedClock } from '../../../local/clock.ts';
import { Datapoints, setOf } from '../../../local/cloudwatch/datapoints.ts';
import { restoreMetrics, saveMetrics } from '../../../local/cloudwatch/saved-metrics.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly } from '../assembly/fixture.ts';
import { alarmOf, start as BEGIN } from './rig.ts';

/** One alarm, on a state that outlives its runs. */
function place(TreatMissingData: string) {
  const resources = { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: alarmOf({ TreatMissingData }) } };
  const other = { template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } } };
  const assembly = writeAssembly({ Alarms: { template: { Resources: resources } }, Other: other });
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const clock = new SimulatedClock(BEGIN);
  const during = async <T>(
    use: (client: CloudWatchClient, runtime: LocalRuntime) => Promise<T>,
    stacks = ['Alarms', 'Other'],
  ): Promise<T> => {
    const runtime = await start({ assembly, state, clock, ...(stacks.length === 1 && { stacks }) });
    const client = new CloudWatchClient({ endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator });
    try {
      return await use(client, runtime);
    } finally {
      client.destroy();
      await runtime.stop();
    }
  };
  return { clock, during };
}

const nine = async (client: CloudWatchClient): Promise<void> => {
  const MetricData = [{ MetricName: 'errors', StatisticValues: { SampleCount: 3, Sum: 9, Minimum: 1, Maximum: 5 } }];
  await client.send(new PutMetricDataCommand({ Namespace: 'Mine', MetricData }));
};

test('a state outlives a run of other stacks', async () => {
  const { clock, during } = place('ignore');
  const before = await during(async (client, runtime) => {
    await nine(client);
    await clock.advance(60_000);
    return runtime.alarms();
  });
  expect(await during(async (_client, runtime) => Promise.resolve(runtime.alarms()), ['Other'])).toEqual([]);
  expect(await during(async (_client, runtime) => Promise.resolve(runtime.alarms()))).toEqual(before);
  expect(before).toMatchObject([{ state: 'ALARM' }]);
});

test('values, states and what was said of actions outlive a stop', async () => {
  const { clock, during } = place('ignore');
  const before = await during(async (client, runtime) => {
    await nine(client);
    await clock.advance(60_000);
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['Alarms-Alarm'] }));
    return runtime.alarms();
  });
  expect(before).toMatchObject([{ name: 'Alarms-Alarm', state: 'ALARM' }]);
  await clock.advance(3_600_000);
  await during(async (client, runtime) => {
    expect(runtime.alarms()).toEqual(before);
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toMatchObject([{ StateValue: 'ALARM', ActionsEnabled: false }]);
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Mine',
        MetricName: 'errors',
        Period: 60,
        Statistics: ['Sum', 'Maximum', 'SampleCount'],
        StartTime: new Date(BEGIN),
        EndTime: new Date(BEGIN + 60_000),
      }),
    );
    expect(Datapoints).toMatchObject([{ Sum: 9, Maximum: 5, SampleCount: 3 }]);
  });
});

test('what was measured before a stop leaves the window after it', async () => {
  const { clock, during } = place('notBreaching');
  await during(async (client) => {
    await nine(client);
    await clock.advance(60_000);
  });
  await during(async (_client, runtime) => {
    expect(runtime.alarms()).toMatchObject([{ state: 'ALARM' }]);
    await clock.advance(3_600_000);
    expect(runtime.alarms()).toMatchObject([{ state: 'OK' }]);
  });
});

test('metrics are told apart after a stop by dimensions of any name', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'metrics-'));
  const dimensions = [{}, JSON.parse('{"__proto__":"x"}') as Record<string, string>, { constructor: 'y' }];
  const series = dimensions.map((own, index) => {
    const points = new Datapoints();
    points.add(BEGIN, setOf(index));
    return { metric: { namespace: 'Mine', name: 'errors', dimensions: own }, points, unit: index === 0 ? 'Bytes' : undefined };
  });
  saveMetrics({ series, alarms: [] }, folder);
  const restored = restoreMetrics(folder).series;
  expect(restored.map(({ unit }) => unit)).toEqual(['Bytes', undefined, undefined]);
  expect(restored.map(({ metric, points }) => [Object.entries(metric.dimensions), points[0]?.[1].sum])).toEqual([
    [[], 0],
    [[['__proto__', 'x']], 1],
    [[['constructor', 'y']], 2],
  ]);
});
