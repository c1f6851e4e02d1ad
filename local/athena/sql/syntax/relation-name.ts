import type { RelationName } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { readQualifiedName } from './query.ts';
import { failAt } from './token.ts';

/** Reads a name by Trino's grammar whose catalog, if it has one, is the only one there is. @throws QueryError SYNTAX_ERROR, CATALOG_NOT_FOUND */
export function readRelationName(cursor: Cursor): RelationName {
  const { parts, ...place } = readQualifiedName(cursor);
  const [name = '', database, catalog, ...more] = [...parts].reverse();
  if (more.length > 0) throw failAt(place, 'SYNTAX_ERROR', `Too many dots in table name: ${parts.join('.')}`);
  if (catalog !== undefined && catalog !== 'awsdatacatalog')
    throw failAt(place, 'CATALOG_NOT_FOUND', `Catalog '${catalog}' does not exist`);
  return { name, ...(database !== undefined && { database }) };
}
