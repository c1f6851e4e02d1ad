import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { rejection } from '../endpoint/running.ts';
import { MINUTE, TOPIC, Namespace, dimensions, at, arnOf, late, cloudwatchWith } from './served.ts';

let local: Awaited<ReturnType<typeof cloudwatchWith>>;
beforeEach(async () => {
  local = await cloudwatchWith();
});
afterEach(async () => {
  await local.stop();
});

describe('alarms', () => {
  const stat = { Namespace, MetricName: 'Late', Dimensions: dimensions, Statistic: 'Sum', Period: 300 };
  beforeEach(() => {
    local.alarm('late', { ...stat, AlarmDescription: 'too late', AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
    const Metrics = [late('Sum', 'm1', { ReturnData: false }), { Id: 'e1', Expression: 'm1 / 60' }];
    local.alarm('rate', { Metrics, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
  });
  const describeAlarms = async (input: object) => (await local.asOperator.send(new DescribeAlarmsCommand(input))).MetricAlarms;
  const setState = (AlarmName = 'late') =>
    local.asOperator.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a drill' }));

  it('are described as templates made them', async () => {
    expect(await describeAlarms({ AlarmNames: ['late'] })).toEqual([
      {
        AlarmName: 'late',
        AlarmArn: arnOf('late'),
        AlarmDescription: 'too late',
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [TOPIC],
        InsufficientDataActions: [],
        AlarmConfigurationUpdatedTimestamp: at(0),
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: at(0),
        StateTransitionedTimestamp: at(0),
        ...stat,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      },
    ]);
    expect(await describeAlarms({ AlarmNamePrefix: 'r' })).toMatchObject([
      {
        AlarmName: 'rate',
        DatapointsToAlarm: 2,
        Metrics: [late('Sum', 'm1', { ReturnData: false }), { Id: 'e1', Expression: 'm1 / 60', ReturnData: true }],
      },
    ]);
  });

  it('are found by state and action, page by page, and by their metric', async () => {
    expect(await describeAlarms({ StateValue: 'OK' })).toEqual([]);
    expect(await describeAlarms({ ActionPrefix: 'arn:aws:sns' })).toMatchObject([{ AlarmName: 'late' }]);
    expect(await describeAlarms({ AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
    const first = await local.asOperator.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
    expect(await describeAlarms({ MaxRecords: 1, NextToken: first.NextToken })).toMatchObject([{ AlarmName: 'rate' }]);
    expect(await rejection(describeAlarms({ NextToken: 'x' }))).toMatchObject({ name: 'InvalidNextToken' });
    const forMetric = new DescribeAlarmsForMetricCommand({ Namespace, MetricName: 'Late', Dimensions: dimensions });
    expect((await local.asOperator.send(forMetric)).MetricAlarms).toMatchObject([{ AlarmName: 'late' }]);
  });

  it('tell their topics of a state that is set, until their actions are disabled', async () => {
    const told = 'ALARM: "late" in us-east-1';
    await local.asOperator.send(new DisableAlarmActionsCommand({ AlarmNames: ['late'] }));
    await setState();
    expect(await describeAlarms({ AlarmNames: ['late'] })).toMatchObject([
      { ActionsEnabled: false, StateValue: 'ALARM', StateReason: 'a drill' },
    ]);
    expect(local.published).toEqual([]);
    await local.clock.advance(MINUTE);
    await local.asOperator.send(new EnableAlarmActionsCommand({ AlarmNames: ['late'] }));
    await setState();
    expect(local.published).toEqual([told]);
  });

  it('have a history', async () => {
    await setState();
    const history = async (input: object) =>
      (await local.asOperator.send(new DescribeAlarmHistoryCommand({ AlarmName: 'late', ...input }))).AlarmHistoryItems;
    expect(await history({})).toEqual([
      {
        AlarmName: 'late',
        AlarmType: 'MetricAlarm',
        Timestamp: at(0),
        HistoryItemType: 'StateUpdate',
        HistorySummary: 'Alarm updated from INSUFFICIENT_DATA to ALARM',
        HistoryData: expect.stringContaining('"stateReason":"a drill"') as string,
      },
    ]);
    expect(await history({ EndDate: at(-1) })).toEqual([]);
    expect(await history({ HistoryItemType: 'Action' })).toEqual([]);
  });

  it('fail to be set if there is none of the name', async () => {
    expect(await rejection(setState('none'))).toMatchObject({ name: 'ResourceNotFound', status: 404 });
  });
});
