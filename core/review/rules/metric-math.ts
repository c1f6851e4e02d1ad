import type { Expression } from '../../aws/metric-math.ts';

/** Whether a value grows, falls or does either; `none`: it stays. */
export type Way = 'none' | 'up' | 'down' | 'unknown';

const AGAINST: Readonly<Record<Way, Way>> = { none: 'none', up: 'down', down: 'up', unknown: 'unknown' };
const both = (one: Way, other: Way): Way => (one === 'none' || one === other ? other : other === 'none' ? one : 'unknown');

/** Functions that grow with each of their parts. */
const GROWING = ['MAX', 'MIN', 'SUM', 'AVG', 'CEIL', 'FLOOR', 'FILL'];
/** Functions that are below nothing only where a part of theirs is. */
const NEVER_BELOW = [...GROWING, '[]', 'IF', 'ABS', 'STDDEV', 'PERIOD', 'DATAPOINT_COUNT', 'METRIC_COUNT', 'RUNNING_SUM'];
/** Functions that one more part can only raise. */
const GATHERING = ['MAX', 'SUM'];

/** Which way an expression's value goes from one version to another; no metric is below nothing. */
export function wayOf(before: Expression, after: Expression): Way {
  if (before.kind === 'number' && after.kind === 'number')
    return after.value === before.value ? 'none' : after.value > before.value ? 'up' : 'down';
  if (before.kind === 'name' && after.kind === 'name') return before.name === after.name ? 'none' : 'unknown';
  const [old, now] = [termsOf(before), termsOf(after)];
  if (old.length > 1 || now.length > 1) return wayOfSum(old, now);
  if (before.kind === 'operation' && after.kind === 'operation' && before.operator === after.operator)
    return wayOfOperation(before, after);
  return before.kind === 'call' && after.kind === 'call' && before.name === after.name
    ? wayOfCall(before.name, partsOf(before), partsOf(after))
    : 'unknown';
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

/** Whether a value may be below nothing: something is taken away in it, or a function may do so. */
function mayBeNegative(expression: Expression): boolean {
  if (expression.kind === 'operation')
    return expression.operator === '-' || mayBeNegative(expression.left) || mayBeNegative(expression.right);
  return expression.kind === 'call' && (!NEVER_BELOW.includes(expression.name) || expression.parts.some(mayBeNegative));
}

/** What a function is given, as a list or not. */
function partsOf({ parts }: Of<'call'>): readonly Expression[] {
  const [first, ...others] = parts;
  return others.length === 0 && first?.kind === 'call' && first.name === '[]' ? first.parts : parts;
}

/** The terms of a sum, in whatever brackets. */
const termsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'operation' && expression.operator === '+'
    ? [...termsOf(expression.left), ...termsOf(expression.right)]
    : [expression];

/** The terms that stand in others less often. */
function without(terms: readonly Expression[], others: readonly Expression[]): readonly Expression[] {
  const left = others.map((other) => JSON.stringify(other));
  return terms.filter((term) => {
    const place = left.indexOf(JSON.stringify(term));
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  });
}

/** Terms may change places, and one more adds to the value. */
function wayOfSum(before: readonly Expression[], after: readonly Expression[]): Way {
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length === come.length) return gone.map((term, index) => wayOf(term, come[index] ?? term)).reduce(both, 'none');
  if ([...gone, ...come].some(mayBeNegative)) return 'unknown';
  return gone.length === 0 ? 'up' : come.length === 0 ? 'down' : 'unknown';
}

function wayOfOperation(before: Of<'operation'>, after: Of<'operation'>): Way {
  const [left, right] = [wayOf(before.left, after.left), wayOf(before.right, after.right)];
  if (left === 'none' && right === 'none') return 'none';
  switch (before.operator) {
    case '*':
      return mayBeNegative(after) ? 'unknown' : both(left, right);
    case '/':
      return mayBeNegative(after) ? 'unknown' : both(left, AGAINST[right]);
    case 'AND':
    case '&&':
    case 'OR':
    case '||':
      return both(left, right);
    case '-':
    case '>':
    case '>=':
      return both(left, AGAINST[right]);
    case '<':
    case '<=':
      return both(AGAINST[left], right);
    default:
      return 'unknown';
  }
}

function wayOfCall(name: string, before: readonly Expression[], after: readonly Expression[]): Way {
  if (before.length !== after.length) return GATHERING.includes(name) ? wayOfSum(before, after) : 'unknown';
  const ways = before.map((part, index) => wayOf(part, after[index] ?? part));
  if (ways.every((way) => way === 'none')) return 'none';
  if (name !== 'IF') return GROWING.includes(name) ? ways.reduce(both, 'none') : 'unknown';
  const [condition = 'none', ...values] = ways;
  const [, value, otherwise] = after;
  const isMore = value !== undefined && !mayBeNegative(value) && otherwise?.kind === 'number' && otherwise.value === 0;
  return both(condition === 'none' || isMore ? condition : 'unknown', values.reduce(both, 'none'));
}
