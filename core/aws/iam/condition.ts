import { arnComponents, expand, literal, matches, parsePattern, type Expanded, type Lookup, type Pattern } from './pattern.ts';

type Test = (wanted: Expanded, got: string) => boolean;

/** One line of a `Condition` element: an operator, a key and the values of which one must hold (none, where the operator negates). */
export interface Condition {
  readonly operator: string;
  readonly quantifier: 'ForAnyValue' | 'ForAllValues' | undefined;
  readonly ifExists: boolean;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly Pattern[];
}

const equals: Test = (wanted, got) => literal(wanted) === got;
const equalsIgnoreCase: Test = (wanted, got) => literal(wanted).toLowerCase() === got.toLowerCase();

/** ArnEquals and ArnLike are the same: component by component, so that no wildcard reaches across a colon but in the last. */
const arn: Test = (wanted, got) => {
  if (literal(wanted) === '*') return true;
  const components = arnComponents(wanted);
  const parts = arnComponents(Array.from(got));
  if (components === undefined || parts === undefined) return false;
  return components.every((component, index) => matches(component, literal(parts[index] ?? [])));
};

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new Error('a numeric condition operator met a value that is no number');
  return value;
}
const numeric =
  (compare: (got: number, wanted: number) => boolean): Test =>
  (wanted, got) =>
    compare(number(got), number(literal(wanted)));

const TESTS: Readonly<Record<string, { readonly test: Test; readonly negated?: true }>> = {
  StringEquals: { test: equals },
  StringNotEquals: { test: equals, negated: true },
  StringEqualsIgnoreCase: { test: equalsIgnoreCase },
  StringNotEqualsIgnoreCase: { test: equalsIgnoreCase, negated: true },
  StringLike: { test: matches },
  StringNotLike: { test: matches, negated: true },
  ArnEquals: { test: arn },
  ArnLike: { test: arn },
  ArnNotEquals: { test: arn, negated: true },
  ArnNotLike: { test: arn, negated: true },
  Bool: { test: equalsIgnoreCase },
  NumericEquals: { test: numeric((got, wanted) => got === wanted) },
  NumericNotEquals: { test: numeric((got, wanted) => got === wanted), negated: true },
  NumericLessThan: { test: numeric((got, wanted) => got < wanted) },
  NumericLessThanEquals: { test: numeric((got, wanted) => got <= wanted) },
  NumericGreaterThan: { test: numeric((got, wanted) => got > wanted) },
  NumericGreaterThanEquals: { test: numeric((got, wanted) => got >= wanted) },
};

/**
 * Reads one line of a `Condition` element.
 *
 * @throws Error for an operator that this evaluator does not know: what it cannot judge it must never allow
 */
export function parseCondition(name: string, key: string, values: readonly string[], options: { variables: boolean }): Condition {
  const [, quantifier, operator = '', ifExists] = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? [];
  if (operator === 'Null' ? quantifier !== undefined || ifExists !== undefined : !Object.hasOwn(TESTS, operator)) {
    throw new Error(`condition operator '${name}' is not supported`);
  }
  if ((operator === 'Null' || operator === 'Bool') && values.some((value) => !/^(true|false)$/i.test(value))) {
    throw new Error(`condition operator '${name}' takes true or false`);
  }
  return {
    operator,
    quantifier: quantifier === 'ForAnyValue' || quantifier === 'ForAllValues' ? quantifier : undefined,
    ifExists: ifExists !== undefined,
    key: key.toLowerCase(),
    values: values.map((value) => parsePattern(value, options)),
  };
}

/**
 * Whether the request meets the condition. A key that the request lacks fails it, except under a negated operator, `IfExists`, `Null` and
 * `ForAllValues`.
 *
 * @throws Error where a key of many values meets an operator without `ForAnyValue:` or `ForAllValues:`, which AWS leaves undefined
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds(condition: Condition, lookup: Lookup): boolean {
  const { operator, quantifier, ifExists, key } = condition;
  const got = lookup.get(key);
  const absent = got === undefined || (typeof got !== 'string' && got.length === 0);
  if (operator === 'Null')
    return condition.values.some((value) => literal(expand(value, lookup) ?? []).toLowerCase() === String(absent));
  const entry = TESTS[operator];
  if (entry === undefined) throw new Error(`condition operator '${operator}' is not supported`);
  const negated = entry.negated === true;
  if (absent) return quantifier === undefined ? negated || ifExists : quantifier === 'ForAllValues' || ifExists;
  const wanted = condition.values.map((value) => expand(value, lookup)).filter((value) => value !== undefined);
  const passes = (value: string): boolean => wanted.some((pattern) => entry.test(pattern, value)) !== negated;
  if (quantifier === undefined) {
    if (typeof got !== 'string') throw new Error(`'${key}' has many values: '${operator}' needs ForAnyValue: or ForAllValues:`);
    return passes(got);
  }
  const values = typeof got === 'string' ? [got] : got;
  return quantifier === 'ForAnyValue' ? values.some(passes) : values.every(passes);
}
