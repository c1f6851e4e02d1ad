import { JsonReader } from './json-reader.ts';

/** JSON that keeps a number as it was written, and members as they stood, several of one name too. */
export type JsonValue =
  | { readonly is: 'null' }
  | { readonly is: 'boolean'; readonly value: boolean }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'string'; readonly value: string }
  | { readonly is: 'array'; readonly items: readonly JsonValue[] }
  | { readonly is: 'object'; readonly members: readonly JsonMember[] };

export type JsonMember = readonly [name: string, value: JsonValue];

/** Reads one JSON text from end to end; undefined for anything else. */
export function readJson(text: string): JsonValue | undefined {
  const reader = new JsonReader(text);
  const value = reader.value();
  return reader.ends() ? value : undefined;
}

/** Of members with one name the last, in the place of the first. */
export const lastOfEachName = (members: readonly JsonMember[]): readonly JsonMember[] => [...new Map(members)];

/** Writes JSON without space. */
export function writeJson(value: JsonValue, ordered = (members: readonly JsonMember[]) => members): string {
  switch (value.is) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
      return numberText(value.text);
    case 'string':
      return jsonString(value.value);
    case 'array':
      return `[${value.items.map((item) => writeJson(item, ordered)).join(',')}]`;
    default:
      return `{${ordered(value.members)
        .map(([name, item]) => `${jsonString(name)}:${writeJson(item, ordered)}`)
        .join(',')}}`;
  }
}

/** A text in JSON, as Jackson writes it. */
export const jsonString = (text: string): string =>
  escapedJson(
    JSON.stringify(text).replaceAll(/\\(?:u00[0-9a-f]{2}|[\s\S])/g, (escape) =>
      escape.startsWith('\\u') ? `\\u${escape.slice(2).toUpperCase()}` : escape,
    ),
  );

/** JSON with escapes for the characters beyond Unicode's first plane, two for each. */
export const escapedJson = (json: string): string =>
  json.replaceAll(/[\u{10000}-\u{10ffff}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).toUpperCase()}`).join(''),
  );

/** A number with a fraction or an exponent goes through a double in Trino. */
function numberText(text: string): string {
  if (!/[.eE]/.test(text)) return text === '-0' ? '0' : text;
  return javaDouble(Number(text));
}

/** A double as Java writes it: `10.0`, `1.0E7`. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = String(value);
    return Object.is(value, -0) ? '-0.0' : text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
