import type { Expression } from '../../core/aws/metric-math.ts';
import { callFunction } from './math-functions.ts';
import { operate } from './math-operators.ts';
import { UnknownMath, isArray, seriesAt, type Series, type SeriesArray, type Value } from './series.ts';

export { UnknownMath, type Series } from './series.ts';

interface Scope {
  readonly series: (id: string) => Series | undefined;
  readonly times: readonly number[];
  readonly period: number;
  /** What parts of the expression came to: one may stand in several places. */
  readonly known: Map<Expression, Value>;
}

/**
 * What an expression of metric math comes to: a time series, or a scalar.
 *
 * @param times The beginnings of all periods that are looked at, in order
 * @param period In seconds
 * @throws {@link UnknownMath} for what is not simulated, and for an id that nothing has
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateMath(
  expression: Expression,
  series: (id: string) => Series | undefined,
  times: readonly number[],
  period: number,
): Series | number {
  const value = valueOf(expression, { series, times, period, known: new Map() });
  if (typeof value !== 'number' && isArray(value))
    throw new UnknownMath('An expression that comes to several time series is not simulated');
  return value;
}

function valueOf(expression: Expression, scope: Scope): Value {
  const known = scope.known.get(expression);
  if (known !== undefined) return known;
  const value = computed(expression, scope);
  scope.known.set(expression, value);
  return value;
}

function computed(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return seriesOf(expression.name, scope);
    case 'operation':
      return operate(expression.operator, valueOf(expression.left, scope), valueOf(expression.right, scope), scope.times);
    case 'call':
      return valueOfCall(expression.name, expression.parts, scope);
  }
}

function seriesOf(id: string, { series, times }: Scope): Series {
  const found = series(id);
  if (found === undefined) throw new UnknownMath(`No metric and no expression has the id '${id}'`);
  return seriesAt(times, (time) => found.get(time));
}

function valueOfCall(name: string, parts: readonly Expression[], scope: Scope): Value {
  const [first, second] = parts;
  if (name === '[]') return arrayOf(parts.map((part) => valueOf(part, scope)));
  if (name === 'PERIOD' && first?.kind === 'name' && parts.length === 1) {
    seriesOf(first.name, scope);
    return scope.period;
  }
  if (name === 'FILL' && first !== undefined && second?.kind === 'name' && ['REPEAT', 'LINEAR'].includes(second.name))
    return callFunction(`FILL ${second.name}`, [valueOf(first, scope)], scope.times);
  return callFunction(
    name,
    parts.map((part) => valueOf(part, scope)),
    scope.times,
  );
}

const arrayOf = (values: readonly Value[]): SeriesArray => ({
  series: values.flatMap((value) => {
    if (typeof value === 'number') throw new UnknownMath('A number among time series in brackets is not simulated');
    return isArray(value) ? value.series : [value];
  }),
});
