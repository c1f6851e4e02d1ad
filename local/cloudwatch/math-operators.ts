import { UnknownMath, isArray, seriesAt, type Series, type Value } from './series.ts';

type Operator = (left: number, right: number) => number | undefined;

const ARITHMETIC: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => (right === 0 ? undefined : left / right)],
]);

const truth =
  (holds: (left: number, right: number) => boolean): Operator =>
  (left, right) =>
    holds(left, right) ? 1 : 0;
const and = truth((left, right) => left !== 0 && right !== 0);
const or = truth((left, right) => left !== 0 || right !== 0);

const LOGIC: ReadonlyMap<string, Operator> = new Map([
  ['==', truth((left, right) => left === right)],
  ['!=', truth((left, right) => left !== right)],
  ['<=', truth((left, right) => left <= right)],
  ['>=', truth((left, right) => left >= right)],
  ['<', truth((left, right) => left < right)],
  ['>', truth((left, right) => left > right)],
  ['AND', and],
  ['&&', and],
  ['OR', or],
  ['||', or],
]);

/**
 * Applies an operator at each time. Where only one of two time series has a datapoint, the other counts as 0; a datapoint that would be
 * divided by zero is dropped.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function operate(operator: string, left: Value, right: Value, times: readonly number[]): Value {
  const arithmetic = ARITHMETIC.get(operator);
  const apply = arithmetic ?? LOGIC.get(operator);
  if (apply === undefined) throw new UnknownMath(`The operator '${operator}' is not simulated`);
  if (typeof left === 'number' && typeof right === 'number') {
    const value = apply(left, right);
    if (value === undefined)
      throw new UnknownMath(`The operator '${operator}' is not simulated for scalars of which the second is 0`);
    return value;
  }
  const one = typeof left === 'number' || !isArray(left) ? left : undefined;
  const other = typeof right === 'number' || !isArray(right) ? right : undefined;
  if (one !== undefined && other !== undefined) return combine(apply, one, other, times);
  if (arithmetic === undefined) throw new UnknownMath(`The operator '${operator}' is not simulated for time series in brackets`);
  if (typeof left !== 'number' && isArray(left) && other !== undefined)
    return { series: left.series.map((series) => combine(apply, series, other, times)) };
  if (typeof right !== 'number' && isArray(right) && one !== undefined)
    return { series: right.series.map((series) => combine(apply, one, series, times)) };
  throw new UnknownMath(`The operator '${operator}' is not simulated for time series in brackets on both of its sides`);
}

function combine(apply: Operator, left: number | Series, right: number | Series, times: readonly number[]): Series {
  const sides = [left, right].filter((side) => typeof side !== 'number');
  const at = (side: number | Series, time: number): number => (typeof side === 'number' ? side : (side.get(time) ?? 0));
  return seriesAt(times, (time) => (sides.some((side) => side.has(time)) ? apply(at(left, time), at(right, time)) : undefined));
}
