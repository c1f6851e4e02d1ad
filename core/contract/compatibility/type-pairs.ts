import type { ColumnType } from '../model.ts';
import { compareDecimals } from '../../decimal-text.ts';
import { ofUnits } from './steps.ts';
import { excludesOf } from './interval.ts';
import { hasValueBeside } from './multiple-of.ts';
import { isNumber, rangeOf, rangeOfType, type NumberType } from './value-range.ts';

/** What becomes of a column whose type becomes another one; every ordered pair of types has an answer. */
export interface TypePair {
  /** How many of the values accepted before are values of the new type, lengths, patterns and lists aside. */
  readonly accepted: Accepted;
  /** Whether Athena reads Parquet files of the old type under the new one. */
  readonly stored: boolean;
  /** Whether a query over the old type means the same over the new one. */
  readonly queried: boolean;
}
type Accepted = 'all' | 'some' | 'none';

type Of<K extends ColumnType['kind']> = Extract<ColumnType, { kind: K }>;
type Text = Of<'string' | 'date' | 'timestamp' | 'time'>;
type Keyed = Of<'object' | 'map'>;

/** From each type that an event writes as a text (outside) to each other (inside). */
const TEXTS: Readonly<Record<Text['kind'], Readonly<Record<Text['kind'], Accepted>>>> = {
  string: { string: 'all', date: 'some', timestamp: 'some', time: 'some' },
  date: { string: 'all', date: 'all', timestamp: 'none', time: 'none' },
  timestamp: { string: 'all', date: 'none', timestamp: 'all', time: 'none' },
  time: { string: 'all', date: 'none', timestamp: 'none', time: 'all' },
};

const KEYED: Readonly<Record<Keyed['kind'], Readonly<Record<Keyed['kind'], Accepted>>>> = {
  object: { object: 'all', map: 'some' },
  map: { object: 'some', map: 'all' },
};

export const typePair = (before: ColumnType, after: ColumnType): TypePair => ({
  accepted: accepted(before, after),
  stored: isStored(before, after),
  queried: isQueried(before, after),
});

/** Types that an event writes otherwise share no value: `1` is never `"1"`. */
function accepted(before: ColumnType, after: ColumnType): Accepted {
  switch (before.kind) {
    case 'string':
    case 'date':
    case 'timestamp':
    case 'time':
      return isText(after) ? TEXTS[before.kind][after.kind] : 'none';
    case 'integer':
    case 'double':
    case 'decimal':
      return isNumber(after) ? acceptedNumbers(before, after) : 'none';
    case 'boolean':
      return after.kind === 'boolean' ? 'all' : 'none';
    case 'array':
      return after.kind === 'array' ? 'all' : 'none';
    case 'object':
    case 'map':
      return after.kind === 'object' || after.kind === 'map' ? KEYED[before.kind][after.kind] : 'none';
  }
}

const isText = (type: ColumnType): type is Text =>
  type.kind === 'string' || type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'time';

function acceptedNumbers(before: NumberType, after: NumberType): Accepted {
  const fits = !excludesOf(rangeOfType(after), rangeOf(before), compareDecimals);
  switch (after.kind) {
    case 'double':
      return 'all';
    case 'integer':
      return before.kind === 'integer' && fits ? 'all' : 'some'; // `1.0` is a lawful decimal and no integer
    case 'decimal':
      switch (before.kind) {
        case 'integer':
          return fits ? 'all' : 'some';
        case 'decimal':
          return fits && !hasValueBeside(before, ofUnits(1n, after.scale)) ? 'all' : 'some';
        case 'double':
          return 'some';
      }
  }
}

/**
 * Files are never rewritten, and the table's projected partitions have no types of their own that Athena could cast from. AWS lists one
 * pair of our types that is read as another, int as bigint; Trino read an int as a decimal of the same digits, so 5 as 0.05 (trino 21556).
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/updates-changing-column-type.html
 */
function isStored(before: ColumnType, after: ColumnType): boolean {
  switch (before.kind) {
    case 'string':
    case 'time': // the table holds it as text
      return after.kind === 'string' || after.kind === 'time';
    case 'integer':
      return after.kind === 'integer' && before.bits <= after.bits;
    case 'decimal':
      return after.kind === 'decimal' && before.precision === after.precision && before.scale === after.scale;
    case 'double':
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'array':
    case 'object':
    case 'map':
      return before.kind === after.kind;
  }
}

/** Trino turns integers into longer ones, and decimals into others, by itself; a text that is no longer a time fails where it is cast. */
const isQueried = (before: ColumnType, after: ColumnType): boolean =>
  before.kind === after.kind || (before.kind === 'string' && after.kind === 'time');

/** Types as reasons name them: those of the table, and the contract's own word for what the table holds as a text. */
export function typeName(type: ColumnType): string {
  switch (type.kind) {
    case 'integer':
      return type.bits === 32 ? 'int' : 'bigint';
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'string':
    case 'double':
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'time':
    case 'array':
    case 'object':
    case 'map':
      return type.kind;
  }
}
