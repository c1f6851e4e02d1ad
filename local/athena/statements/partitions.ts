import { parseHiveType } from '../../glue/hive-type.ts';
import { ServiceError } from '../../service.ts';
import type { GluePartitionInput } from '../../glue/partition.ts';
import type { GlueTable } from '../../glue/table.ts';
import { fromHivePath, locate, partitionFolder, partitionName } from '../layout.ts';
import { isIceberg } from '../iceberg/open-table.ts';
import type { Outcome } from '../result-files.ts';
import { QueryError } from '../sql/query-error.ts';
import type { PartitionSpec, RelationName } from '../sql/statement.ts';
import { ddlFailure, fullName, hiveTable, lookUp, notOfIceberg, notPartitioned, type StatementContext } from './context.ts';
import { isView } from './show.ts';
import { done, uncounted } from './text.ts';
import { literalPattern } from '../../literal-pattern.ts';

const keysOf = (table: GlueTable): readonly string[] => (table.PartitionKeys ?? []).map(({ Name }) => Name);

/** A partition that lies in a folder of its own, stored as its table is. */
export const partitionAt = (table: GlueTable, values: readonly string[], location: string): GluePartitionInput => ({
  Values: values,
  StorageDescriptor: { ...table.StorageDescriptor, Location: location },
});

/** Registers partitions that the statement names. */
export function addPartitions(
  context: StatementContext,
  relation: RelationName,
  specs: readonly PartitionSpec[],
  ifNotExists: boolean,
): Outcome {
  const table = hiveTable(context, relation);
  if (isIceberg(table)) throw notOfIceberg();
  const inputs = specs.map((spec) => {
    const values = valuesOf(table, spec);
    return partitionAt(table, values, spec.location ?? partitionFolder(table, keysOf(table), values));
  });
  for (const { values, error } of registered(context, table, inputs)) {
    if (error.code !== 'AlreadyExistsException') throw error;
    if (!ifNotExists)
      throw ddlFailure(`AlreadyExistsException(message:Partition already exists: ${partitionName(keysOf(table), values)})`);
  }
  return done;
}

/** What the catalog refuses of new partitions, which it takes by the hundred. */
export function registered({ catalog, caller }: StatementContext, table: GlueTable, inputs: readonly GluePartitionInput[]) {
  const name = { database: table.DatabaseName, table: table.Name };
  return chunks(inputs, 100).flatMap((chunk) => catalog.partitions.createAll(caller, name, chunk));
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

/** Forgets partitions that the statement names; their objects stay. */
export function dropPartitions(
  context: StatementContext,
  relation: RelationName,
  specs: readonly PartitionSpec[],
  ifExists: boolean,
): Outcome {
  const table = hiveTable(context, relation);
  if (isIceberg(table)) throw notOfIceberg();
  for (const spec of specs) {
    const values = valuesOf(table, spec);
    try {
      context.catalog.partitions.delete(context.caller, { database: table.DatabaseName, table: table.Name }, values);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'EntityNotFoundException') throw error;
      if (!ifExists)
        throw new QueryError(
          `FAILED: SemanticException [Error 10006]: Partition not found ${partitionName(keysOf(table), values)}`,
        );
    }
  }
  return done;
}

/** Values of a table's keys, in their order. @throws QueryError where the statement names other keys, or a value is none of its key's type */
function valuesOf(table: GlueTable, { values }: PartitionSpec): readonly string[] {
  const keys = table.PartitionKeys ?? [];
  const found = keys.flatMap(({ Name }) => values.find(({ key }) => key.toLowerCase() === Name)?.value ?? []);
  if (found.length !== keys.length || values.length !== keys.length)
    throw new QueryError('FAILED: SemanticException [Error 10098]: the partition must have a value for each of the table\'s partition keys, and no more'); // prettier-ignore
  for (const [place, { Name, Type = 'string' }] of keys.entries()) {
    const { kind } = parseHiveType(Type);
    const whole = ['tinyint', 'smallint', 'int', 'bigint'].includes(kind);
    if (whole && !/^-?\d+$/.test(found[place] ?? ''))
      throw new QueryError(`FAILED: SemanticException [Error 10248]: the value of partition key '${Name}' is no ${Type}`);
  }
  return found;
}

/** Registers the folders `k=v/l=w` under a table's location that the catalog does not know; what is gone from S3 stays registered. */
export function repairTable(context: StatementContext, relation: RelationName): Outcome {
  const name = fullName(context, relation);
  const table = lookUp(context, name);
  if (table === undefined) return uncounted([], [`Tables not in metastore:\t${name.name}`]);
  if (isIceberg(table)) throw notOfIceberg();
  if (isView(table)) throw ddlFailure('Can not create a Path from an empty string', { type: 1100 });
  const keys = keysOf(table);
  if (keys.length === 0) throw notPartitioned(table.Name);
  const address = table.StorageDescriptor?.Location ?? '';
  const { bucket, prefix } = locate(address.endsWith('/') ? address : `${address}/`, table.Name);
  const folder = new RegExp(`^${keys.map((key) => `${literalPattern(key)}=([^/]+)/`).join('')}`);
  const found = new Map<string, readonly string[]>();
  const objects = context.store.listObjects(context.caller, bucket, prefix);
  if (objects.length === 0) return uncounted([], [`Tables missing on filesystem:\t${table.Name}`]);
  for (const { key } of objects) {
    const parts = folder.exec(key.slice(prefix.length));
    if (parts !== null) found.set(parts[0], parts.slice(1).map(fromHivePath));
  }
  const owner = { database: table.DatabaseName, table: table.Name };
  const known = new Set(context.catalog.partitions.list(context.caller, owner).map(({ Values }) => partitionName(keys, Values)));
  const missing = [...found].filter(([, values]) => !known.has(partitionName(keys, values)));
  const inputs = missing.map(([path, values]) => partitionAt(table, values, `s3://${bucket}/${prefix}${path}`));
  const [refused] = registered(context, table, inputs);
  if (refused !== undefined) throw refused.error;
  const lines = missing.map(([, values]) => `${table.Name}:${partitionName(keys, values)}`);
  return uncounted([], lines.length === 0 ? [] : [
    `Partitions not in metastore:\t${lines.join('\t')}`,
    ...lines.map((line) => `Repair: Added partition to metastore ${line}`),
  ]); // prettier-ignore
}
