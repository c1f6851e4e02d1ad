import { distance } from 'fastest-levenshtein';
import { NativeError } from './json.ts';

const fail = (words: string): never => {
  throw new NativeError(`INVALID_FUNCTION_ARGUMENT: ${words}`);
};

/** Code points are what Trino counts. */
const points = (text: string): readonly string[] => Array.from(text);

export const reverse = (text: string): string => Array.from(text).reverse().join('');

export const codepoint = (text: string): number => {
  const [only, ...more] = points(text);
  return only === undefined || more.length > 0
    ? fail('Input string must be a single character string')
    : (only.codePointAt(0) ?? 0);
};

/** The place of the n-th occurrence, counted from the end where n is negative; occurrences may overlap. */
export const positionOf = (text: string, part: string, instance: bigint): bigint => {
  if (instance === 0n) return fail("'instance' must not be a positive or negative number."); // Trino's own words
  if (part === '') return 1n;
  let found = instance > 0n ? -1 : text.length;
  for (let left = instance < 0n ? -instance : instance; left > 0n; left -= 1n) {
    found = instance > 0n ? text.indexOf(part, found + 1) : found === 0 ? -1 : text.lastIndexOf(part, found - 1);
    if (found < 0) return 0n;
  }
  return BigInt(points(text.slice(0, found)).length + 1);
};

/** Splits into at most `limit` parts, the last of which holds the rest. */
export const splitLimited = (text: string, by: string, limit: bigint): readonly string[] => {
  if (limit <= 0n) return fail('Limit must be positive');
  if (by === '') return fail('The delimiter may not be the empty string');
  const parts = text.split(by);
  const most = Number(limit);
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(by)];
};

/** Keys and values by turns. */
const pairs =
  (unique: boolean) =>
  (text: string, entryBy: string, pairBy: string): readonly string[] => {
    if (entryBy === '' || pairBy === '' || entryBy === pairBy)
      return fail('entryDelimiter and keyValueDelimiter must differ and not be empty');
    const entries = text.split(entryBy);
    if (entries.at(-1) === '') entries.pop();
    const seen = new Set<string>();
    return entries.flatMap((entry) => {
      const at = entry.indexOf(pairBy);
      if (at < 0 || (unique && entry.includes(pairBy, at + pairBy.length)))
        return fail('Key-value delimiter must appear exactly once in each entry');
      const key = entry.slice(0, at);
      if (unique && seen.has(key)) return fail('Duplicate keys are not allowed');
      seen.add(key);
      return [key, entry.slice(at + pairBy.length)];
    });
  };

export const splitPairs = pairs(true);
export const splitPairsAll = pairs(false);

export const translate = (text: string, from: string, to: string): string => {
  const replacements = points(to);
  const table = new Map<string, string>();
  for (const [place, character] of points(from).entries())
    if (!table.has(character)) table.set(character, replacements[place] ?? '');
  return points(text)
    .map((character) => table.get(character) ?? character)
    .join('');
};

/** One UTF-16 unit for each code point, so that a library which counts units counts points. */
function units(...texts: readonly string[]): readonly string[] {
  const known = new Map<string, string>();
  return texts.map((text) =>
    points(text)
      .map((character) => {
        const unit = known.get(character) ?? String.fromCharCode(known.size);
        known.set(character, unit);
        return unit;
      })
      .join(''),
  );
}

export const levenshtein = (a: string, b: string): bigint => {
  const [x = '', y = ''] = units(a, b);
  return BigInt(distance(x, y));
};

export const hamming = (a: string, b: string): bigint => {
  const [x, y] = [points(a), points(b)];
  return x.length === y.length
    ? BigInt(x.filter((character, place) => character !== y[place]).length)
    : fail('The input strings to hamming_distance function must have the same length');
};

const SOUNDS: Readonly<Record<string, string>> = {
  B: '1',
  F: '1',
  P: '1',
  V: '1',
  C: '2',
  G: '2',
  J: '2',
  K: '2',
  Q: '2',
  S: '2',
  X: '2',
  Z: '2',
  D: '3',
  T: '3',
  L: '4',
  M: '5',
  N: '5',
  R: '6',
};

export const soundex = (text: string): string => {
  const letters = text.replaceAll(/\P{L}/gu, '').toUpperCase();
  if (!/^[A-Z]*$/.test(letters)) return fail('soundex takes letters of the English alphabet');
  let code = letters.slice(0, 1);
  let last = SOUNDS[code];
  for (const letter of letters.slice(1)) {
    const sound = SOUNDS[letter];
    if (sound !== undefined && sound !== last) code += sound;
    if (letter !== 'H' && letter !== 'W') last = sound;
  }
  return letters === '' ? '' : code.slice(0, 4).padEnd(4, '0');
};

export const luhn = (text: string): boolean => {
  if (!/^\d+$/.test(text)) return fail('luhn_check takes digits');
  const sum = Array.from(text)
    .reverse()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
};

export const normalize = (text: string, form: string): string => text.normalize(form);

/** The pattern itself, where each escape stands before what it may. */
export const likePattern = (pattern: string, escape: string): string => {
  const [mark, ...more] = points(escape);
  if (mark === undefined || more.length > 0) return fail('Escape string must be a single character');
  const characters = points(pattern);
  for (let at = 0; at < characters.length; at += 1) {
    if (characters[at] !== mark) continue;
    at += 1;
    const next = characters[at];
    if (next !== '%' && next !== '_' && next !== mark)
      return fail("Escape character must be followed by '%', '_' or the escape character itself");
  }
  return pattern;
};

/** Letters whose upper case in Unicode's tables of single characters is not what becomes of them in a text. */
const TITLED: Readonly<Record<string, string>> = { ᾳ: 'ᾼ', ῃ: 'ῌ', ῳ: 'ῼ' };

function upperPoint(character: string): string {
  const upper = character.toUpperCase();
  if (points(upper).length === 1) return upper;
  const code = character.codePointAt(0) ?? 0;
  const greek = code >= 0x1f80 && code <= 0x1faf && code % 16 < 8;
  return greek ? String.fromCodePoint(code + 8) : (TITLED[character] ?? character);
}

/** Each character by itself: one stays one. */
export const upper = (text: string): string => points(text).map(upperPoint).join('');
export const lower = (text: string): string =>
  points(text)
    .map((character) => (character === 'İ' ? 'i' : character.toLowerCase()))
    .join('');

export const fromBase = (text: string, radix: bigint): bigint => {
  if (radix < 2n || radix > 36n) return fail('Radix must be between 2 and 36');
  const [, sign, digits = ''] = /^([+-]?)([0-9a-z]+)$/i.exec(text) ?? [];
  const value = points(digits.toLowerCase()).reduce((total, digit) => {
    const worth = BigInt(Number.parseInt(digit, 36));
    return worth >= radix ? fail('Not a valid base-radix number') : total * radix + worth;
  }, 0n);
  if (digits === '' || value >= 2n ** 63n) return fail('Not a valid base-radix number');
  return sign === '-' ? -value : value;
};

export const toBase = (value: bigint, radix: bigint): string =>
  radix < 2n || radix > 36n ? fail('Radix must be between 2 and 36') : value.toString(Number(radix));
