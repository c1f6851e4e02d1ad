import { javaDecimal, javaFloat } from './java-text.ts';
import type { PartitionSpec } from './metadata.ts';
import { parseTransform, type Transform } from './partition-spec.ts';
import { decimalOf, type IcebergType } from './types.ts';
import type { Value } from './value.ts';

const EPOCH_YEAR = 1970;

/** Folders of a partition, as Iceberg's libraries name them: `ts_day=2026-11-23/airline=Aquila`. Empty for a table without partitions. */
export const partitionPath = (
  { fields }: PartitionSpec,
  types: readonly IcebergType[],
  partition: readonly (Value | null)[],
): string =>
  fields
    .map(({ name, transform }, place) => {
      const text = humanText(parseTransform(transform), types[place] ?? 'string', partition[place] ?? null);
      return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
    })
    .join('/');

/** A partition's value as people read it. */
function humanText({ name }: Transform, type: IcebergType, value: Value | null): string {
  if (value === null) return 'null';
  const number = Number(value);
  switch (name) {
    case 'year':
      return String(EPOCH_YEAR + number);
    case 'month':
      return new Date(Date.UTC(EPOCH_YEAR, number)).toISOString().slice(0, 7);
    case 'hour':
      return new Date(number * 3_600_000).toISOString().slice(0, 13).replace('T', '-');
    default:
      return plainText(type, value);
  }
}

/** A value of a column as Iceberg writes it in words. */
export function plainText(type: IcebergType, value: Value): string {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  const decimal = decimalOf(type);
  if (decimal !== undefined) return javaDecimal(String(value), decimal.scale);
  if (type === 'float' || type === 'double') return javaFloat(Number(value), type);
  if (type === 'date') return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
  if (type === 'timestamp' || type === 'timestamptz') return momentText(value as bigint) + (type === 'timestamp' ? '' : '+00:00');
  return String(value);
}

function momentText(micros: bigint): string {
  const below = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((micros - below) / 1000n)).toISOString().slice(0, 19);
  return below === 0n ? seconds : `${seconds}.${String(below).padStart(6, '0')}`;
}
