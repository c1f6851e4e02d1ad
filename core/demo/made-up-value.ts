import type { Bounds, Column, ColumnType, DatasetContract, NumberRule } from '../contract/model.ts';
import { noExamples } from './cannot-make-up.ts';
import type { Draw } from './draw.ts';
import { formatted } from './formatted.ts';
import { listedTexts, textsOfType, type Values } from './made-up-texts.ts';

const DAY_MS = 86_400_000;

/** A value of a column as JSON, drawn. @throws {@link CannotMakeUp} where none was found */
export function madeUpValue(dataset: DatasetContract, column: Column, type: ColumnType, draw: Draw, midnight: number): string {
  switch (type.kind) {
    case 'string':
      return JSON.stringify(text(dataset, column, type, draw));
    case 'integer':
      return number(type, 100_000, draw);
    case 'double':
      return number(type, 1000, draw);
    case 'decimal': {
      const digits = Math.min(6, type.precision - type.scale);
      const isFree = [type.minimum, type.maximum, type.exclusiveMinimum, type.exclusiveMaximum, type.multipleOf].every(
        (rule) => rule === undefined,
      );
      const fraction = isFree && type.scale > 0 ? `.${draw.next(9) + 1}` : '';
      return `${digits === 0 ? '0' : number(type, 10 ** digits - 1, draw)}${fraction}`;
    }
    case 'boolean':
      return draw.next(2) === 0 ? 'false' : 'true';
    case 'date':
      return JSON.stringify(moment(type, midnight, DAY_MS).slice(0, 10));
    case 'time':
      return JSON.stringify(withinTimes(type, new Date(midnight + draw.next(DAY_MS)).toISOString().slice(11, 19)));
    case 'timestamp':
      return JSON.stringify(moment(type, midnight + draw.next(DAY_MS / 1000) * 1000, 1));
    case 'array':
      return array(dataset, column, type, draw, midnight);
    case 'map': {
      const size = Math.min(type.maxProperties ?? Infinity, Math.max(type.minProperties ?? 0, draw.next(3)));
      return object(
        Array.from({ length: size }, (_, place) => [`key${place}`, madeUpValue(dataset, column, type.values, draw, midnight)]),
      );
    }
    case 'object': {
      const first = [...type.fields].sort((a, b) => Number(b.required) - Number(a.required)).slice(0, type.maxProperties);
      return object(first.map((field) => [field.name, madeUpValue(dataset, field, field.type, draw, midnight)]));
    }
  }
}

const object = (entries: readonly (readonly [string, string])[]): string =>
  `{${entries.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;

/** Items that must differ are drawn anew a few times: where there are not enough of them, the array is shorter. */
function array(
  dataset: DatasetContract,
  column: Column,
  type: Extract<ColumnType, { kind: 'array' }>,
  draw: Draw,
  midnight: number,
): string {
  const length = Math.min(type.maxItems ?? Infinity, Math.max(type.minItems ?? 0, draw.next(3)));
  const source = type.validValues === undefined ? column : { ...column, validValues: type.validValues };
  const items: string[] = [];
  for (let tries = 0; items.length < length && tries < length * 20; tries += 1) {
    const item = madeUpValue(dataset, source, type.items, draw, midnight);
    if (type.uniqueItems !== true || !items.includes(item)) items.push(item);
  }
  return `[${items.join(',')}]`;
}

/** A number within the rule, of at most `range` different ones: whole, or a multiple of what the rule says. */
function number(
  { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf = '1' }: NumberRule,
  range: number,
  draw: Draw,
): string {
  const step = Number(multipleOf);
  const most = maximum ?? exclusiveMaximum;
  const unbounded = most === undefined ? 1 : Number(most) / step - range;
  const low = Math.ceil(
    minimum !== undefined
      ? Number(minimum) / step
      : exclusiveMinimum !== undefined
        ? Math.floor(Number(exclusiveMinimum) / step) + 1
        : unbounded,
  );
  const high = Math.floor(
    maximum !== undefined
      ? Number(maximum) / step
      : exclusiveMaximum !== undefined
        ? Math.ceil(Number(exclusiveMaximum) / step) - 1
        : low + range - 1,
  );
  const count = low + draw.next(Math.max(1, Math.min(range, high - low + 1)));
  return (count * step).toFixed(multipleOf.split('.')[1]?.length ?? 0);
}

/** The time, or the nearest that the bounds allow. @param unit Milliseconds between what lies on a bound and what lies beside it */
function moment({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Bounds, time: number, unit: number): string {
  const at = (text: string): number => Date.parse(text.length > 10 ? `${text.replace(' ', 'T')}Z` : text);
  const lows = [minimum && at(minimum), exclusiveMinimum && at(exclusiveMinimum) + unit].filter((low) => typeof low === 'number');
  const highs = [maximum && at(maximum), exclusiveMaximum && at(exclusiveMaximum) - unit].filter(
    (high) => typeof high === 'number',
  );
  return new Date(Math.min(Math.max(time, ...lows), ...highs)).toISOString();
}

/** The time of day, or one that the bounds allow. */
function withinTimes({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Bounds, time: string): string {
  if (exclusiveMinimum !== undefined && time <= exclusiveMinimum) return `${exclusiveMinimum.slice(0, 8)}.999999999`;
  if (minimum !== undefined && time < minimum) return minimum;
  if (maximum !== undefined && time > maximum) return maximum;
  return exclusiveMaximum !== undefined && time >= exclusiveMaximum ? (minimum ?? '00:00:00') : time;
}

type StringType = Extract<ColumnType, { kind: 'string' }>;

/** Texts of a column that are drawn from, where it is not free in them. */
const TEXTS = 1_000;
const textsOf = new WeakMap<StringType, Values>();

function text(dataset: DatasetContract, column: Column, type: StringType, draw: Draw): string {
  const isFree = column.validValues === undefined && column.examples.length === 0 && type.pattern === undefined;
  if (isFree && type.format === undefined)
    return draw
      .hex(32)
      .slice(0, Math.min(type.maxLength ?? 16, 16))
      .padEnd(type.minLength ?? 0, 'x');
  if (isFree && type.format !== undefined && type.minLength === undefined && type.maxLength === undefined)
    return formatted(type.format, draw.hex(32));
  const known = textsOf.get(type) ?? lawfulTexts(column, type);
  textsOf.set(type, known);
  if (known.size === 0) throw noExamples(dataset, column);
  return known.at(draw.next(Math.min(known.size, 2 ** 32)));
}

/** Of a closed list; else what the contract gives as examples; else what its rules allow. */
function lawfulTexts(column: Column, type: StringType): Values {
  const listed = listedTexts(column, type);
  return listed.size > 0 || column.validValues !== undefined ? listed : textsOfType(column, type, TEXTS);
}
