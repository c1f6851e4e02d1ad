import type { Column, ColumnType, DatasetContract } from '../../../core/contract/model.ts';
import type { CleanRow, Row, Stored, Violation } from './history.ts';
import { plain } from './same.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far ahead of its arrival an event may say that it happened. */
const AHEAD = 48 * HOUR;

/**
 * I2, nothing invalid in clean: each row is what its contract promises. Written from the contract alone, over what Parquet holds; the judge
 * that let the rows in judges other things, texts of JSON, by other code.
 */
export function validity(rows: readonly CleanRow[], contract: DatasetContract): readonly Violation[] {
  const said = new Map<string, number>();
  for (const { row } of rows) for (const fault of faultsOf(row, contract)) said.set(fault, (said.get(fault) ?? 0) + 1);
  return [...said].map(([fault, count]) => ({ invariant: 'I2', message: `${count} rows of clean: ${fault}` }));
}

function faultsOf(row: Row, { columns, eventTimeField, eventIdFields, version, storage }: DatasetContract): string[] {
  const faults = columns.flatMap((column) => faultsOfColumn(row, column));
  const [idField] = eventIdFields;
  if (eventIdFields.length === 1 && idField !== undefined && row._event_id !== row[idField])
    faults.push('the id is not that of the event');
  if (typeof row._event_id !== 'string' || row._event_id === '') faults.push('there is no id');
  if (row._contract_version !== version) faults.push('the version of the contract is another');
  const [happened, arrived] = [momentOf(row[eventTimeField]), momentOf(row._ingested_at)];
  if (Number.isNaN(arrived)) faults.push('there is no arrival');
  if (happened > arrived + AHEAD) faults.push('it happened in the future');
  if (happened < arrived - storage.retentionDays * DAY) faults.push('it is older than it would be kept');
  return faults;
}

function faultsOfColumn(row: Row, { name, type, required, validValues, protection }: Column): string[] {
  if (protection === 'drop') return name in row ? [`'${name}' is stored`] : [];
  const value = row[name] ?? null;
  if (value === null) return required ? [`'${name}' is empty`] : [];
  if (protection !== undefined) return PROTECTED[protection].test(plain(value)) ? [] : [`'${name}' is not protected`];
  const listed = validValues === undefined || (typeof value === 'string' && validValues.includes(value));
  return listed && holds(value, type) ? [] : [`'${name}' holds what the contract does not allow`];
}

/** What a protected value looks like. */
const PROTECTED = {
  mask: /^\*\*\*(?:@[^\s@]+|\d{4})?$/,
  hash: /^[0-9a-f]{64}$/,
  tokenize: /^tok_[A-Za-z0-9_-]{22}$/,
} as const;

function holds(value: Stored, type: ColumnType): boolean {
  switch (type.kind) {
    case 'string': {
      if (typeof value !== 'string' || value.includes('\0')) return false;
      const { length } = Array.from(value);
      const { minLength = 0, maxLength = Infinity, pattern = '' } = type;
      return length >= minLength && length <= maxLength && new RegExp(pattern, 'u').test(value);
    }
    case 'integer': {
      const limit = 2n ** BigInt(type.bits - 1);
      const number = BigInt(plain(value));
      return number >= -limit && number < limit && within(Number(number), type);
    }
    case 'double':
      return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0) && within(value, type);
    case 'decimal': {
      const [whole = '', fraction = ''] = plain(value).replace('-', '').split('.');
      const fits = fraction.length <= type.scale && whole.replace(/^0+/, '').length <= type.precision - type.scale;
      return fits && within(Number(value), type);
    }
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(plain(value));
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/.test(plain(value));
    case 'timestamp':
      return !Number.isNaN(momentOf(value));
    case 'array': {
      const { minItems = 0, maxItems = Infinity, items } = type;
      return (
        Array.isArray(value) &&
        value.length >= minItems &&
        value.length <= maxItems &&
        value.every((each) => each !== null && holds(each as Stored, items))
      );
    }
    case 'map':
      return Array.isArray(value) && value.every((each) => isEntry(each) && holds(each.value, type.values));
    case 'object':
      return isObject(value) && type.fields.every((field) => faultsOfColumn(value, field).length === 0);
  }
}

interface Bounds {
  readonly minimum?: string;
  readonly maximum?: string;
  readonly exclusiveMinimum?: string;
  readonly exclusiveMaximum?: string;
}

/** Bounds of a contract have few digits: a double tells on which side a value is. */
const within = (value: number, { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): boolean =>
  value >= Number(minimum ?? -Infinity) &&
  value <= Number(maximum ?? Infinity) &&
  value > Number(exclusiveMinimum ?? -Infinity) &&
  value < Number(exclusiveMaximum ?? Infinity);

const momentOf = (value: Stored | undefined): number =>
  typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T')}Z`) : Number.NaN;
const isObject = (value: Stored): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEntry = (value: unknown): value is { readonly key: string; readonly value: Stored } =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  typeof value.key === 'string' &&
  value.key === value.key.toLowerCase() &&
  'value' in value &&
  value.value !== null;
