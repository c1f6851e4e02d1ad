import type { Members } from '../../input.ts';
import { ServiceError, type Caller } from '../../service.ts';
import type { Alarm } from '../alarm.ts';
import { STATISTICS } from '../datapoints.ts';
import { idOf } from '../metric.ts';
import { describeAlarm } from './describe-alarm.ts';
import { recordsPage } from './page.ts';
import { invalidCombination, lacking, metricOf, named, optionalChoice, type OperationParts, type Run } from './request.ts';

export const ALARM_TYPES = ['CompositeAlarm', 'MetricAlarm'] as const;
const STATES = ['INSUFFICIENT_DATA', 'ALARM', 'OK'] as const;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
const LONGEST_REASON = 1023;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html */
const MOST_NAMES = 100;

/** @param name Of one alarm, or `*` */
export const alarmArn = ({ region, accountId }: Pick<OperationParts, 'region' | 'accountId'>, name: string): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

/** Whether a request asks for metric alarms: of whatever it does not say it means them. */
export function asksForMetricAlarms(input: Members): boolean {
  const types = input.texts('AlarmTypes');
  const strange = types.find((type) => !ALARM_TYPES.some((known) => known === type));
  if (strange !== undefined) throw input.invalid('AlarmTypes', `must be of ${ALARM_TYPES.join(', ')}`);
  return types.length === 0 || types.includes('MetricAlarm');
}

/** The operations on alarms that templates have made. */
export function alarmOperations(parts: OperationParts): Readonly<Record<string, Run>> {
  const { access, alarms } = parts;
  const checkAll = (caller: Caller, action: string, names: readonly string[]): void => {
    for (const name of names) access.check(caller, `cloudwatch:${action}`, alarmArn(parts, name));
  };
  const byName = (name: string): Alarm | undefined => alarms().find(({ settings }) => settings.name === name);
  const setActions =
    (action: string, enabled: boolean): Run =>
    (input, caller) => {
      const names = namesIn(input.only(['AlarmNames']));
      checkAll(caller, action, names);
      for (const name of names) byName(name)?.enableActions(enabled);
      return {};
    };
  return {
    DescribeAlarms: (input, caller) => {
      const known = ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'ActionPrefix', 'MaxRecords', 'NextToken'];
      for (const relation of ['ChildrenOfAlarmName', 'ParentsOfAlarmName'])
        if (input.has(relation)) throw lacking('DescribeAlarms', `'${relation}'`);
      input.only(known);
      const names = input.has('AlarmNames') ? namesIn(input) : [];
      checkAll(caller, 'DescribeAlarms', names.length === 0 ? ['*'] : names);
      if (names.length > 0 && input.has('AlarmNamePrefix'))
        throw invalidCombination("'AlarmNames' and 'AlarmNamePrefix' must not both be given");
      const isAsked = filterOf(input, names);
      const found = asksForMetricAlarms(input) ? alarms().filter(isAsked) : [];
      const { items, rest } = recordsPage(found, input);
      return { MetricAlarms: items.map(describeAlarm), CompositeAlarms: [], ...rest };
    },
    DescribeAlarmsForMetric: (input, caller) => {
      if (input.has('Unit')) throw lacking('DescribeAlarmsForMetric', "'Unit'");
      input.only(['MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Dimensions', 'Period']);
      access.check(caller, 'cloudwatch:DescribeAlarmsForMetric', '*');
      const id = idOf(metricOf(input));
      const statistic = input.optionalText('ExtendedStatistic') ?? optionalChoice(input, 'Statistic', STATISTICS);
      const period = input.optionalNumber('Period');
      const found = alarms().filter(({ settings: { query } }) => {
        if ('notSimulated' in query || query.queries !== undefined) return false;
        return [...query.metrics.values()].some(
          (watched) =>
            idOf(watched.metric) === id &&
            (statistic === undefined || watched.statistic === statistic) &&
            (period === undefined || watched.period === period),
        );
      });
      return { MetricAlarms: found.map(describeAlarm) };
    },
    SetAlarmState: (input, caller) => {
      input.only(['AlarmName', 'StateValue', 'StateReason', 'StateReasonData']);
      const name = named(input, 'AlarmName');
      checkAll(caller, 'SetAlarmState', [name]);
      const state = optionalChoice(input, 'StateValue', STATES);
      if (state === undefined) throw input.invalid('StateValue', 'is required');
      const reason = input.text('StateReason');
      if (reason.length > LONGEST_REASON) throw input.invalid('StateReason', `must have at most ${LONGEST_REASON} characters`);
      checkData(input.optionalText('StateReasonData'));
      const alarm = byName(name);
      if (alarm === undefined) throw new ServiceError('ResourceNotFound', '', 404);
      alarm.set({ state, reason });
      return {};
    },
    EnableAlarmActions: setActions('EnableAlarmActions', true),
    DisableAlarmActions: setActions('DisableAlarmActions', false),
  };
}

function namesIn(input: Members): readonly string[] {
  const names = input.texts('AlarmNames');
  if (!input.has('AlarmNames')) throw input.invalid('AlarmNames', 'is required');
  if (names.length > MOST_NAMES) throw input.invalid('AlarmNames', `must be at most ${MOST_NAMES}`);
  return names;
}

function filterOf(input: Members, names: readonly string[]): (alarm: Alarm) => boolean {
  const prefix = input.optionalText('AlarmNamePrefix') ?? '';
  const action = input.optionalText('ActionPrefix') ?? '';
  const value = optionalChoice(input, 'StateValue', STATES);
  return ({ settings: { name, actions }, state: { state } }) =>
    (names.length === 0 || names.includes(name)) &&
    name.startsWith(prefix) &&
    (value === undefined || value === state) &&
    (action === '' || Object.values(actions).some((arns) => arns.some((arn) => arn.startsWith(action))));
}

/** @throws ServiceError InvalidFormatFault */
function checkData(data: string | undefined): void {
  if (data === undefined) return;
  try {
    JSON.parse(data);
  } catch {
    throw new ServiceError('InvalidFormatFault', "'StateReasonData' must be JSON");
  }
}
