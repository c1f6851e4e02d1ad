import { invalid, invalidParameters } from '../errors.ts';
import type { Path } from '../expressions/path.ts';
import { attribute, scalar, typeOf, type AttributeValue, type Item } from '../values/attribute-value.ts';
import { attributesOf, type KeyAttribute, type KeySchema } from './key-text.ts';
import type { TableSettings } from './settings.ts';

/** Bytes of a partition key and of a sort key. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const LONGEST_HASH = 2048;
const LONGEST_RANGE = 1024;

export const NO_MATCH = 'The provided key element does not match the schema';

const isEmpty = (value: AttributeValue): boolean => ('S' in value && value.S === '') || ('B' in value && value.B === '');
const kind = (value: AttributeValue): string => ('S' in value ? 'string' : 'binary');

const bytesOf = (value: AttributeValue): number =>
  'S' in value ? Buffer.byteLength(value.S) : 'B' in value ? Buffer.byteLength(value.B, 'base64') : 0;

/** Whether an index takes an item by a value: an item that is older than the index may have another one there. */
export const isIndexable = (value: AttributeValue, isHash: boolean): boolean =>
  !isEmpty(value) && bytesOf(value) <= (isHash ? LONGEST_HASH : LONGEST_RANGE);

function checkSize(value: AttributeValue, isHash: boolean): void {
  const bytes = bytesOf(value);
  if (isHash && bytes > LONGEST_HASH)
    throw invalidParameters(`Size of hashkey has exceeded the maximum size limit of${LONGEST_HASH} bytes`);
  if (!isHash && bytes > LONGEST_RANGE)
    throw invalidParameters(`Aggregated size of all range keys has exceeded the size limit of ${LONGEST_RANGE} bytes`);
}

/** Checks a key by itself: it has the attributes of the schema and no others. @throws ServiceError ValidationException */
export function checkKey(key: Item, schema: KeySchema): void {
  const attributes = attributesOf(schema);
  if (Object.keys(key).length !== attributes.length) throw invalid(NO_MATCH);
  for (const part of attributes) checkPart(key, part, part === schema.hash);
}

export function checkPart(key: Item, { name, type }: KeyAttribute, isHash: boolean): void {
  const value = attribute(key, name);
  if (value === undefined || scalar(value, type) === undefined) throw invalid(NO_MATCH);
  if (isEmpty(value))
    throw invalidParameters(`The AttributeValue for a key attribute cannot contain an empty ${kind(value)} value. Key: ${name}`);
  checkSize(value, isHash);
}

/** Checks the keys of a whole item, those of indexes among them. @throws ServiceError ValidationException */
export function checkItem(item: Item, settings: TableSettings): void {
  for (const { name, type } of attributesOf(settings.keys)) {
    const value = attribute(item, name);
    if (value === undefined) throw invalidParameters(`Missing the key ${name} in the item`);
    if (scalar(value, type) === undefined)
      throw invalidParameters(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    if (isEmpty(value))
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind(value)} value. Key: ${name}`,
      );
    checkSize(value, name === settings.keys.hash.name);
  }
  checkIndexKeys(item, settings);
}

/** Checks what indexes find an item by: it may be missing, and nothing but what they take. @throws ServiceError ValidationException */
export function checkIndexKeys(item: Item, { indexes }: TableSettings): void {
  for (const { name: index, keys } of indexes)
    for (const { name, type } of attributesOf(keys)) {
      const value = attribute(item, name);
      if (value === undefined) continue;
      if (scalar(value, type) === undefined)
        throw invalidParameters(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
        );
      if (isEmpty(value))
        throw invalid(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${kind(value)} value. IndexName: ${index}, IndexKey: ${name}`,
        );
      checkSize(value, name === keys.hash.name);
    }
}

/** Attributes of keys hold nothing that a path could go into. @throws ServiceError ValidationException */
export function checkPaths(paths: readonly Path[], { keys, indexes }: TableSettings): void {
  const nested = new Set(paths.filter(({ length }) => length > 1).map(([first]) => first));
  const refuse = (schema: KeySchema, called: string): void => {
    const part = attributesOf(schema).find(({ name }) => nested.has(name));
    if (part === undefined) return;
    throw invalid(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${called}: ${part.name}`,
    );
  };
  refuse(keys, 'Key');
  for (const index of indexes) refuse(index.keys, 'IndexKey');
}
