import type { Snapshot, TableMetadata } from '../../iceberg/metadata.ts';
import type { AskedVersion } from '../sql/analysis/query.ts';
import { typeText } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import { failAt } from '../sql/syntax/token.ts';
import type { TableReference } from '../sql/translator.ts';

const MOMENTS = new Set(['timestamp_tz', 'timestamp', 'date', 'unknown']);

/**
 * The engine's query for what is asked: an id, or milliseconds since the epoch.
 *
 * @throws QueryError for a type that tells no version
 */
export function versionQuery({ kind, sql, type, place }: AskedVersion): string {
  if (kind === 'version') {
    if (type.kind !== 'bigint' && type.kind !== 'unknown')
      throw new QueryError(`NOT_SUPPORTED: Unsupported type for table version: ${typeText(type)}`);
    return `select cast(${sql} as bigint)`;
  }
  if (!MOMENTS.has(type.kind))
    throw failAt(place, 'TYPE_MISMATCH', `Type ${typeText(type)} invalid. Temporal pointers must be of type Timestamp, Timestamp with Time Zone, or Date.`); // prettier-ignore
  return `select epoch_ms(${sql})`;
}

/**
 * The snapshot that a query asks for.
 *
 * @param value What {@link versionQuery} answers.
 * @param now Milliseconds since the epoch, simulated.
 * @throws QueryError INVALID_ARGUMENTS where there is none
 */
export function askedSnapshot(
  { database, table }: TableReference,
  metadata: TableMetadata,
  { kind, type, place }: AskedVersion,
  value: bigint | null,
  now: number,
): Snapshot {
  if (value === null) throw failAt(place, 'INVALID_ARGUMENTS', 'Pointer value cannot be NULL');
  const byId = (id: bigint | undefined): Snapshot | undefined =>
    metadata.snapshots.find((snapshot) => snapshot['snapshot-id'] === id);
  if (kind === 'version') {
    const found = byId(value);
    if (found === undefined) throw new QueryError(`INVALID_ARGUMENTS: Iceberg snapshot ID does not exists: ${value}`);
    return found;
  }
  if (value > BigInt(now)) throw failAt(place, 'INVALID_ARGUMENTS', 'Pointer value is not in the past');
  if (type.kind !== 'timestamp_tz')
    throw new QueryError(`NOT_SUPPORTED: Unsupported type for temporal table version: ${typeText(type)}`);
  const last = metadata['snapshot-log'].findLast((entry) => BigInt(entry['timestamp-ms']) <= value);
  const found = byId(last?.['snapshot-id']);
  if (found === undefined)
    throw new QueryError(
      `INVALID_ARGUMENTS: No version history table ${database}.${table} at or before ${new Date(Number(value)).toISOString()}`,
    );
  return found;
}
