import { randomUUID } from 'node:crypto';
import { locate, partitionName } from '../layout.ts';
import { QueryError } from '../sql/query-error.ts';
import type { StatementContext } from './context.ts';
import type { WrittenPart } from './write-data.ts';

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);

/** The place that an S3 address means, its prefix with a slash at its end. @throws QueryError */
export const placeOf = (address: string): { readonly bucket: string; readonly prefix: string } =>
  locate(withSlash(address), address);

/** Refuses a place that has objects: nothing there is ever overwritten. @throws QueryError HIVE_PATH_ALREADY_EXISTS; ServiceError as S3 refuses */
export function checkEmpty({ store, caller }: StatementContext, address: string, what: string): void {
  const { bucket, prefix } = placeOf(address);
  if (store.listObjects(caller, bucket, prefix).length > 0)
    throw new QueryError(`HIVE_PATH_ALREADY_EXISTS: Target directory for ${what} already exists: ${withSlash(address)}`);
}

/**
 * Puts the parts where they belong. Nothing that was put is taken away when a later one is refused.
 *
 * @param folderOf The S3 address of a partition's folder.
 * @returns addresses of the files
 * @throws ServiceError as S3 refuses
 */
export async function putParts(
  context: StatementContext,
  parts: readonly WrittenPart[],
  suffix: string,
  folderOf: (partition: readonly string[]) => string,
): Promise<readonly string[]> {
  const stamp = new Date(context.now).toISOString().replaceAll(/[-:]/g, '').replace('T', '_').slice(0, 15);
  const files: string[] = [];
  for (const { partition, body } of parts) {
    const { bucket, prefix } = placeOf(folderOf(partition));
    const key = `${prefix}${stamp}_00000_${context.id.slice(0, 5)}_${randomUUID()}${suffix}`;
    await context.put(bucket, key, body);
    files.push(`s3://${bucket}/${key}`);
  }
  return files;
}

/** `s3://bucket/prefix/k=v/l=w/`, as Hive lays partitions out. */
export const hiveFolder =
  (address: string, keys: readonly string[]) =>
  (partition: readonly string[]): string =>
    keys.length === 0 ? withSlash(address) : `${withSlash(address)}${partitionName(keys, partition)}/`;
