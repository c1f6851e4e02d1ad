import type { ColumnDefinition, RelationName } from '../statement.ts';
import type { Cursor } from './cursor.ts';
import { Malformed } from '../query-error.ts';
import { failAt } from './token.ts';

/** A name of Hive's, in backticks or double quotes or bare; even a reserved word is one there. */
export function hiveName(cursor: Cursor): string {
  const { kind } = cursor.token;
  if (kind !== 'word' && kind !== 'quoted' && kind !== 'backquoted') throw cursor.mismatch('<identifier>');
  return cursor.next().value;
}

/** A table's or view's name; its catalog, if it has one, is the only one there is. */
export function hiveRelationName(cursor: Cursor): RelationName {
  const parts = hiveName(cursor).split('.');
  while (cursor.takeSymbol('.')) parts.push(hiveName(cursor));
  const [name = '', database, ...more] = [...parts].reverse();
  if (more.length > 1) throw new Malformed(`Invalid table name ${parts.join('.')}`);
  if (more[0] !== undefined && more[0] !== 'awsdatacatalog')
    throw new Malformed(`Catalog '${more[0]}' does not exist`, 'DATACATALOG_NOT_FOUND');
  return { name, ...(database !== undefined && { database }) };
}

/** `a int COMMENT 'c'` */
export function hiveColumn(cursor: Cursor): ColumnDefinition {
  const name = hiveName(cursor);
  const type = hiveType(cursor);
  const comment = cursor.take('comment') ? cursor.string() : undefined;
  return { name, type, ...optional('comment', comment) };
}

/** A Hive type's text, without space: `struct<a:int,b:array<string>>`. */
function hiveType(cursor: Cursor): string {
  let text = '';
  let depth = 0;
  for (;;) {
    const { kind, value, text: written } = cursor.token;
    if (kind === 'symbol' && (written === '<' || written === '(')) depth += 1;
    else if (kind === 'symbol' && (written === '>' || written === ')') && depth > 0) depth -= 1;
    else if (depth === 0 && (text !== '' || kind === 'symbol')) break;
    else if (kind === 'end') throw cursor.mismatch('<type>');
    text += kind === 'symbol' ? written : value;
    cursor.next();
  }
  if (text === '') throw cursor.mismatch('<type>');
  return text;
}

/** `('a' = 'b', …)` */
export const hiveProperties = (cursor: Cursor): Readonly<Record<string, string>> =>
  Object.fromEntries(
    cursor.group(() => {
      const key = cursor.string();
      cursor.expectSymbol('=');
      return [key, cursor.string()] as const;
    }),
  );

export const ifNotExists = (cursor: Cursor): boolean => cursor.take('if', 'not', 'exists');
export const ifExists = (cursor: Cursor): boolean => cursor.take('if', 'exists');

/** A member that is left out where there is no value for it. */
export const optional = <T, K extends string>(key: K, value: T | undefined): { readonly [key in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]: T });

/** @throws QueryError NOT_SUPPORTED, at the place where the cursor is unless another is given */
export function refuse(cursor: Cursor, what: string, place = cursor.place): never {
  throw failAt(place, 'NOT_SUPPORTED', `${what} is not on the tested list of headwaters local`);
}
