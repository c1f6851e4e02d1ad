import { createHash } from 'node:crypto';
import type { Bounds, Column, ColumnType, DatasetContract, NumberRule, StringFormat } from '../contract/model.ts';
import type { DemoBatch, DemoDay, DemoOptions, DemoSource } from './demo-source.ts';

const DAY_MS = 86_400_000;
const UPLOAD_AFTER_MS = 5 * 60_000;
const DAYS = 3;

/** A column whose values cannot be made up: the contract must give examples. */
export class NoExamples extends Error {
  readonly code = 'NoExamples';
  constructor(dataset: DatasetContract, column: Column) {
    super(
      `NoExamples: '${dataset.domain}.${dataset.name}.${column.name}' has a pattern, so its values cannot be made up; give the column 'examples' in its contract`,
    );
  }
}

/** An id of which not enough different values can be made up. */
export class NoIds extends Error {
  readonly code = 'NoIds';
  constructor(dataset: DatasetContract, column: Column) {
    super(
      `NoIds: '${dataset.domain}.${dataset.name}.${column.name}' is an id with a pattern, a closed list or too narrow bounds, so ids for the demo cannot be made up; ask for fewer --rows, or bring a sample/`,
    );
  }
}

/** Seeded events from contracts alone: for a project that brings no sample of its own. */
export class GeneratedSource implements DemoSource {
  /**
   * @param startsAt Milliseconds since the epoch, at a midnight UTC
   * @throws {@link NoExamples}, {@link NoIds} for a dataset whose events cannot be made up
   */
  constructor(
    private readonly datasets: readonly DatasetContract[],
    private readonly options: DemoOptions,
    readonly startsAt: number = Date.UTC(2026, 0, 1),
  ) {
    for (const dataset of datasets) event(dataset, 0, new Draw('trial'), startsAt);
  }

  async *days(): AsyncIterable<DemoDay> {
    const perDay = Math.ceil(this.options.rows / DAYS);
    for (let day = 0; day < DAYS; day += 1) {
      const midnight = this.startsAt + day * DAY_MS;
      const batches = this.datasets.map((dataset, index): DemoBatch => {
        const first = day * perDay;
        const count = Math.min(perDay, this.options.rows - first);
        const events = Array.from({ length: Math.max(0, count) }, (_, n) =>
          event(dataset, first + n, new Draw(`${this.options.seed}/${dataset.domain}/${dataset.name}/${first + n}`), midnight),
        );
        return { domain: dataset.domain, dataset: dataset.name, packed: index % 2 === 0, events };
      });
      yield { uploadAt: midnight + DAY_MS + UPLOAD_AFTER_MS, batches };
    }
  }
}

/** Numbers that depend on a label alone. */
class Draw {
  private count = 0;
  constructor(private readonly label: string) {}

  /** A whole number from 0 to `below` - 1. */
  next(below: number): number {
    this.count += 1;
    return createHash('sha256').update(`${this.label}/${this.count}`).digest().readUInt32BE(0) % below;
  }
  hex(length: number): string {
    this.count += 1;
    return createHash('sha256').update(`${this.label}/${this.count}`).digest('hex').slice(0, length);
  }
}

/** @param serial Number of the event, from 0: what makes its id its own */
function event(dataset: DatasetContract, serial: number, draw: Draw, midnight: number): string {
  const [idField] = dataset.eventIdFields;
  const fields = dataset.columns.flatMap((column) => {
    if (column.name === idField) return [`${JSON.stringify(column.name)}:${id(dataset, column, serial)}`];
    if (!column.required && draw.next(5) === 0) return [];
    return [`${JSON.stringify(column.name)}:${value(dataset, column, column.type, draw, midnight)}`];
  });
  return `{${fields.join(',')}}`;
}

const DIGITS = 36;

/** An id of its own for each serial. @throws {@link NoIds} where the column has not that many values, or only such as cannot be made up */
function id(dataset: DatasetContract, column: Column, serial: number): string {
  const { type } = column;
  if (type.kind === 'integer') {
    const low = Math.ceil(
      type.minimum !== undefined
        ? Number(type.minimum)
        : type.exclusiveMinimum !== undefined
          ? Number(type.exclusiveMinimum) + 1
          : 1,
    );
    const most = type.maximum ?? type.exclusiveMaximum;
    if (most !== undefined && low + serial > Number(most) - (type.maximum === undefined ? 1 : 0))
      throw new NoIds(dataset, column);
    return String(low + serial);
  }
  if (type.kind !== 'string' || type.pattern !== undefined || column.validValues !== undefined) throw new NoIds(dataset, column);
  const { minLength = 0, maxLength = Infinity } = type;
  const number = serial.toString(DIGITS);
  const text =
    type.format === undefined
      ? number.padStart(Math.max(minLength, Math.min(maxLength, 8)), '0')
      : formatted(type.format, serial.toString(16).padStart(32, '0'));
  if (text.length > maxLength || text.length < minLength) throw new NoIds(dataset, column);
  return JSON.stringify(text);
}

function value(dataset: DatasetContract, column: Column, type: ColumnType, draw: Draw, midnight: number): string {
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
        Array.from({ length: size }, (_, place) => [`key${place}`, value(dataset, column, type.values, draw, midnight)]),
      );
    }
    case 'object': {
      const first = [...type.fields].sort((a, b) => Number(b.required) - Number(a.required)).slice(0, type.maxProperties);
      return object(first.map((field) => [field.name, value(dataset, field, field.type, draw, midnight)]));
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
    const item = value(dataset, source, type.items, draw, midnight);
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

function text(dataset: DatasetContract, column: Column, type: Extract<ColumnType, { kind: 'string' }>, draw: Draw): string {
  const listed = column.validValues ?? (column.examples.length > 0 ? column.examples : undefined);
  if (listed !== undefined && listed.length > 0) return listed[draw.next(listed.length)] ?? '';
  if (type.pattern !== undefined) throw new NoExamples(dataset, column);
  const hex = draw.hex(32);
  if (type.format !== undefined) return formatted(type.format, hex);
  return hex.slice(0, Math.min(type.maxLength ?? 16, 16)).padEnd(type.minLength ?? 0, 'x');
}

/** @param hex 32 hexadecimal digits */
function formatted(format: StringFormat, hex: string): string {
  switch (format) {
    case 'uuid':
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
    case 'email':
      return `${hex.slice(-12)}@mail.example`;
    case 'uri':
      return `https://example.com/${hex.slice(-12)}`;
    case 'hostname':
      return `h${hex.slice(-8)}.example`;
    case 'ipv4':
      return [24, 26, 28, 30].map((at) => parseInt(hex.slice(at, at + 2), 16)).join('.');
    case 'ipv6':
      return Array.from({ length: 8 }, (_, group) => hex.slice(group * 4, group * 4 + 4)).join(':');
  }
}
