import type { GlueTable } from '../glue/table.ts';
import { projectedValues } from './projected-values.ts';
import { QueryError } from './sql/query-error.ts';

/** Where a table's objects lie, and what partition each belongs to. */
export interface Layout {
  readonly bucket: string;
  /** What is listed: everything before the first partition value. */
  readonly prefix: string;
  /** Values of the partition keys, in their order; undefined for an object that the table does not see. */
  readonly partitionOf: (key: string) => readonly string[] | undefined;
}

/**
 * Reads a table's layout. A partitioned table that projects nothing has no partitions, for nobody registers any; a projected one sees what
 * fits its template and lies within its ranges, and nothing else.
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
  if (parameters['projection.enabled']?.toLowerCase() !== 'true') return undefined;
  const template = withSlash(
    parameters['storage.location.template'] ?? location + keys.map((key) => `${key}=\${${key}}`).join('/'),
  );
  const missing = keys.find((key) => !template.includes(`\${${key}}`));
  if (missing !== undefined) throw new QueryError(`INVALID_TABLE_PROPERTY: 'storage.location.template' must hold \${${missing}}`);
  return projected(locate(template, table.Name), keys, (key) => projectedValues(key, parameters, now));
}

function projected(
  { bucket, prefix: template }: { readonly bucket: string; readonly prefix: string },
  keys: readonly string[],
  values: (key: string) => (value: string) => boolean,
): Layout {
  const parts = template.split(/\$\{([^}]*)\}/); // text and names by turns
  const names = parts.filter((_, index) => index % 2 === 1).map((name) => name.toLowerCase());
  const pattern = new RegExp(`^${parts.map((part, index) => (index % 2 === 1 ? '([^/]+)' : escape(part))).join('')}(.*)$`, 's');
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

function locate(address: string, table: string): { readonly bucket: string; readonly prefix: string } {
  const found = /^s3a?:\/\/([^/$]+)\/(.*)$/s.exec(address);
  if (found === null) throw new QueryError(`INVALID_TABLE_PROPERTY: the location of '${table}' must be s3://bucket/prefix/`);
  return { bucket: found[1] ?? '', prefix: found[2] ?? '' };
}

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);
const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names that begin with a dot or an underscore are hidden, and what ends with a slash is a folder. */
const isVisible = (rest: string): boolean =>
  rest !== '' && !rest.endsWith('/') && !rest.split('/').some((name) => /^[._]/.test(name));
