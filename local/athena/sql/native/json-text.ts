/** JSON that keeps a number as it was written, and members in order. */
export type JsonValue =
  | { readonly is: 'null' }
  | { readonly is: 'boolean'; readonly value: boolean }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'string'; readonly value: string }
  | { readonly is: 'array'; readonly items: readonly JsonValue[] }
  | { readonly is: 'object'; readonly members: ReadonlyMap<string, JsonValue> };

const NULL: JsonValue = { is: 'null' };
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|\u007f|[\u0080-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SPACE = /[ \t\n\r]*/y;
/** Levels of nesting that are read. */
const DEEPEST = 500;

/**
 * Reads one JSON text; undefined for anything else.
 *
 * @param kept Of members with one name; Trino's parser keeps the last, its paths find the first.
 */
export function readJson(text: string, kept: 'first' | 'last' = 'last'): JsonValue | undefined {
  let at = 0;
  const space = (): void => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const symbol = (character: string): boolean => {
    space();
    if (text.charAt(at) !== character) return false;
    at += 1;
    return true;
  };
  const match = (rule: RegExp): string | undefined => {
    rule.lastIndex = at;
    const found = rule.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const string = (): string | undefined => {
    space();
    const found = match(STRING);
    return found === undefined ? undefined : (JSON.parse(found) as string);
  };
  const word = (name: string, value: JsonValue): JsonValue | undefined => {
    if (!text.startsWith(name, at)) return undefined;
    at += name.length;
    return value;
  };
  const array = (depth: number): JsonValue | undefined => {
    const items: JsonValue[] = [];
    if (symbol(']')) return { is: 'array', items };
    do {
      const item = value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (symbol(','));
    return symbol(']') ? { is: 'array', items } : undefined;
  };
  const object = (depth: number): JsonValue | undefined => {
    const members = new Map<string, JsonValue>();
    if (symbol('}')) return { is: 'object', members };
    do {
      const name = string();
      const item = name !== undefined && symbol(':') ? value(depth + 1) : undefined;
      if (name === undefined || item === undefined) return undefined;
      if (kept === 'last' || !members.has(name)) members.set(name, item);
    } while (symbol(','));
    return symbol('}') ? { is: 'object', members } : undefined;
  };
  const value = (depth: number): JsonValue | undefined => {
    if (depth > DEEPEST) return undefined;
    if (symbol('{')) return object(depth);
    if (symbol('[')) return array(depth);
    const text = string();
    if (text !== undefined) return { is: 'string', value: text };
    const number = match(NUMBER);
    if (number !== undefined) return { is: 'number', text: number };
    return word('true', { is: 'boolean', value: true }) ?? word('false', { is: 'boolean', value: false }) ?? word('null', NULL);
  };
  const whole = value(0);
  space();
  return at === text.length ? whole : undefined;
}

/** Writes JSON without space; members in order of their names, as Trino's parser leaves them. */
export function writeJson(value: JsonValue): string {
  switch (value.is) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
      return numberText(value.text);
    case 'string':
      return JSON.stringify(value.value);
    case 'array':
      return `[${value.items.map(writeJson).join(',')}]`;
    default: {
      const names = [...value.members].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${names.map(([name, item]) => `${JSON.stringify(name)}:${writeJson(item)}`).join(',')}}`;
    }
  }
}

/** A number with a fraction or an exponent goes through a double in Trino. */
function numberText(text: string): string {
  if (!/[.eE]/.test(text)) return text;
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
