import { invalid, invalidParameters } from '../errors.ts';
import { pathsIn } from '../expressions/condition.ts';
import { keyTests, NoKeyCondition, type KeyTest } from '../expressions/key-condition.ts';
import { LEGACY, RequestExpressions } from '../expressions/request-expressions.ts';
import { AFTER_ALL, attributesOf, orderOf, partitionOf, type KeyAttribute, type KeySchema } from '../table/key-text.ts';
import type { Range } from '../table/sorted-map.ts';
import { scalar, type AttributeValue } from '../values/attribute-value.ts';
import type { Condition } from '../expressions/condition.ts';
import type { TableOperation } from './index.ts';
import { MANY_MEMBERS, readAsked, readPage, sourceOf } from './read-many.ts';
import { placeOfStart, readStartKey } from './start-key.ts';

const LEGACY_MEMBERS = LEGACY.filter((name) =>
  ['AttributesToGet', 'ConditionalOperator', 'KeyConditions', 'QueryFilter'].includes(name),
);

export const query: TableOperation = (db, input, caller) => {
  input.only([...MANY_MEMBERS, 'KeyConditionExpression', 'ScanIndexForward', ...LEGACY_MEMBERS]);
  const expressions = new RequestExpressions(input, 'Query', [
    'FilterExpression',
    'KeyConditionExpression',
    'ProjectionExpression',
  ]);
  const start = readStartKey(input);
  const condition = expressions.condition('KeyConditionExpression');
  if (condition === undefined)
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  const filter = expressions.condition('FilterExpression');
  const asked = readAsked(input, filter, expressions.projection());
  expressions.finish();
  const tests = testsOf(condition);
  const leading = ({ hash }: KeySchema) => {
    const value = tests.get(hash.name)?.values[0];
    return value === undefined ? undefined : { [hash.name]: value };
  };
  const source = sourceOf(db, input, caller, 'dynamodb:Query', asked, leading, [...tests.keys()]);
  const range = rangeOf(tests, source.keys);
  const part = attributesOf(source.keys).find(
    ({ name }) => filter !== undefined && pathsIn(filter).some(([head]) => head === name),
  );
  if (part !== undefined)
    throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${part.name}`);
  const isReverse = input.optionalBoolean('ScanIndexForward') === false;
  const behind = start === undefined ? undefined : placeOfStart(start, source);
  if (behind !== undefined && (behind < range.from || behind >= range.before))
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  return readPage(db, input, source, startingBehind({ ...range, isReverse }, behind), asked);
};

function testsOf(condition: Condition): ReadonlyMap<string, KeyTest> {
  try {
    const tests = keyTests(condition);
    if (tests.size > 2) throw invalid('Conditions can be of length 1 or 2 only');
    return tests;
  } catch (error) {
    if (error instanceof NoKeyCondition) throw invalid(error.message);
    throw error;
  }
}

/** What is left of a range behind a place. */
export function startingBehind(range: Range, behind: string | undefined): Range {
  if (behind === undefined) return range;
  return range.isReverse === true ? { ...range, before: behind } : { ...range, from: `${behind}\u0000` };
}

interface Bounds {
  readonly from: string;
  readonly before: string;
}

/** Where the items lie that meet the tests of a key. @throws ServiceError ValidationException */
function rangeOf(tests: ReadonlyMap<string, KeyTest>, { hash, range }: KeySchema): Bounds {
  const partition = tests.get(hash.name);
  if (partition === undefined) throw invalid(`Query condition missed key schema element: ${hash.name}`);
  if (partition.operator !== '=') throw invalid('Query key condition not supported');
  const [value] = checked(partition, hash);
  const inPartition = partitionOf(value as AttributeValue);
  const whole = { from: inPartition, before: inPartition + AFTER_ALL };
  if (tests.size === 1) return whole;
  if (range === undefined) throw invalid('Query key condition not supported');
  const test = tests.get(range.name);
  if (test === undefined) throw invalid(`Query condition missed key schema element: ${range.name}`);
  return within(test, checked(test, range), inPartition, whole);
}

function within(test: KeyTest, values: readonly AttributeValue[], partition: string, whole: Bounds): Bounds {
  const [low = '', high = ''] = values.map((value) => `${partition}${orderOf(value)}`);
  switch (test.operator) {
    case '=':
      return { from: low, before: `${low}${NEXT}` };
    case '<':
      return { ...whole, before: low };
    case '<=':
      return { ...whole, before: `${low}${NEXT}` };
    case '>':
      return { ...whole, from: `${low}${NEXT}` };
    case '>=':
      return { ...whole, from: low };
    case 'BETWEEN':
      return { from: low, before: `${high}${NEXT}` };
    case 'begins_with':
      return { from: low, before: low + AFTER_ALL };
  }
}

/** Behind the end of a key, and before all keys that go on. */
const NEXT = '\u0001';

function checked({ operator, values }: KeyTest, { name, type }: KeyAttribute): readonly AttributeValue[] {
  if (operator === 'begins_with' && type === 'N')
    throw invalidParameters('ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type');
  if (values.some((value) => scalar(value, type) === undefined))
    throw invalidParameters('Condition parameter type does not match schema type');
  const empty = values.find((value) => ('S' in value && value.S === '') || ('B' in value && value.B === ''));
  if (empty !== undefined)
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${'S' in empty ? 'string' : 'binary'} value. Key: ${name}`,
    );
  return values;
}
