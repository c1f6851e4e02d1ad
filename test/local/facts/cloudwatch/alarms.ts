import { MINUTE, start, TOPIC, watching } from '../../cloudwatch/rig.ts';
import { overJson } from '../../endpoint/over-json.ts';
import { operator } from '../../s3/lake.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { cloudformation, guide } from './pages.ts';

const EVALUATION = guide('alarm-evaluation-window');
const MISSING = guide('alarms-and-missing-data');
const PERMISSIONS = guide('Notify_Users_Alarm_Changes');
/** A notice that somebody received. */
const NOTICE = 'https://github.com/aws/aws-lambda-go/blob/main/events/testdata/cloudwatch-alarm-sns-payload-single-metric.json';

/** When alarms are evaluated, and whom they tell. */
export const cloudwatchAlarms: FactTable = {
  service: 'CloudWatch',
  facts: [
    {
      says: 'a new alarm is INSUFFICIENT_DATA until it has been evaluated',
      basis: 'documented',
      source: cloudformation('aws-properties-cw-alarm'),
      holds: async () => {
        const { state, minutes } = watching({ TreatMissingData: 'notBreaching' });
        expect(state()).toBe('INSUFFICIENT_DATA');
        await minutes(1);
        expect(state()).toBe('OK');
      },
    },
    {
      says: 'an alarm is evaluated every minute, over a window that slides by minutes: a period of five need not begin at one',
      basis: 'documented',
      source: EVALUATION,
      holds: async () => {
        const { state, minutes } = watching();
        await minutes(3);
        await minutes(3, 1);
        expect(state()).toBe('OK');
        await minutes(2, 1);
        expect(state()).toBe('ALARM');
      },
    },
    {
      says: 'a value counts once its minute is over',
      basis: 'documented',
      source: EVALUATION,
      holds: async () => {
        const { state, put, clock } = watching();
        await clock.advance(10_000);
        put(9);
        await clock.advanceTo(start + MINUTE - 1);
        expect(state()).toBe('INSUFFICIENT_DATA');
        await clock.advanceTo(start + MINUTE);
        expect(state()).toBe('ALARM');
      },
    },
    {
      says: 'data that is missing goes to what TreatMissingData says: INSUFFICIENT_DATA, OK, ALARM, or the state as it is',
      basis: 'documented',
      source: MISSING,
      holds: async () => {
        const endOf = async (TreatMissingData: string): Promise<string> => {
          const { state, minutes } = watching({ TreatMissingData });
          await minutes(1, 9);
          await minutes(30);
          return state();
        };
        expect(await Promise.all(['missing', 'notBreaching', 'breaching', 'ignore'].map(endOf))).toEqual([
          'INSUFFICIENT_DATA',
          'OK',
          'ALARM',
          'ALARM',
        ]);
      },
    },
    {
      says: 'more periods are looked at than are evaluated: a value that left the evaluated ones still counts while none came after it',
      basis: 'documented',
      source: MISSING,
      holds: async () => {
        const { state, minutes } = watching({ TreatMissingData: 'notBreaching' });
        await minutes(1, 9);
        await minutes(9);
        expect(state()).toBe('ALARM');
        await minutes(1, 1);
        expect(state()).toBe('OK');
      },
    },
    {
      says: 'how many more periods are looked at depends on their length; here they are two',
      basis: 'undecided',
      source: MISSING,
      holds: async () => {
        const { state, minutes } = watching({ TreatMissingData: 'notBreaching' });
        await minutes(1, 9);
        await minutes(14);
        expect(state()).toBe('ALARM');
        await minutes(1);
        expect(state()).toBe('OK');
      },
    },
    {
      says: 'of EvaluationPeriods as many as DatapointsToAlarm must breach, in whatever order',
      basis: 'documented',
      source: EVALUATION,
      holds: async () => {
        const { state, minutes } = watching({ Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
        await minutes(1, 9);
        await minutes(1, 1);
        expect(state()).toBe('OK');
        await minutes(1, 9);
        expect(state()).toBe('ALARM');
      },
    },
    {
      says: 'actions run when the state changes, those of the new state, and not while it stays',
      basis: 'documented',
      source: EVALUATION,
      holds: async () => {
        const { notices, minutes } = watching({ Period: 60 });
        await minutes(1, 1);
        await minutes(3, 9);
        await minutes(1, 1);
        expect(notices.map(({ topicArn, subject }) => [topicArn, subject])).toEqual([
          [TOPIC, 'OK: "alarm" in us-east-1'],
          [TOPIC, 'ALARM: "alarm" in us-east-1'],
          [TOPIC, 'OK: "alarm" in us-east-1'],
        ]);
      },
    },
    {
      says: 'CloudWatch publishes as cloudwatch.amazonaws.com, for the ARN of the alarm',
      basis: 'documented',
      source: PERMISSIONS,
      holds: async () => {
        const { notices, minutes } = watching();
        await minutes(1, 9);
        expect(notices[0]?.publisher).toEqual({
          service: 'cloudwatch.amazonaws.com',
          sourceArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:alarm',
          accountId: '123456789012',
        });
      },
    },
    {
      says: 'an action that is refused leaves the state as it came, and is told in the alarm’s history alone',
      basis: 'documented',
      source: PERMISSIONS,
      holds: async () => {
        const { state, minutes, lines } = watching({}, true);
        await minutes(1, 9);
        expect(state()).toBe('ALARM');
        expect(lines.map(({ message }) => message)).toEqual([
          `Failed to execute action ${TOPIC}. Received error: "not authorized to perform: sns:Publish"`,
        ]);
      },
    },
    {
      says: 'a notice holds the alarm, both states, the reason with its datapoints, and the metric with its statistic in capitals',
      basis: 'observed',
      source: NOTICE,
      holds: async () => {
        const { notices, minutes } = watching({ DatapointsToAlarm: 1, TreatMissingData: 'notBreaching' });
        await minutes(1, 9);
        expect(JSON.parse(notices[0]?.message ?? '')).toMatchObject({
          AlarmName: 'alarm',
          AWSAccountId: '123456789012',
          NewStateValue: 'ALARM',
          NewStateReason:
            'Threshold Crossed: 1 out of the last 1 datapoints [9.0 (09/01/01 07:56:00)] was greater than or equal to the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).',
          StateChangeTime: '2001-01-09T08:01:00.000+0000',
          OldStateValue: 'INSUFFICIENT_DATA',
          Trigger: {
            MetricName: 'errors',
            Namespace: 'Mine',
            StatisticType: 'Statistic',
            Statistic: 'SUM',
            Unit: null,
            Dimensions: [],
            Period: 300,
            EvaluationPeriods: 1,
            DatapointsToAlarm: 1,
            ComparisonOperator: 'GreaterThanOrEqualToThreshold',
            Threshold: 5,
            TreatMissingData: 'notBreaching',
            EvaluateLowSampleCountPercentile: '',
          },
        });
      },
    },
    {
      says: 'an alarm is described with the time of its making, which its notices tell too, and with TreatMissingData only where that was given',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service, minutes, notices } = watching();
        await minutes(1, 9);
        const [described] = Object.values(await overJson(service.service, 'DescribeAlarms', {}, operator)).flat() as object[];
        expect(described).toMatchObject({
          AlarmConfigurationUpdatedTimestamp: start / 1000,
          StateUpdatedTimestamp: (start + MINUTE) / 1000,
        });
        expect(described).not.toHaveProperty('TreatMissingData');
        expect(JSON.parse(notices[0]?.message ?? '')).toMatchObject({
          AlarmConfigurationUpdatedTimestamp: '2001-01-09T08:00:00.000+0000',
          StateChangeTime: '2001-01-09T08:01:00.000+0000',
        });
      },
    },
    {
      says: 'an alarm over ten seconds is described with its metric, statistic, period and unit, whoever may evaluate it',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service } = watching({ Period: 10, Unit: 'Seconds' });
        expect(await overJson(service.service, 'DescribeAlarms', {}, operator)).toMatchObject({
          MetricAlarms: [
            { Namespace: 'Mine', MetricName: 'errors', Dimensions: [], Statistic: 'Sum', Period: 10, Unit: 'Seconds' },
          ],
        });
      },
    },
    {
      says: 'SetAlarmState names the states there are to who gives another, and says nothing but ResourceNotFound of an alarm that is not there',
      basis: 'observed',
      source: recorded('cloudwatch/test_cloudwatch'),
      holds: async () => {
        const { service } = watching();
        const set = (AlarmName: string, StateValue: string) =>
          overJson(service.service, 'SetAlarmState', { AlarmName, StateValue, StateReason: 'a drill' }, operator);
        expect(await set('alarm', 'GONE')).toEqual({
          __type: 'ValidationException',
          message:
            "1 validation error detected: Value 'GONE' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
        });
        expect(await set('none', 'OK')).toEqual({ __type: 'ResourceNotFound' });
      },
    },
    {
      says: 'FILL gives a value to every period, of a metric without any too, and what is added to one that is missing stays as it is',
      basis: 'undecided',
      source: guide('using-metric-math'),
      holds: async () => {
        const query = (Id: string, rest: object) => ({ Id, ReturnData: false, ...rest });
        const stat = (MetricName: string) => ({
          MetricStat: { Metric: { Namespace: 'Mine', MetricName, Dimensions: [] }, Period: 300, Stat: 'Sum' },
        });
        const { state, put, minutes } = watching({
          MetricName: undefined,
          Namespace: undefined,
          Statistic: undefined,
          Period: undefined,
          TreatMissingData: 'ignore',
          Metrics: [
            { Id: 'both', Expression: 'one + FILL(other, 4)', ReturnData: true },
            query('one', stat('one')),
            query('other', stat('other')),
          ],
        });
        await minutes(1);
        expect(state()).toBe('OK');
        put(1, 'one');
        await minutes(1);
        expect(state()).toBe('ALARM');
      },
    },
  ],
};
