import { wildcards } from '../../../core/aws/wildcards.ts';
import type { Members } from '../../input.ts';
import { timeOf } from '../timestamp.ts';
import { Fault } from './fault.ts';
import { PathError, Query, type Scope } from './query.ts';

/** Whether a rule of a Choice, or a part of one, holds. @throws Fault */
export type Holds = (scope: Scope) => boolean;

type Compare = (order: number) => boolean;

const ORDERS: Readonly<Record<string, Compare>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEquals: (order) => order >= 0,
};

/** What values of a type are compared by; undefined for one of another type. */
const KEYS: Readonly<Record<string, { readonly is: string; readonly keyOf: (value: unknown) => string | number | undefined }>> = {
  String: { is: 'a text', keyOf: (value) => (typeof value === 'string' ? value : undefined) },
  Numeric: { is: 'a number', keyOf: (value) => (typeof value === 'number' ? value : undefined) },
  Boolean: { is: 'true or false', keyOf: (value) => (typeof value === 'boolean' ? Number(value) : undefined) },
  Timestamp: { is: 'an RFC3339 timestamp', keyOf: (value) => (typeof value === 'string' ? timeOf(value) : undefined) },
};

const IS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsBoolean: (value) => typeof value === 'boolean',
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsTimestamp: (value) => typeof value === 'string' && timeOf(value) !== undefined,
};

const OPERATOR = /^(String|Numeric|Boolean|Timestamp)((?:Less|Greater)Than(?:Equals)?|Equals)(Path)?$/;
const COMBINERS = ['And', 'Or', 'Not'];

/**
 * Reads a comparison, or several joined by And, Or and Not.
 *
 * @param extra Members beside it, which others read
 * @throws PathFault
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function comparison(rule: Members, extra: readonly string[] = ['Comment']): Holds {
  const combiner = COMBINERS.find((name) => rule.has(name));
  if (combiner !== undefined) {
    rule.only([combiner, ...extra]);
    if (combiner === 'Not') {
      const negated = comparison(rule.object('Not'));
      return (scope) => !negated(scope);
    }
    const parts = rule.objects(combiner).map((part) => comparison(part));
    if (parts.length === 0) throw rule.invalid(combiner, 'must not be empty');
    return combiner === 'And' ? (scope) => parts.every((holds) => holds(scope)) : (scope) => parts.some((holds) => holds(scope));
  }
  const variable = new Query(rule.text('Variable'));
  const [name, ...more] = rule.names().filter((member) => member !== 'Variable' && !extra.includes(member));
  if (name === undefined || more.length > 0) throw rule.invalid('Variable', 'must stand beside one comparison');
  return operator(rule, name, variable);
}

function operator(rule: Members, name: string, variable: Query): Holds {
  if (name === 'IsPresent') {
    const expected = truth(rule, name);
    return (scope) => isPresent(variable, scope) === expected;
  }
  const is = Object.hasOwn(IS, name) ? IS[name] : undefined;
  if (is !== undefined) {
    const expected = truth(rule, name);
    return (scope) => is(valueOf(variable, scope)) === expected;
  }
  if (name === 'StringMatches') {
    const matches = wildcards(rule.text(name));
    return (scope) => {
      const value = valueOf(variable, scope);
      return typeof value === 'string' && matches(value);
    };
  }
  const [, type = '', order = '', isPath] = OPERATOR.exec(name) ?? [];
  const [key, compare] = [KEYS[type], ORDERS[order]];
  if (key === undefined || compare === undefined || (type === 'Boolean' && order !== 'Equals'))
    throw rule.invalid(name, 'is no comparison');
  const operand = isPath === undefined ? literal(rule, name, key) : operandAt(rule, name);
  return (scope) => {
    const [one, other] = [key.keyOf(valueOf(variable, scope)), key.keyOf(operand(scope))];
    if (one === undefined || other === undefined) return false;
    return compare(one < other ? -1 : Number(one > other));
  };
}

function literal(
  rule: Members,
  name: string,
  { is, keyOf }: { readonly is: string; readonly keyOf: (value: unknown) => unknown },
) {
  const value = rule.raw(name);
  if (keyOf(value) === undefined) throw rule.invalid(name, `must be ${is}`);
  return (): unknown => value;
}

function operandAt(rule: Members, name: string) {
  const query = new Query(rule.text(name));
  return (scope: Scope): unknown => valueOf(query, scope);
}

function truth(rule: Members, name: string): boolean {
  const value = rule.raw(name);
  if (typeof value === 'boolean') return value;
  throw rule.invalid(name, 'must be true or false');
}

function isPresent(variable: Query, scope: Scope): boolean {
  try {
    return variable.read(scope) !== undefined;
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}

function valueOf(query: Query, scope: Scope): unknown {
  try {
    return query.read(scope) ?? null;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new Fault(`Invalid path '${query.text}': The choice state's condition path references an invalid value.`);
  }
}
