import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalid } from '../errors.ts';
import { checkKey, checkPart } from '../table/check-key.ts';
import { attributesOf, keyText } from '../table/key-text.ts';
import { pick, type Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { startNames, type Source } from './read-many.ts';

const BAD = 'The provided starting key is invalid';

/** Reads the key that the page before ended with. @throws ServiceError ValidationException */
export function readStartKey(input: Members): Item | undefined {
  const raw = input.raw('ExclusiveStartKey');
  if (raw === undefined) return undefined;
  try {
    return readItem(raw);
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'ValidationException') throw invalid(`${BAD}: ${error.message}`);
    throw error;
  }
}

/** Where a page begins: behind this place. @throws ServiceError ValidationException */
export function placeOfStart(key: Item, source: Source): string {
  const { table, index, keys } = source;
  if (Object.keys(key).length !== startNames(source).length)
    throw invalid(index === undefined ? `${BAD}: The provided key element does not match the schema` : BAD);
  try {
    for (const part of index === undefined ? [] : attributesOf(keys)) checkPart(key, part, part === keys.hash);
    checkKey(
      pick(
        key,
        attributesOf(table.settings.keys).map(({ name }) => name),
      ),
      table.settings.keys,
    );
  } catch (error) {
    if (error instanceof ServiceError) throw invalid(`${BAD}: ${error.message}`);
    throw error;
  }
  return (index === undefined ? keyText(key, keys) : index.placeOf(key)) as string;
}
