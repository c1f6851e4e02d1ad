import type { ResultColumn } from './result.ts';

/** Nullable: unknown. */
const UNKNOWN = 3;

/**
 * The file beside a result: the query, and what `ColumnInfo` says of each column. The documents call it binary; its form was read from one
 * that Athena wrote, as a Protocol Buffers message whose fields have the order of `ColumnInfo`. Where precision, scale and case stand was
 * not seen.
 *
 * @see https://manongdao.com/q-1005765.html
 */
export function toMetadata(queryId: string, columns: readonly ResultColumn[]): Buffer {
  const infos = columns.map(({ label, name, precision, scale }) =>
    bytes(4, Buffer.concat([
      text(1, 'hive'), text(4, label), text(5, label), text(6, name), number(7, precision), number(8, scale), number(9, UNKNOWN),
      number(10, name === 'varchar' ? 1 : 0),
    ])),
  ); // prettier-ignore
  return Buffer.concat([text(1, queryId), ...infos]);
}

const bytes = (field: number, value: Buffer): Buffer => Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
/** What has the value that a missing field means is left out. */
const number = (field: number, value: number): Buffer =>
  value === 0 ? Buffer.alloc(0) : Buffer.concat([varint(field << 3), varint(value)]);

function varint(value: number): Buffer {
  const found: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) found.push((rest % 128) + 128);
  return Buffer.from([...found, rest]);
}
