import type { AttributeValue } from '../values/attribute-value.ts';
import type { Comparator, Condition, Operand } from './condition.ts';

/** What a query asks of one attribute of a key. */
export interface KeyTest {
  readonly operator: Exclude<Comparator, '<>'> | 'BETWEEN' | 'begins_with';
  /** Two for `BETWEEN`. */
  readonly values: readonly AttributeValue[];
}

/** A condition on keys that a query cannot have, in DynamoDB's words. */
export class NoKeyCondition extends Error {}

const TURNED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** What a condition asks of each attribute of a key. @throws NoKeyCondition */
export function keyTests(condition: Condition): ReadonlyMap<string, KeyTest> {
  const tests = new Map<string, KeyTest>();
  for (const [name, test] of testsIn(condition)) {
    if (tests.has(name)) throw new NoKeyCondition('KeyConditionExpressions must only contain one condition per key');
    tests.set(name, test);
  }
  return tests;
}

function testsIn(condition: Condition): readonly (readonly [string, KeyTest])[] {
  switch (condition.kind) {
    case 'and':
      return [...testsIn(condition.left), ...testsIn(condition.right)];
    case 'compare': {
      const { operator, left, right } = condition;
      if (operator === '<>') throw badOperator('<>');
      const [name, [value]] = sides([left, right]);
      return [
        [name, { operator: left.kind === 'path' ? operator : TURNED[operator], values: value === undefined ? [] : [value] }],
      ];
    }
    case 'between': {
      const operands = [condition.operand, condition.low, condition.high];
      if (condition.operand.kind !== 'path') throw notFirst('BETWEEN');
      const [name, values] = sides(operands);
      return [[name, { operator: 'BETWEEN', values }]];
    }
    case 'call': {
      if (condition.name !== 'begins_with') throw badOperator(condition.name);
      if (condition.args[0]?.kind !== 'path') throw notFirst('begins_with');
      const [name, values] = sides(condition.args);
      return [[name, { operator: 'begins_with', values }]];
    }
    default:
      throw badOperator(condition.kind.toUpperCase());
  }
}

/** The attribute of a test, and the values that it is held against. */
function sides(operands: readonly Operand[]): readonly [string, readonly AttributeValue[]] {
  if (operands.some(({ kind }) => kind === 'call'))
    throw new NoKeyCondition('KeyConditionExpressions cannot contain nested operations');
  const paths = operands.flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []));
  if (paths.length > 1)
    throw new NoKeyCondition('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
  const [path] = paths;
  if (path === undefined) throw new NoKeyCondition('Invalid condition in KeyConditionExpression: No key attribute specified');
  if (path.length > 1) throw new NoKeyCondition('KeyConditionExpressions cannot have conditions on nested attributes');
  return [path[0], operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []))];
}

const badOperator = (operator: string): NoKeyCondition =>
  new NoKeyCondition(`Invalid operator used in KeyConditionExpression: ${operator}`);
const notFirst = (operator: string): NoKeyCondition =>
  new NoKeyCondition(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
  );
