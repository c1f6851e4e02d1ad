import fc from 'fast-check';
import type { Bounds, Column, ColumnType } from '../../../core/contract/model.ts';
import { Draw } from './draw.ts';
import { knownText, SHORTEST_TEXT, type KnownText } from './known-text.ts';

/** A value of one field as JSON, and the texts of it that must be found nowhere. */
export interface KnownValue {
  readonly json: string;
  readonly secrets: readonly string[];
}

/** Digits below which a number is found by chance. */
const FEWEST_DIGITS = 13;
/** Dates of births, and of nothing else that a platform of today writes. */
const BIRTHS = { first: Date.UTC(1905, 0, 2), days: 30_000 } as const;
const DAY_MS = 86_400_000;
/** How often a text that a pattern allows is drawn for one that is kept. */
const TRIES = 4;

/**
 * Values of a column that nobody else has: the same arguments give the same. Fewer than asked for, or none, where the column's type is so
 * narrow that a value tells nothing of a person, or would be found by chance: a yes or a no, a country, a small number.
 */
export function knownValues(column: Column, label: string, count: number): readonly KnownValue[] {
  const made = new Map<string, KnownValue>();
  const pattern = patternOf(column);
  const values =
    pattern === undefined
      ? Array.from({ length: count }, (_, number) => valueOf(column, column.type, number, new Draw(`${label}/${number}`)))
      : matching(pattern, label, count);
  for (const value of values) if (value !== undefined) made.set(value.json, value);
  return [...made.values()].slice(0, count);
}

type Text = Extract<ColumnType, { kind: 'string' }>;

const patternOf = ({ type, validValues }: Column): (Text & { readonly pattern: string }) | undefined =>
  type.kind === 'string' && type.pattern !== undefined && validValues === undefined
    ? { ...type, pattern: type.pattern }
    : undefined;

/** Texts that a pattern allows, and that are long enough. */
function* matching(type: Text & { readonly pattern: string }, label: string, count: number): Generator<KnownValue | undefined> {
  for (const text of textsMatching(type, label, count * TRIES)) {
    const known = { text, secrets: [withoutWhatAMaskKeeps(text)] };
    if (known.secrets.every((secret) => Buffer.byteLength(secret.replaceAll(/\s/g, '')) >= SHORTEST_TEXT)) yield jsonOf(known);
  }
}

/** Texts of a type that has a pattern; not all differ. */
export function textsMatching(
  { pattern, minLength = 0, maxLength = Infinity }: Text,
  label: string,
  count: number,
): readonly string[] {
  const seed = new Draw(label).next(65_536);
  return fc
    .sample(fc.stringMatching(new RegExp(pattern ?? '', 'u')), { seed, numRuns: count })
    .filter((text) => Array.from(text).length >= minLength && Array.from(text).length <= maxLength);
}

function withoutWhatAMaskKeeps(text: string): string {
  const at = text.lastIndexOf('@');
  if (at > 0) return text.slice(0, at);
  return /^[\d\s()+./-]+$/.test(text) ? text.slice(0, -4) : text;
}

const jsonOf = ({ text, secrets }: KnownText): KnownValue => ({ json: JSON.stringify(text), secrets });

function valueOf(column: Column, type: ColumnType, number: number, draw: Draw): KnownValue | undefined {
  if (column.validValues !== undefined) return undefined;
  switch (type.kind) {
    case 'string': {
      const known = type.pattern === undefined ? knownText(type, number, draw) : undefined;
      return known === undefined ? undefined : jsonOf(known);
    }
    case 'date': {
      const date = dateOf(number, type);
      return date === undefined ? undefined : { json: JSON.stringify(date), secrets: [date] };
    }
    case 'timestamp': {
      const date = dateOf(number, type);
      return date === undefined ? undefined : { json: JSON.stringify(`${date}T04:05:06Z`), secrets: [date] };
    }
    case 'integer':
    case 'decimal': {
      const digits = type.kind === 'integer' ? (type.bits === 64 ? 18 : 0) : type.precision - type.scale;
      const isFree = [type.minimum, type.maximum, type.exclusiveMinimum, type.exclusiveMaximum, type.multipleOf].every(
        (rule) => rule === undefined,
      );
      if (digits < FEWEST_DIGITS || !isFree) return undefined;
      const text = draw.digits(Math.min(digits, 18));
      return { json: text, secrets: [text] };
    }
    case 'array': {
      if (type.maxItems === 0 || type.validValues !== undefined) return undefined;
      const items = Array.from({ length: Math.max(1, type.minItems ?? 1) }, (_, place) =>
        valueOf(column, type.items, number + place, draw),
      ).filter((item) => item !== undefined);
      return items.length < Math.max(1, type.minItems ?? 1) ? undefined : together(items, (texts) => `[${texts.join(',')}]`);
    }
    case 'map': {
      const key = `${draw.word(9)} ${draw.word(9)}`;
      const value = valueOf(column, type.values, number, draw);
      if (value === undefined || (type.maxProperties ?? 1) < 1 || (type.minProperties ?? 1) > 1) return undefined;
      return { json: `{${JSON.stringify(key)}:${value.json}}`, secrets: [key, ...value.secrets] };
    }
    case 'object':
      return objectOf(type, number, draw);
    case 'boolean':
    case 'double':
    case 'time':
      return undefined;
  }
}

/** Known values in every field that can have one; undefined where a required one cannot. */
function objectOf(type: Extract<ColumnType, { kind: 'object' }>, number: number, draw: Draw): KnownValue | undefined {
  const fields = type.fields.map((field) => ({ field, value: valueOf(field, field.type, number, draw) }));
  if (fields.some(({ field, value }) => field.required && value === undefined)) return undefined;
  const made = fields.flatMap(({ field, value }) => (value === undefined ? [] : [{ name: field.name, value }]));
  if (made.length === 0 || made.length > (type.maxProperties ?? Infinity)) return undefined;
  return together(
    made.map(({ value }) => value),
    (texts) => `{${texts.map((text, place) => `${JSON.stringify(made[place]?.name)}:${text}`).join(',')}}`,
  );
}

const together = (values: readonly KnownValue[], join: (texts: readonly string[]) => string): KnownValue => ({
  json: join(values.map(({ json }) => json)),
  secrets: values.flatMap(({ secrets }) => secrets),
});

/** A day of its own for each number, where the bounds leave it one. */
function dateOf(number: number, { minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Bounds): string | undefined {
  const day = (number * 7919) % BIRTHS.days; // a prime: neighbours lie far apart
  const date = new Date(BIRTHS.first + day * DAY_MS).toISOString().slice(0, 10);
  const low = [minimum, exclusiveMinimum].every((bound) => bound === undefined || date > bound);
  return low && [maximum, exclusiveMaximum].every((bound) => bound === undefined || date < bound) ? date : undefined;
}
