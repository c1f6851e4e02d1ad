import { literal } from '../../../parquet/engine.ts';
import { cast, coerce } from '../analysis/cast.ts';
import { BIGINT, DATE, DOUBLE, TIMESTAMP, TIMESTAMP_UTC, VARCHAR, type Type } from '../analysis/type.ts';
import { engineCast, typed, type Typed } from '../analysis/typed.ts';
import { toInstant, toLocal, zoneNamed } from '../analysis/zone.ts';
import { forReading, fromJoda, fromMysql, shapeOf } from '../date-pattern.ts';
import { QueryError } from '../query-error.ts';
import { failAt } from '../syntax/token.ts';
import { arity, constant, define, form, unexpected, type Call, type ScalarFunction } from './definition.ts';
import { moment } from './parameters.ts';

const DAY_UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const CLOCK_UNITS = ['millisecond', 'second', 'minute', 'hour'] as const;
const UNITS = [...CLOCK_UNITS, ...DAY_UNITS] as const;
type Unit = (typeof UNITS)[number];

/** What `n` of a unit is in the engine's intervals. */
const SPANS: Readonly<Record<Unit, (n: string) => string>> = {
  millisecond: (n) => `to_milliseconds(${n})`,
  second: (n) => `to_seconds(${n})`,
  minute: (n) => `to_minutes(${n})`,
  hour: (n) => `to_hours(${n})`,
  day: (n) => `to_days(cast(${n} as INTEGER))`,
  week: (n) => `to_weeks(cast(${n} as INTEGER))`,
  month: (n) => `to_months(cast(${n} as INTEGER))`,
  quarter: (n) => `to_months(cast(3 * ${n} as INTEGER))`,
  year: (n) => `to_years(cast(${n} as INTEGER))`,
};

/** A moment as the wall clock of its own zone shows it: a date or a timestamp. */
export const local = ({ sql, type }: Typed): string => (type.kind === 'timestamp_tz' ? toLocal(sql, type.zone) : sql);

/** What a calculation over the wall clock of a moment gives, as the moment's type. */
const back = (sql: string, { sql: was, type }: Typed): Typed => {
  if (type.kind === 'date') return typed(`cast(${sql} as DATE)`, type);
  return typed(
    type.kind === 'timestamp_tz' ? toInstant(`cast(${sql} as TIMESTAMP)`, type.zone, was) : `cast(${sql} as TIMESTAMP)`,
    type,
  );
};

/** Days and longer units go by the wall clock, shorter ones by the instant, as in Joda. */
const byInstant = (unit: Unit, type: Type): boolean => type.kind === 'timestamp_tz' && !DAY_UNITS.some((name) => name === unit);

function momentAt(call: Call, index: number): Typed {
  const value = call.value(index);
  const type = moment(value.type);
  if (type === undefined)
    throw unexpected(
      call,
      call.args.map((_, place) => call.value(place)),
    );
  return typed(coerce(value, type), type);
}

function unitOf(call: Call, type: Type): Unit {
  const text = constant(call, 0).toLowerCase();
  const [lawful, name]: readonly [readonly Unit[], string] =
    type.kind === 'date' ? [DAY_UNITS, 'DATE'] : type.kind === 'time' ? [CLOCK_UNITS, 'Time'] : [UNITS, 'Timestamp'];
  const unit = lawful.find((one) => one === text);
  if (unit === undefined) throw new QueryError(`INVALID_FUNCTION_ARGUMENT: '${text}' is not a valid ${name} field`);
  return unit;
}

const dateTrunc: ScalarFunction = (call) => {
  arity(call, 2);
  const given = call.value(1);
  if (given.type.kind === 'time')
    return typed(`cast(date_trunc('${unitOf(call, given.type)}', date '1970-01-01' + ${given.sql}) as TIME)`, given.type);
  const value = momentAt(call, 1);
  const unit = unitOf(call, value.type);
  return byInstant(unit, value.type)
    ? typed(`hw_trunc_instant('${unit}', ${value.sql}, ${local(value)})`, value.type)
    : back(`date_trunc('${unit}', ${local(value)})`, value);
};

const dateAdd: ScalarFunction = (call) => {
  arity(call, 3);
  const value = momentAt(call, 2);
  const unit = unitOf(call, value.type);
  const span = SPANS[unit](coerce(call.value(1), BIGINT));
  const { type } = value;
  if (!byInstant(unit, type)) {
    const moved = `(${local(value)} + ${span})`;
    return back(
      type.kind === 'timestamp' && type.precision < 3 ? `hw_round_timestamp(${moved}, ${type.precision})` : moved,
      value,
    );
  }
  const moved = `timezone('UTC', ${value.sql}) + ${span}`;
  const precision = type.kind === 'timestamp_tz' ? type.precision : 3;
  return typed(`timezone('UTC', ${precision < 3 ? `hw_round_timestamp(${moved}, ${precision})` : moved})`, type);
};

const dateDiff: ScalarFunction = (call) => {
  arity(call, 3);
  const [from, to] = [momentAt(call, 1), momentAt(call, 2)];
  const [a, b] = [from.type, to.type];
  const unit = unitOf(call, a.kind === 'date' && b.kind === 'date' ? DATE : TIMESTAMP);
  const zoned = [a, b].find((type) => type.kind === 'timestamp_tz');
  // the calendar is that of the first one's zone; a moment without a zone is of the session's, UTC
  const zone = a.kind === 'timestamp_tz' ? a.zone : 'UTC';
  const [start, end] = [from, to].map((value) => {
    if (zoned === undefined) return value.sql;
    const instant = cast(value, value.type.kind === 'timestamp_tz' ? value.type : TIMESTAMP_UTC);
    return toLocal(instant, byInstant(unit, zoned) ? 'UTC' : zone);
  });
  return typed(`datesub('${unit}', ${start}, ${end})`, BIGINT);
};

/** A field of a moment, by the wall clock of its zone. */
const field =
  (sql: (x: string) => string): ScalarFunction =>
  (call) => {
    arity(call, 1);
    const value = call.value(0);
    const part = PARTS[value.type.kind]?.[call.name];
    if (part !== undefined) return typed(part(value.sql), BIGINT);
    const moment = momentAt(call, 0);
    // the engine must be told the type of a null
    return typed(`cast(${sql(moment.type.kind === 'date' ? engineCast(moment.sql, DATE) : local(moment))} as BIGINT)`, BIGINT);
  };

/** Fields of what is no moment. */
const PARTS: Readonly<Partial<Record<Type['kind'], Readonly<Record<string, (x: string) => string>>>>> = {
  time: {
    hour: (x) => `hour(${x})`,
    minute: (x) => `minute(${x})`,
    second: (x) => `second(${x})`,
    millisecond: (x) => `(millisecond(${x}) % 1000)`,
  },
  interval_day: {
    day: (x) => `(${x} // ${DAY})`,
    day_of_month: (x) => `(${x} // ${DAY})`,
    hour: (x) => `(${x} // 3600000 % 24)`,
    minute: (x) => `(${x} // 60000 % 60)`,
    second: (x) => `(${x} // 1000 % 60)`,
    millisecond: (x) => `(${x} % 1000)`,
  },
  interval_year: { year: (x) => `(${x} // 12)`, month: (x) => `(${x} % 12)` },
};
const DAY = 86_400_000;

const milliseconds = (value: Typed): string =>
  'precision' in value.type && value.type.precision > 3 ? `date_trunc('millisecond', ${local(value)})` : local(value);

const formatted =
  (translate: (pattern: string) => string): ScalarFunction =>
  (call) => {
    arity(call, 2);
    // Trino's formats know milliseconds and no more
    return typed(`strftime(${milliseconds(momentAt(call, 0))}, ${literal(translate(constant(call, 1)))})`, VARCHAR);
  };

/** A text read by a pattern; there are milliseconds and no more. */
function parsed(call: Call, translate: (pattern: string) => string): string {
  arity(call, 2);
  const pattern = forReading(translate(constant(call, 1)));
  const text = `hw_shaped(${coerce(call.value(0), VARCHAR)}, ${literal(shapeOf(pattern))})`;
  return `date_trunc('millisecond', strptime(${text}, ${literal(pattern)}))`;
}

const dateParse: ScalarFunction = (call) => typed(parsed(call, fromMysql), TIMESTAMP);

const parseDatetime: ScalarFunction = (call) => typed(`timezone('UTC', ${parsed(call, fromJoda)})`, TIMESTAMP_UTC);

/** A zone in a literal. @throws QueryError INVALID_FUNCTION_ARGUMENT */
export function zoneIn(text: string, call: Pick<Call, 'place'>): string {
  const zone = zoneNamed(text);
  if (zone === undefined) throw failAt(call.place, 'INVALID_FUNCTION_ARGUMENT', `'${text}' is not a valid time zone`);
  return zone;
}

/** The same instant in another zone; a timestamp without one is of the session's, UTC. */
export function atTimeZone(value: Typed, zone: string, call: Pick<Call, 'place'>): Typed {
  if (value.type.kind === 'timestamp_tz') return typed(value.sql, { ...value.type, zone });
  if (value.type.kind === 'timestamp')
    return typed(cast(value, { ...value.type, kind: 'timestamp_tz', zone: 'UTC' }), {
      ...value.type,
      kind: 'timestamp_tz',
      zone,
    });
  throw failAt(call.place, 'TYPE_MISMATCH', 'Type of value must be a time or timestamp with or without time zone');
}

const isoTimestamp: ScalarFunction = (call) => {
  arity(call, 1);
  const value = call.value(0);
  const offset = /(?:[+-]\d{2}:?\d{2}|Z)$/i.exec(value.constant?.slice(10) ?? '')?.[0] ?? 'UTC';
  const zone = value.constant === undefined ? 'UTC' : zoneIn(offset, call);
  return typed(`cast(hw_iso_timestamp(${coerce(value, VARCHAR)}, '${zone}') as TIMESTAMPTZ)`, {
    kind: 'timestamp_tz',
    precision: 3,
    zone,
  });
};

const toIso: ScalarFunction = (call) => {
  arity(call, 1);
  const value = momentAt(call, 0);
  const { type } = value;
  const isoText = (sql: string, length: number): Typed => typed(sql, { kind: 'varchar', length });
  if (type.kind === 'date') return isoText(`strftime(${value.sql}, '%Y-%m-%d')`, 16);
  const precision = type.kind === 'timestamp' || type.kind === 'timestamp_tz' ? type.precision : 3;
  const stamp = `replace(hw_timestamp_text(${local(value)}, ${precision}), ' ', 'T')`;
  const fraction = precision === 0 ? 0 : precision + 1;
  if (type.kind !== 'timestamp_tz') return isoText(stamp, 22 + fraction);
  return isoText(`${stamp} || ${type.zone === 'UTC' ? "'Z'" : `hw_offset_text(${offsetMinutes(value)})`}`, 28 + fraction);
};

/** Minutes that a moment's zone lies east of UTC at that moment. */
const offsetMinutes = (value: Typed): string =>
  `cast(round((epoch(${local(value)}) - epoch(timezone('UTC', ${value.sql}))) / 60) as BIGINT)`;

const offsetField =
  (sql: (minutes: string) => string): ScalarFunction =>
  (call) => {
    arity(call, 1);
    const value = momentAt(call, 0);
    if (value.type.kind !== 'timestamp_tz') throw unexpected(call, [value]);
    return typed(sql(offsetMinutes(value)), BIGINT);
  };

const fromUnixtime: ScalarFunction = (call) => {
  arity(call, 1, 2);
  const zone = call.args.length === 2 ? zoneIn(constant(call, 1), call) : 'UTC';
  return typed(`timezone('UTC', epoch_ms(cast(round(${coerce(call.value(0), DOUBLE)} * 1000) as BIGINT)))`, {
    kind: 'timestamp_tz',
    precision: 3,
    zone,
  });
};

const now =
  (zoned: boolean): ScalarFunction =>
  (call) => {
    arity(call, 0, 1);
    const precision = call.args.length === 0 ? 3 : Number(constant(call, 0));
    if (!Number.isInteger(precision) || precision > 6)
      throw failAt(call.place, 'NOT_SUPPORTED', `'${call.name}' with more than 6 digits of a second`);
    const stamp = new Date(call.now).toISOString().replace('T', ' ').replace('Z', '');
    return zoned
      ? typed(`timestamptz '${stamp}+00'`, { kind: 'timestamp_tz', precision, zone: 'UTC' })
      : typed(`timestamp '${stamp}'`, { kind: 'timestamp', precision });
  };

const currentDate: ScalarFunction = (call) => {
  arity(call, 0);
  return typed(`date '${new Date(call.now).toISOString().slice(0, 10)}'`, DATE);
};

const FIELDS = {
  year: (x: string) => `year(${x})`,
  quarter: (x: string) => `quarter(${x})`,
  month: (x: string) => `month(${x})`,
  week: (x: string) => `weekofyear(${x})`,
  week_of_year: (x: string) => `weekofyear(${x})`,
  day: (x: string) => `day(${x})`,
  day_of_month: (x: string) => `day(${x})`,
  day_of_week: (x: string) => `isodow(${x})`,
  dow: (x: string) => `isodow(${x})`,
  day_of_year: (x: string) => `dayofyear(${x})`,
  doy: (x: string) => `dayofyear(${x})`,
  year_of_week: (x: string) => `isoyear(${x})`,
  yow: (x: string) => `isoyear(${x})`,
  hour: (x: string) => `hour(${x})`,
  minute: (x: string) => `minute(${x})`,
  second: (x: string) => `second(${x})`,
  millisecond: (x: string) => `(millisecond(${x}) % 1000)`,
} as const;

/** What `EXTRACT` takes. */
export const EXTRACTED = new Set([
  ...Object.keys(FIELDS).filter((name) => name !== 'week_of_year' && name !== 'millisecond'),
  'timezone_hour',
  'timezone_minute',
]);

export const DATE_AND_TIME: Readonly<Record<string, ScalarFunction>> = {
  ...Object.fromEntries(Object.entries(FIELDS).map(([name, sql]) => [name, field(sql)])),
  date: (call) => {
    arity(call, 1);
    const value = call.value(0);
    if (!['varchar', 'date', 'timestamp', 'timestamp_tz', 'unknown'].includes(value.type.kind)) throw unexpected(call, [value]);
    return typed(cast(value, DATE), DATE);
  },
  date_trunc: dateTrunc,
  date_add: dateAdd,
  date_diff: dateDiff,
  date_format: formatted(fromMysql),
  format_datetime: formatted(fromJoda),
  date_parse: dateParse,
  parse_datetime: parseDatetime,
  last_day_of_month: (call) => (arity(call, 1), typed(`last_day(${local(momentAt(call, 0))})`, DATE)),
  from_iso8601_timestamp: isoTimestamp,
  from_iso8601_date: define(form([VARCHAR], DATE, (x) => `cast(hw_iso_date(${x}) as DATE)`)),
  to_iso8601: toIso,
  to_unixtime: (call) => (arity(call, 1), typed(`epoch(${momentAt(call, 0).sql})`, DOUBLE)),
  from_unixtime: fromUnixtime,
  to_milliseconds: define(form([{ kind: 'interval_day' }], BIGINT, (x) => x)),
  parse_duration: define(form([VARCHAR], { kind: 'interval_day' }, (x) => `hw_parse_duration(${x})`)),
  human_readable_seconds: define(form([DOUBLE], VARCHAR, (x) => `hw_readable_seconds(${x})`)),
  at_timezone: (call) => (arity(call, 2), atTimeZone(call.value(0), zoneIn(constant(call, 1), call), call)),
  with_timezone: (call) => {
    arity(call, 2);
    const value = call.value(0);
    if (value.type.kind !== 'timestamp') throw unexpected(call, [value, call.value(1)]);
    const zone = zoneIn(constant(call, 1), call);
    return typed(toInstant(value.sql, zone), { ...value.type, kind: 'timestamp_tz', zone });
  },
  timezone_hour: offsetField((minutes) => `(${minutes} // 60)`),
  timezone_minute: offsetField((minutes) => `(${minutes} % 60)`),
  current_timestamp: now(true),
  now: (call) => (arity(call, 0), now(true)(call)),
  localtimestamp: now(false),
  current_date: currentDate,
  current_timezone: define(form([], VARCHAR, () => "'UTC'")),
};
