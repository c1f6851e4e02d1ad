import type { GlueTable } from '../glue/table.ts';
import { s3Place } from '../s3/address.ts';
import { projectedValues } from './projected-values.ts';
import { QueryError } from './sql/query-error.ts';
import { literalPattern } from '../literal-pattern.ts';

/** Where a table's objects lie, and what partition each belongs to. */
export interface Layout {
  readonly bucket: string;
  /** What is listed: everything before the first partition value. */
  readonly prefix: string;
  /** Values of the partition keys, in their order; undefined for an object that the table does not see. */
  readonly partitionOf: (key: string) => readonly string[] | undefined;
}

/**
 * Reads a table's layout, where its definition says it; undefined for a table whose partitions the catalog has registered. A projected table
 * sees what fits its template and lies within its ranges, and nothing else.
 *
 * @param now Milliseconds since the epoch, simulated.
 * @throws QueryError INVALID_TABLE_PROPERTY
 */
export function layoutOf(table: GlueTable, now: number): Layout | undefined {
  const keys = (table.PartitionKeys ?? []).map((key) => key.Name);
  const parameters = table.Parameters ?? {};
  const location = withSlash(table.StorageDescriptor?.Location ?? '');
  if (keys.length === 0) {
    const { bucket, prefix } = locate(location, table.Name);
    return { bucket, prefix, partitionOf: (key) => (isVisible(key.slice(prefix.length)) ? [] : undefined) };
  }
  if (!isProjected(table)) return undefined;
  return projected(locate(templateOf(table), table.Name), keys, (key) => projectedValues(key, parameters, now));
}

/** Whether Athena calculates a table's partitions: those that are registered are not looked at then. */
export const isProjected = ({ Parameters }: GlueTable): boolean =>
  Parameters?.['projection.enabled']?.trim().toLowerCase() === 'true';

/** Where a projected partition lies, with `${key}` for the value of each key. @throws QueryError INVALID_TABLE_PROPERTY */
export function templateOf(table: GlueTable): string {
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const location = withSlash(table.StorageDescriptor?.Location ?? '');
  const hive = location + keys.map((key) => `${key}=\${${key}}`).join('/');
  const template = withSlash(table.Parameters?.['storage.location.template'] ?? hive);
  const missing = keys.find((key) => !template.includes(`\${${key}}`));
  if (missing !== undefined) throw new QueryError(`INVALID_TABLE_PROPERTY: 'storage.location.template' must hold \${${missing}}`);
  return template;
}

/** What Hive calls the partition of nulls. */
export const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

/** `k=v/l=w`, as Hive writes it: what a path could not hold is written in hexadecimal. */
export const partitionName = (keys: readonly string[], values: readonly string[]): string =>
  keys.map((key, place) => `${key}=${hivePath(values[place] ?? NULL_PARTITION)}`).join('/');

/** The folder of a partition that says nothing of its place. */
export const partitionFolder = (table: GlueTable, keys: readonly string[], values: readonly string[]): string =>
  `${withSlash(table.StorageDescriptor?.Location ?? '')}${partitionName(keys, values)}/`;

// eslint-disable-next-line no-control-regex -- what Hive escapes holds the control characters
const ESCAPED = /[\u0001-\u001f"#%'*/:=?\\\u007f{[\]^]/g;

const hivePath = (value: string): string =>
  value.replaceAll(ESCAPED, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** The value that a folder of Hive's is named after. */
export const fromHivePath = (text: string): string =>
  text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function projected(
  { bucket, prefix: template }: { readonly bucket: string; readonly prefix: string },
  keys: readonly string[],
  values: (key: string) => (value: string) => boolean,
): Layout {
  const parts = template.split(/\$\{([^}]*)\}/); // text and names by turns
  const names = parts.filter((_, index) => index % 2 === 1).map((name) => name.toLowerCase());
  const pattern = new RegExp(
    `^${parts.map((part, index) => (index % 2 === 1 ? '([^/]+)' : literalPattern(part))).join('')}(.*)$`,
    's',
  );
  const lies = new Map(keys.map((key) => [key, values(key)]));
  return {
    bucket,
    prefix: parts[0] ?? '',
    partitionOf: (key) => {
      const found = pattern.exec(key);
      if (found === null || !isVisible(found.at(-1) ?? '')) return undefined;
      const valueOf = (name: string): string => found[names.indexOf(name) + 1] ?? '';
      const agrees = names.every((name, index) => found[index + 1] === valueOf(name) && lies.get(name)?.(valueOf(name)) === true);
      return agrees ? keys.map(valueOf) : undefined;
    },
  };
}

/** Where the objects of a table or a partition begin; no name stands for the bucket of a template. @throws QueryError INVALID_TABLE_PROPERTY */
export function locate(address: string, table: string): { readonly bucket: string; readonly prefix: string } {
  const place = s3Place(address);
  if (place === undefined || place.bucket.includes('$'))
    throw new QueryError(`INVALID_TABLE_PROPERTY: the location of '${table}' must be s3://bucket/prefix/`);
  return { bucket: place.bucket, prefix: place.key };
}

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);

/** Names that begin with a dot or an underscore are hidden, and what ends with a slash is a folder. */
export const isVisible = (rest: string): boolean =>
  rest !== '' && !rest.endsWith('/') && !rest.split('/').some((name) => /^[._]/.test(name));
