import type { AlarmTransition, Alarm } from '../alarm.ts';
import { alarmArn, asksForMetricAlarms } from './alarms.ts';
import { recordsPage } from './page.ts';
import { optionalChoice, optionalTime, seconds, type OperationParts, type Run } from './request.ts';

export const SCANS = ['TimestampDescending', 'TimestampAscending'] as const;
const TYPES = ['ConfigurationUpdate', 'StateUpdate', 'Action', 'AlarmContributorStateUpdate', 'AlarmContributorAction'] as const;

/** What alarms have come to since the start; what a template changed of them and what they did is not kept. */
export const describeHistory =
  (parts: OperationParts): Run =>
  (input, caller) => {
    input.only(['AlarmName', 'AlarmTypes', 'HistoryItemType', 'StartDate', 'EndDate', 'MaxRecords', 'NextToken', 'ScanBy']);
    const name = input.optionalText('AlarmName');
    parts.access.check(caller, 'cloudwatch:DescribeAlarmHistory', alarmArn(parts, name ?? '*'));
    const type = optionalChoice(input, 'HistoryItemType', TYPES) ?? 'StateUpdate';
    const [start, end] = [optionalTime(input, 'StartDate') ?? -Infinity, optionalTime(input, 'EndDate') ?? Infinity];
    const found = parts
      .history()
      .filter(
        ({ alarm, transition: { time } }) => (name === undefined || alarm.settings.name === name) && time >= start && time <= end,
      );
    const kept = type === 'StateUpdate' && asksForMetricAlarms(input) ? found : [];
    const isAscending = optionalChoice(input, 'ScanBy', SCANS) === 'TimestampAscending';
    const { items, rest } = recordsPage(isAscending ? kept : kept.toReversed(), input);
    return { AlarmHistoryItems: items.map(itemOf), ...rest };
  };

const itemOf = ({ alarm, transition }: { readonly alarm: Alarm; readonly transition: AlarmTransition }): object => ({
  AlarmName: alarm.settings.name,
  AlarmType: 'MetricAlarm',
  Timestamp: seconds(transition.time),
  HistoryItemType: 'StateUpdate',
  HistorySummary: `Alarm updated from ${transition.from} to ${transition.state}`,
  HistoryData: JSON.stringify({
    version: '1.0',
    type: 'Update',
    oldState: { stateValue: transition.from },
    newState: { stateValue: transition.state, stateReason: transition.reason },
  }),
});
