import type { Execution } from './execution.ts';
import type { Outcome } from './result-files.ts';
import type { ResultColumn } from './result.ts';

/** Nullable: unknown. */
const UNKNOWN = 3;

/** Types whose columns tell neither precision nor scale, though they have what `ColumnInfo` says: what they do tell, by field. */
const TOLD: Readonly<Record<string, readonly number[]>> = {
  date: [8, 10],
  boolean: [10],
  'interval day to second': [10],
  'interval year to month': [10],
  array: [],
  map: [],
  row: [],
  json: [],
  uuid: [],
  ipaddress: [],
  string: [],
};

/**
 * The file beside a result, a Protocol Buffers message: who answered, what was changed, and what `ColumnInfo` says of each column. A field that
 * is told is there even where it is 0. Of SHOW AWS writes something that nobody outside can read; here it is as that of the others.
 *
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/metadata.md
 */
export function toMetadata(execution: Execution, outcome: Outcome, columns: readonly ResultColumn[]): Buffer {
  return Buffer.concat([...head(execution, outcome), ...columns.map(column)]);
}

function head(execution: Execution, outcome: Outcome): readonly Buffer[] {
  const { id } = execution;
  if (outcome.kind === 'text') return [text(1, outcome.by === 'engine' ? engineId(execution) : id)];
  if (outcome.kind === 'written') return [text(1, engineId(execution)), text(2, updateType(execution)), number(3, outcome.rows)];
  return outcome.literal === true ? [text(1, id), text(2, ''), number(3, 0)] : [text(1, engineId(execution))];
}

function column({ label, name, precision, scale, caseSensitive = name === 'varchar' }: ResultColumn): Buffer {
  const values = [[7, precision], [8, scale], [9, UNKNOWN], [10, caseSensitive ? 1 : 0]] as const; // prettier-ignore
  const told = TOLD[name] ?? [7, 8, 10];
  const numbers = values.filter(([field]) => field === 9 || told.includes(field)).map(([field, value]) => number(field, value));
  return bytes(4, Buffer.concat([text(1, 'hive'), text(4, label), text(5, label), text(6, name), ...numbers]));
}

/** What Trino calls the statement. */
const updateType = ({ class: { subtype } }: Execution): string =>
  subtype === 'CREATE_TABLE_AS_SELECT' ? 'CREATE TABLE' : subtype;

/** A query's id in the form of the engine's own. */
function engineId({ id, submitted }: Execution): string {
  const [day = '', time = ''] = new Date(submitted).toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  return `${day}_${time}_${String(Number.parseInt(id.slice(0, 4), 16)).padStart(5, '0')}_${id.slice(-5)}`;
}

const bytes = (field: number, value: Buffer): Buffer => Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
const number = (field: number, value: number): Buffer => Buffer.concat([varint(field << 3), varint(value)]);

function varint(value: number): Buffer {
  const found: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) found.push((rest % 128) + 128);
  return Buffer.from([...found, rest]);
}
