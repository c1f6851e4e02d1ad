import { OPERATORS, type Matcher, type Operator } from './operators.ts';
import type { Lookup } from './pattern.ts';

/** One line of a `Condition` element: whether a request meets it. */
export type Condition = (lookup: Lookup) => boolean;

/**
 * Reads one line of a `Condition` element: of its values one must match (none, where the operator negates). A key that the request lacks
 * fails it, except under a negated operator, `IfExists`, `Null` and `ForAllValues`.
 *
 * @throws Error for an operator that this evaluator does not know, and a value that the operator does not take: what it cannot judge it must
 * never allow
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseCondition(
  name: string,
  key: string,
  texts: readonly string[],
  reading: { readonly variables: boolean },
): Condition {
  const lowerKey = key.toLowerCase();
  if (name === 'Null') return isNull(lowerKey, texts);
  const [, quantifier, operatorName = '', ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? [];
  const operator = Object.hasOwn(OPERATORS, operatorName) ? OPERATORS[operatorName] : undefined;
  if (operator === undefined) throw new Error(`condition operator '${name}' is not supported`);
  const line = { operator, matchers: texts.map((text) => operator.read(text, reading)), ifExists: ifExists !== undefined };
  return quantifier === undefined ? overOne(lowerKey, line) : overSet(lowerKey, quantifier, line);
}

interface Line {
  readonly operator: Operator;
  readonly matchers: readonly Matcher[];
  readonly ifExists: boolean;
}

const passes = ({ operator, matchers }: Line, got: string, lookup: Lookup): boolean =>
  matchers.some((matcher) => matcher(got, lookup)) !== operator.negated;

/** The values of a key; none where the request lacks it. */
function valuesOf(lookup: Lookup, key: string): readonly string[] {
  const got = lookup.get(key) ?? [];
  return typeof got === 'string' ? [got] : got;
}

function isNull(key: string, texts: readonly string[]): Condition {
  if (texts.some((text) => !/^(true|false)$/i.test(text))) throw new Error("condition operator 'Null' takes true or false");
  const wanted = texts.map((text) => text.toLowerCase());
  return (lookup) => wanted.includes(String(valuesOf(lookup, key).length === 0));
}

/** A key of one value. The condition throws an Error where a request has a list: AWS leaves open what follows. */
function overOne(key: string, line: Line): Condition {
  return (lookup) => {
    const [value] = valuesOf(lookup, key);
    if (value === undefined) return line.operator.negated || line.ifExists;
    if (typeof lookup.get(key) === 'string') return passes(line, value, lookup);
    throw new Error(`'${key}' has many values: its operator needs ForAnyValue: or ForAllValues:`);
  };
}

/**
 * A key of many values: of none, all match and not one does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function overSet(key: string, quantifier: string, line: Line): Condition {
  return (lookup) => {
    const values = valuesOf(lookup, key);
    if (quantifier === 'ForAllValues') return values.every((value) => passes(line, value, lookup));
    return values.length === 0 ? line.ifExists : values.some((value) => passes(line, value, lookup));
  };
}
