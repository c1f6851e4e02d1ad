import { describeState, type Evidence } from './alarm-reason.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** Those that compare with one number, and those that compare with a band. */
export const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export const BAND_COMPARISONS = [
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
] as const;
export type Comparison = (typeof COMPARISONS)[number] | (typeof BAND_COMPARISONS)[number];

export interface AlarmRule {
  /** One with a number, where the rule is to be judged. */
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  /**
   * How many of the evaluated datapoints must be breaching.
   *
   * @default - all of them; the reason is then in other words than where their number is said
   */
  readonly datapointsToAlarm?: number;
  /** @default - 'missing' */
  readonly treatMissingData?: MissingData | undefined;
}

export interface Datapoint {
  readonly value: number;
  /** The beginning of its period, in milliseconds since the epoch. */
  readonly time: number;
}

export interface Verdict {
  readonly state: AlarmState;
  /** In CloudWatch's words. Where the state stays for want of data CloudWatch says nothing new, and neither should whoever keeps the last reason. */
  readonly reason: string;
}

/**
 * How many periods are looked at: more than are evaluated. By how many depends on the length of the period and on the metric's resolution;
 * the documentation gives no rule but the example of 5 for 3.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export const evaluationRange = ({ evaluationPeriods }: Pick<AlarmRule, 'evaluationPeriods'>): number => evaluationPeriods + 2;

/**
 * The state of an alarm by its datapoints. As many as are evaluated are taken of those that exist, the newest; only where there are too few,
 * the rule's treatment of missing data fills in for the others.
 *
 * @param values Of the evaluation range, the newest first; undefined where there is none
 * @param times The beginnings of their periods, in milliseconds since the epoch
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgeAlarm(
  rule: AlarmRule,
  values: readonly (number | undefined)[],
  times: readonly number[],
  current: AlarmState,
): Verdict {
  const existing = times.flatMap((time, age) => {
    const value = values[age];
    return value === undefined ? [] : [{ value, time, age }];
  });
  const evaluated = existing.slice(0, rule.evaluationPeriods);
  const breaching = evaluated.filter(({ value }) => isBreaching(rule, value));
  const within = evaluated.filter((point) => !breaching.includes(point));
  const evidence = { breaching, within, missing: rule.evaluationPeriods - evaluated.length };
  const state = stateBy(rule, evidence, breaching.at(-1)?.age);
  return { state: state ?? current, reason: describeState(rule, state, evidence) };
}

/** Undefined where the state stays for want of data. @param oldest How many periods are newer than the oldest breaching datapoint's */
function stateBy(
  { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = 'missing' }: AlarmRule,
  { breaching, within, missing }: Evidence,
  oldest: number | undefined,
): AlarmState | undefined {
  if (breaching.length >= datapointsToAlarm) return 'ALARM';
  if (missing === 0 || treatMissingData === 'notBreaching') return 'OK';
  if (treatMissingData === 'breaching') return breaching.length + missing >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (within.length > 0) return 'OK';
  if (treatMissingData === 'ignore') return undefined;
  if (oldest === undefined) return 'INSUFFICIENT_DATA';
  // All that is there is breaching, but too little: an alarm only once the oldest is as many periods old as datapoints are needed.
  return oldest + 1 >= datapointsToAlarm ? 'ALARM' : undefined;
}

function isBreaching({ comparison, threshold }: AlarmRule, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    default:
      throw new TypeError('a band is not judged');
  }
}
