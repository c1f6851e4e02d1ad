import { randomInt, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../input.ts';
import { isTooDeep } from '../depth.ts';
import { HASH_NAMES, hashOf } from '../hashes.ts';

/** An argument that a function does not take. */
export class InvalidArgument extends Error {}

interface Intrinsic {
  /** How many arguments, from and to. */
  readonly takes: readonly [least: number, most: number];
  readonly run: (...given: unknown[]) => unknown;
}

const MOST_ITEMS = 1000;
/** What Node can draw a number from. */
const LARGEST_SPAN = 2 ** 48;
const MOST_CHARACTERS = 10_000;
const PARTS = /\\(.)|\{\}/gs;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const intrinsic = (least: number, run: Intrinsic['run'], most = least): Intrinsic => ({ takes: [least, most], run });

/** By what follows `States.`. @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export const FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  Array: intrinsic(0, (...items) => items, Infinity),
  ArrayContains: intrinsic(2, (items, item) => list(items).some((each) => isDeepStrictEqual(each, item))),
  ArrayGetItem: intrinsic(2, (items, at) => {
    const [all, place] = [list(items), whole(at)];
    if (place in all) return all[place];
    throw new InvalidArgument(`there is no item ${place} among ${all.length}`);
  }),
  ArrayLength: intrinsic(1, (items) => list(items).length),
  ArrayPartition: intrinsic(2, (items, size) => {
    const [all, each] = [list(items), whole(size)];
    if (each < 1) throw new InvalidArgument(`a part must have one item or more, got ${each}`);
    return Array.from({ length: Math.ceil(all.length / each) }, (_, index) => all.slice(index * each, (index + 1) * each));
  }),
  ArrayRange: intrinsic(3, (first, last, step) => {
    const [from, to, by] = [whole(first), whole(last), whole(step)];
    if (by === 0) throw new InvalidArgument('the step must not be 0');
    const length = Math.max(0, Math.floor((to - from) / by) + 1);
    if (length > MOST_ITEMS) throw new InvalidArgument(`a range has at most ${MOST_ITEMS} numbers, got ${length}`);
    return Array.from({ length }, (_, index) => from + index * by);
  }),
  ArrayUnique: intrinsic(1, (items) => {
    const seen = new Set<string>();
    return list(items).filter((item) => seen.size < seen.add(written(item)).size);
  }),
  Base64Decode: intrinsic(1, (data) => {
    const encoded = short(text(data));
    if (!BASE64.test(encoded)) throw new InvalidArgument('the text is no Base64');
    return Buffer.from(encoded, 'base64').toString();
  }),
  Base64Encode: intrinsic(1, (data) => Buffer.from(short(text(data))).toString('base64')),
  Format: intrinsic(1, (template, ...values) => formatted(text(template), values), Infinity),
  Hash: intrinsic(2, (data, algorithm) => {
    const found = hashOf(short(plain(data)), text(algorithm));
    if (found !== undefined) return found;
    throw new InvalidArgument(`the algorithm must be one of ${HASH_NAMES.join(', ')}`);
  }),
  JsonMerge: intrinsic(3, (one, other, deep) => {
    if (deep !== false)
      throw new InvalidArgument('the third argument must be false: objects are merged at their first level alone');
    return { ...object(one), ...object(other) };
  }),
  JsonToString: intrinsic(1, (value) => JSON.stringify(value)),
  MathAdd: intrinsic(2, (one, other) => whole(one) + whole(other)),
  MathRandom: intrinsic(2, (start, end) => {
    const [from, to] = [whole(start), whole(end)];
    if (to - from >= LARGEST_SPAN) throw new InvalidArgument(`a range must span less than 2^48, got ${from} and ${to}`);
    if (from >= to) throw new InvalidArgument(`the start must be less than the end, got ${from} and ${to}`);
    return randomInt(from, to);
  }),
  StringSplit: intrinsic(2, (value, delimiters) => {
    const at = new Set(text(delimiters));
    const parts = [''];
    for (const character of text(value)) {
      if (at.has(character)) parts.push('');
      else parts.push(`${parts.pop() ?? ''}${character}`);
    }
    return parts.filter((part) => part !== '');
  }),
  StringToJson: intrinsic(1, (value) => {
    const found = parsed(text(value));
    if (isTooDeep(found)) throw new InvalidArgument('the JSON is nested too deeply');
    return found;
  }),
  UUID: intrinsic(0, () => randomUUID()),
};

/** A template whose `{}` are filled in their order. */
function formatted(template: string, values: readonly unknown[]): string {
  const places = Array.from(template.matchAll(PARTS)).filter(([part]) => part === '{}').length;
  if (places !== values.length)
    throw new InvalidArgument(`there must be a value for each {}, got ${values.length} for ${places}`);
  const left = values.values();
  return template.replaceAll(PARTS, (_part, escaped: string | undefined) => escaped ?? shown(left.next().value));
}

function parsed(said: string): unknown {
  try {
    return said.trim() === '' ? null : (JSON.parse(said) as unknown);
  } catch {
    throw new InvalidArgument('the text is no JSON');
  }
}

/** As Java writes a value. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (isRecord(value))
    return `{${Object.entries(value)
      .map(([name, member]) => `${name}=${shown(member)}`)
      .join(', ')}}`;
  return String(value);
}

/** The same text for values that are the same. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`);
  return `{${members.sort().join()}}`;
}

/** A text as it is, and anything else as JSON. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong('an array', value);
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw wrong('an object', value);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrong('a text', value);
}

/** Rounded to the nearest. */
function whole(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(Math.round(value))) return Math.round(value);
  throw wrong('a number', value);
}

function short(value: string): string {
  if (value.length <= MOST_CHARACTERS) return value;
  throw new InvalidArgument(`a text may have ${MOST_CHARACTERS} characters, got ${value.length}`);
}

const wrong = (expected: string, value: unknown): InvalidArgument =>
  new InvalidArgument(
    `an argument must be ${expected}, got ${value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of the type ${typeof value}`}`,
  );
