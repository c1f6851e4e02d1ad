import type { JsonShape } from '../analysis/json-shape.ts';
import { scientific } from './double-text.ts';
import { readPath } from './json-path.ts';
import { JsonReader } from './json-reader.ts';
import { javaDouble, lastOfEachName, readJson, writeJson, type JsonMember, type JsonValue } from './json-text.ts';

/** A failure of a function of ours: Trino's name for it, and words that hold no data. */
export class NativeError extends Error {}

/** What the text of a function begins with that refuses, where TRY must not catch it; its words follow. */
export const REFUSAL = '\u0001headwaters local refuses\u0001';

const fail = (words: string): never => {
  throw new NativeError(words);
};

const scalarText = (value: JsonValue): string | undefined => {
  switch (value.is) {
    case 'string':
      return value.value;
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    default:
      return undefined;
  }
};

/** The same as a cast writes it: a number with a fraction or an exponent as a double. */
const castText = (value: JsonValue): string | undefined =>
  value.is === 'number' && /[.eE]/.test(value.text) ? scientific(Number(value.text)) : scalarText(value);

const paths = new Map<string, ReturnType<typeof readPath>>();

function at(text: string, path: string): JsonValue | undefined {
  if (!paths.has(path)) paths.set(path, readPath(path));
  const steps = paths.get(path);
  return steps && new JsonReader(text).find(steps);
}

const byName = (members: readonly JsonMember[]): readonly JsonMember[] =>
  [...lastOfEachName(members)].sort(([a], [b]) => (a < b ? -1 : 1));

export const parseJson = (text: string): string => {
  const value = readJson(text);
  return value === undefined ? fail('INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON') : writeJson(value, byName);
};

/** What stands at the path, as it stands there. */
export const extractJson = (text: string, path: string): string | undefined => {
  const found = at(text, path);
  return found && writeJson(found);
};

export const extractScalar = (text: string, path: string): string | undefined => {
  const found = at(text, path);
  return found && scalarText(found);
};

export const jsonSize = (text: string, path: string): bigint | undefined => {
  const found = at(text, path);
  if (found === undefined) return undefined;
  return found.is === 'array' ? BigInt(found.items.length) : found.is === 'object' ? BigInt(found.members.length) : 0n;
};

/** The items of a text's array, as far as they can be read. */
function itemsOf(text: string): Iterable<JsonValue | undefined> | undefined {
  const reader = new JsonReader(text);
  return reader.symbol('[') ? reader.items() : undefined;
}

export const arrayLength = (text: string): bigint | undefined => {
  const items = [...(itemsOf(text) ?? [undefined])];
  return items.includes(undefined) ? undefined : BigInt(items.length);
};

/** Trino leaves a text without its quotes here, and says that this cannot be mended. */
export const arrayGet = (text: string, index: bigint): string | undefined => {
  const item = index < 0n ? fromEnd(text, Number(index)) : new JsonReader(text).find([{ name: '', index: Number(index) }]);
  if (item === undefined || item.is === 'null') return undefined;
  return scalarText(item) ?? writeJson(item, lastOfEachName);
};

function fromEnd(text: string, index: number): JsonValue | undefined {
  const items = [...(itemsOf(text) ?? [])];
  return items.includes(undefined) ? undefined : items.at(index);
}

export const arrayContains = (text: string, wanted: string): boolean | undefined => {
  for (const item of itemsOf(text) ?? [undefined]) {
    if (item === undefined) return undefined;
    if (item.is !== 'array' && item.is !== 'object' && writeJson(item) === wanted) return true;
  }
  return false;
};

export const isScalar = (text: string): boolean => {
  const value = readJson(text);
  if (value === undefined) return fail('INVALID_FUNCTION_ARGUMENT: Invalid JSON value');
  return value.is !== 'array' && value.is !== 'object';
};

/** JSON cast to varchar. */
export const jsonText = (text: string): string | undefined => {
  const value = readJson(text);
  if (value?.is === 'null') return undefined;
  return (value && castText(value)) ?? fail('INVALID_CAST_ARGUMENT: Cannot cast the JSON to varchar');
};

/** JSON as what a type wants, in JSON that the engine converts without a question. */
export const castJson = (text: string, shape: string): string | undefined => {
  const value = readJson(text);
  if (value === undefined) return fail('INVALID_CAST_ARGUMENT: Cannot cast the JSON');
  if (value.is === 'null') return undefined;
  return shaped(value, JSON.parse(shape) as JsonShape);
};

const refuse = (to: string): never => fail(`INVALID_CAST_ARGUMENT: Cannot cast the JSON to ${to}`);

function shaped(value: JsonValue, shape: JsonShape): string {
  if (value.is === 'null' && shape.is !== 'json') return 'null';
  switch (shape.is) {
    case 'json':
      return JSON.stringify(writeJson(value, lastOfEachName));
    case 'text':
      return JSON.stringify(castText(value) ?? refuse('varchar'));
    case 'boolean':
      return truth(value);
    case 'integer':
      return whole(value);
    case 'double':
    case 'decimal':
      return number(value, shape.is);
    case 'array':
      return value.is === 'array' ? `[${value.items.map((item) => shaped(item, shape.of)).join(',')}]` : refuse('array');
    case 'row':
      return row(value, shape.fields);
    case 'map':
      if (value.is !== 'object') return refuse('map');
      return `{${unique(value.members)
        .map(([name, item]) => `${JSON.stringify(name)}:${shaped(item, shape.of)}`)
        .join(',')}}`;
    default:
      return shape;
  }
}

function row(value: JsonValue, fields: readonly { readonly name: string; readonly of: JsonShape }[]): string {
  if (value.is === 'array' && value.items.length === fields.length) {
    return `{${fields.map(({ name, of }, place) => `${JSON.stringify(name)}:${shaped(value.items[place] ?? { is: 'null' }, of)}`).join(',')}}`;
  }
  if (value.is !== 'object') return refuse('row');
  const members = new Map(unique(value.members.map(([name, item]) => [name.toLowerCase(), item])));
  return `{${fields.map(({ name, of }) => `${JSON.stringify(name)}:${shaped(members.get(name) ?? { is: 'null' }, of)}`).join(',')}}`;
}

const unique = (members: readonly JsonMember[]): readonly JsonMember[] =>
  lastOfEachName(members).length === members.length ? members : refuse('a map or a row: a name comes twice');

function truth(value: JsonValue): string {
  if (value.is === 'boolean') return String(value.value);
  if (value.is === 'number') return String(Number(value.text) !== 0);
  const word = value.is === 'string' ? value.value.toLowerCase() : '';
  return ['true', 't', '1'].includes(word) ? 'true' : ['false', 'f', '0'].includes(word) ? 'false' : refuse('boolean');
}

function whole(value: JsonValue): string {
  if (value.is === 'boolean') return value.value ? '1' : '0';
  const text = scalarText(value) ?? '';
  if (/^[+-]?\d+$/.test(text)) return text.replace(/^\+/, '');
  return value.is === 'number'
    ? BigInt(Math.round(Math.abs(Number(text))) * Math.sign(Number(text))).toString()
    : refuse('a whole number');
}

function number(value: JsonValue, to: string): string {
  if (value.is === 'boolean') return value.value ? '1' : '0';
  const text = scalarText(value) ?? '';
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)
    ? value.is === 'number' && to === 'double'
      ? text
      : JSON.stringify(text) // the engine reads a decimal from a text, digit by digit
    : refuse(to);
}

/** A double as Java writes it, for JSON and for `format`. */
export const doubleText = (value: number): string => javaDouble(value);
