import type { CborNames, Operation } from '../service.ts';
import { alarmOperations } from './operations/alarms.ts';
import { describeHistory } from './operations/describe-history.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { getMetricData } from './operations/metric-data.ts';
import { getMetricStatistics } from './operations/metric-statistics.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { membersOf, type OperationParts, type Run } from './operations/request.ts';

const TIMESTAMPS = [
  'AlarmConfigurationUpdatedTimestamp',
  'StateTransitionedTimestamp',
  'StateUpdatedTimestamp',
  'Timestamp',
  'Timestamps',
];
const DOUBLES = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum', 'Threshold', 'Values'];

/** Errors whose code over forms, which `awsQueryError` says in the service's model, is not their name. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  InvalidFormatFault: 'InvalidFormat',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  InvalidParameterValueException: 'InvalidParameterValue',
  MissingRequiredParameterException: 'MissingParameter',
  ValidationException: 'ValidationError',
};

export const CBOR: CborNames = {
  service: 'GraniteServiceVersion20100801',
  isTimestamp: (member) => TIMESTAMPS.includes(member),
  isDouble: (member) => DOUBLES.includes(member),
};

export const queryCode = (code: string): string => QUERY_CODES[code] ?? code;

/** The operations of CloudWatch on what was measured, and on the alarms that templates have made. */
export function operations(parts: OperationParts): Readonly<Record<string, Operation>> {
  const runs: Readonly<Record<string, Run>> = {
    ...alarmOperations(parts),
    DescribeAlarmHistory: describeHistory(parts),
    GetMetricData: getMetricData(parts),
    GetMetricStatistics: getMetricStatistics(parts),
    ListMetrics: listMetrics(parts),
    PutMetricData: putMetricData(parts),
  };
  return Object.fromEntries(
    Object.entries(runs).map(([name, run]): [string, Operation] => [name, async (raw, caller) => run(membersOf(raw), caller)]),
  );
}
