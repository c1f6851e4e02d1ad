import type { AlarmRule, AlarmState, Datapoint } from './alarm-state.ts';

/** What an alarm's state was judged by. */
export interface Evidence {
  /** The newest first. */
  readonly breaching: readonly Datapoint[];
  readonly within: readonly Datapoint[];
  /** How many datapoints were filled in. */
  readonly missing: number;
}

const COMPARED: Readonly<Partial<Record<AlarmRule['comparison'], string>>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

const TREATED_AS = { breaching: 'Breaching', notBreaching: 'NonBreaching' } as const;

/** An alarm's reason in CloudWatch's words. @param state Undefined where it stays for want of data */
export function describeState(rule: AlarmRule, state: AlarmState | undefined, evidence: Evidence): string {
  const { breaching, within, missing } = evidence;
  if (state === undefined || state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${count(missing, 'datapoint')} ${were(missing)} unknown.`;
  const filled = filledIn(rule, missing);
  const points = state === 'ALARM' ? breaching : within;
  if (points.length > 0) return `Threshold Crossed: ${compared(rule, state, points)}${filled}${minimum(rule, state)}.`;
  const received = breaching.length + within.length;
  const periods = count(rule.evaluationPeriods, 'period');
  return `Threshold Crossed: ${received === 0 ? 'no datapoints' : count(received, 'datapoint')} ${were(received)} received for ${periods}${filled}.`;
}

function filledIn({ treatMissingData = 'missing' }: AlarmRule, missing: number): string {
  return missing === 0 || treatMissingData === 'ignore' || treatMissingData === 'missing'
    ? ''
    : ` and ${count(missing, 'missing datapoint')} ${were(missing)} treated as [${TREATED_AS[treatMissingData]}]`;
}

function compared(rule: AlarmRule, state: 'OK' | 'ALARM', points: readonly Datapoint[]): string {
  const listed = points.map(({ value, time }) => `${decimal(value)} (${clock(time)})`).join(', ');
  const counted =
    rule.datapointsToAlarm === undefined
      ? count(points.length, 'datapoint')
      : `${points.length} out of the last ${rule.evaluationPeriods} datapoints`;
  const not = state === 'OK' ? 'not ' : '';
  return `${counted} [${listed}] ${were(points.length)} ${not}${COMPARED[rule.comparison] ?? rule.comparison} the threshold (${decimal(rule.threshold)})`;
}

function minimum({ datapointsToAlarm, evaluationPeriods }: AlarmRule, state: 'OK' | 'ALARM'): string {
  if (datapointsToAlarm === undefined) return '';
  return state === 'ALARM'
    ? ` (minimum ${count(datapointsToAlarm, 'datapoint')} for OK -> ALARM transition)`
    : ` (minimum ${count(evaluationPeriods - datapointsToAlarm + 1, 'datapoint')} for ALARM -> OK transition)`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
const were = (number: number): string => (number === 1 ? 'was' : 'were');

/** As Java writes a double, and so CloudWatch. */
function decimal(value: number): string {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-3 && size < 1e7);
  const digits = plain ? String(value) : value.toExponential().replace(/e\+?/, 'E');
  return digits.includes('.') ? digits : digits.replace(/(?=E|$)/, '.0');
}

/** Such as 22/11/26 13:00:00, in UTC. */
function clock(time: number): string {
  const text = new Date(time).toISOString();
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(2, 4)} ${text.slice(11, 19)}`;
}
