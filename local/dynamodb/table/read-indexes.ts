import type { Members } from '../../input.ts';
import { constraint, invalid, invalidParameters, lacking } from '../errors.ts';
import { checkName, enumOf } from '../request.ts';
import type { ScalarType } from '../values/attribute-value.ts';
import type { KeyAttribute, KeySchema } from './key-text.ts';
import { unitsOf } from './read-units.ts';
import type { IndexSettings, Projection, TableSettings } from './settings.ts';

/** Indexes of one table. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-secondary-indexes */
const MOST_LOCAL = 5;
const MOST_GLOBAL = 20;

type Types = ReadonlyMap<string, ScalarType>;

/** Reads the key of a table or of an index. @throws ServiceError ValidationException */
export function readKeys(input: Members, types: Types): KeySchema {
  if (!input.has('KeySchema')) throw constraint(undefined, 'keySchema', 'Member must not be null');
  const parts = input.objects('KeySchema').map((part) => ({
    name: part.only(['AttributeName', 'KeyType']).text('AttributeName'),
    kind: enumOf(part, 'KeyType', ['HASH', 'RANGE']),
  }));
  const [first, second] = parts;
  if (first === undefined) throw constraint([], 'keySchema', 'Member must have length greater than or equal to 1');
  if (parts.length > 2) throw lacking('CreateTable', 'keys of more than two attributes');
  const names = parts.map(({ name }) => name);
  if (names.some((name) => !types.has(name)))
    throw invalidParameters(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${[...types.keys()].join(', ')}]`,
    );
  if (first.name === second?.name)
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  if (first.kind !== 'HASH') throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second !== undefined && second.kind !== 'RANGE')
    throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  const typed = (name: string): KeyAttribute => ({ name, type: types.get(name) ?? 'S' });
  return { hash: typed(first.name), ...(second !== undefined && { range: typed(second.name) }) };
}

interface Around {
  readonly types: Types;
  readonly keys: KeySchema;
  readonly billing: TableSettings['billing'];
}

/** @throws ServiceError ValidationException */
export function readIndexes(input: Members, around: Around): readonly IndexSettings[] {
  const local = listed(input, 'LocalSecondaryIndexes').map((index) => localIndex(index, around));
  if (local.length > MOST_LOCAL)
    throw invalidParameters(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MOST_LOCAL}`);
  const global = listed(input, 'GlobalSecondaryIndexes').map((index) => globalIndex(index, around));
  if (global.length > MOST_GLOBAL)
    throw invalidParameters(`GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_GLOBAL}`);
  const names = [...local, ...global].map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw invalidParameters(`Duplicate index name: ${twice}`);
  return [...local, ...global];
}

function listed(input: Members, member: string): readonly Members[] {
  const indexes = input.objects(member);
  if (input.has(member) && indexes.length === 0) throw invalidParameters(`List of ${member} is empty`);
  return indexes;
}

function localIndex(index: Members, { types, keys }: Around): IndexSettings {
  index.only(['IndexName', 'KeySchema', 'Projection']);
  const name = checkName(index.optionalText('IndexName'), 'localSecondaryIndexes.1.member.indexName');
  if (keys.range === undefined)
    throw invalidParameters('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex');
  const own = readKeys(index, types);
  if (own.range === undefined) throw invalidParameters(`Index KeySchema does not have a range key for index: ${name}`);
  if (own.hash.name !== keys.hash.name)
    throw invalidParameters(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${own.hash.name}, table hash key: ${keys.hash.name}`,
    );
  return { name, isGlobal: false, keys: own, projection: readProjection(index), throughput: { read: 0, write: 0 } };
}

/** @throws ServiceError ValidationException */
export function globalIndex(index: Members, { types, billing }: Pick<Around, 'types' | 'billing'>): IndexSettings {
  index.only(['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput', 'OnDemandThroughput', 'WarmThroughput']);
  const name = checkName(index.optionalText('IndexName'), 'globalSecondaryIndexes.1.member.indexName');
  const [keys, projection] = [readKeys(index, types), readProjection(index)];
  const given = index.optionalObject('ProvisionedThroughput');
  if (billing === 'PAY_PER_REQUEST' && given !== undefined)
    throw invalidParameters(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  if (billing === 'PROVISIONED' && given === undefined)
    throw invalidParameters(`ProvisionedThroughput must be specified for index: ${name}`);
  const throughput =
    given === undefined ? { read: 0, write: 0 } : unitsOf(given, 'globalSecondaryIndexes.1.member.provisionedThroughput');
  return { name, isGlobal: true, keys, projection, throughput };
}

function readProjection(index: Members): Projection {
  const given = index.optionalObject('Projection')?.only(['ProjectionType', 'NonKeyAttributes']);
  if (given === undefined) throw constraint(undefined, 'projection', 'Member must not be null');
  const type = enumOf(given, 'ProjectionType', ['ALL', 'INCLUDE', 'KEYS_ONLY']) as Projection['type'] | undefined;
  if (type === undefined) throw invalidParameters('Unknown ProjectionType: null');
  if (given.has('NonKeyAttributes') && type !== 'INCLUDE')
    throw invalidParameters(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  if (type === 'INCLUDE' && !given.has('NonKeyAttributes'))
    throw invalidParameters('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  return { type, attributes: given.texts('NonKeyAttributes') };
}
