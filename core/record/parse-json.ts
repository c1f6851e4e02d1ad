import type { Reason } from './reasons.ts';

/** A number by its source text: nothing is rounded on the way. */
export class JsonNumber {
  constructor(readonly text: string) {}
}
export type JsonObject = ReadonlyMap<string, JsonValue>;
export type JsonValue = string | JsonNumber | boolean | null | readonly JsonValue[] | JsonObject;

/** Nesting that an event may have; a contract's own nesting stays far below it. */
const DEEPEST = 64;

/** Why a text is no value. */
export class Refusal extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

/**
 * Parses one event. Whether the text is JSON is the engine's own judgement; a second pass over the then known grammar keeps the
 * source text of numbers, sees keys twice, and makes maps, so that `__proto__` is a key like any other.
 */
export function parseEvent(text: string): { readonly event: JsonObject } | { readonly reason: Reason } {
  const value = parseValue(text, 0);
  if (value instanceof Refusal) return { reason: value.reason };
  return value instanceof Map ? { event: value as JsonObject } : { reason: 'not-an-object' };
}

/** Parses one JSON value that stands within so many containers; a refusal is returned. */
export function parseValue(text: string, depth: number): JsonValue | Refusal {
  try {
    JSON.parse(text);
  } catch {
    return new Refusal('not-json');
  }
  try {
    return new Reader(text).read(depth);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const CODE = {
  tab: 9,
  newline: 10,
  return: 13,
  space: 32,
  quote: 34,
  plus: 43,
  comma: 44,
  minus: 45,
  point: 46,
  zero: 48,
  nine: 57,
  E: 69,
  bracket: 91,
  backslash: 92,
  closingBracket: 93,
  e: 101,
  f: 102,
  n: 110,
  t: 116,
  brace: 123,
  closingBrace: 125,
} as const;

/** Reads a text that is known to be JSON. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  /** @param depth Containers around the value */
  read(depth: number): JsonValue {
    if (depth > DEEPEST) throw new Refusal('too-deep');
    switch (this.next()) {
      case CODE.brace:
        return this.object(depth);
      case CODE.bracket:
        return this.array(depth);
      case CODE.quote:
        return this.string();
      case CODE.t:
        this.at += 4;
        return true;
      case CODE.f:
        this.at += 5;
        return false;
      case CODE.n:
        this.at += 4;
        return null;
      default:
        return this.number();
    }
  }

  /** The code of the next character that is not white space. */
  private next(): number {
    let code = this.text.charCodeAt(this.at);
    while (code === CODE.space || code === CODE.tab || code === CODE.newline || code === CODE.return)
      code = this.text.charCodeAt((this.at += 1));
    return code;
  }

  private object(depth: number): JsonObject {
    const entries = new Map<string, JsonValue>();
    this.at += 1;
    for (let code = this.next(); code !== CODE.closingBrace; code = this.next()) {
      if (code === CODE.comma) {
        this.at += 1;
        this.next();
      }
      const key = this.string();
      if (entries.has(key)) throw new Refusal('duplicate-key');
      this.next(); // the colon
      this.at += 1;
      entries.set(key, this.read(depth + 1));
    }
    this.at += 1;
    return entries;
  }

  private array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.at += 1;
    for (let code = this.next(); code !== CODE.closingBracket; code = this.next()) {
      if (code === CODE.comma) this.at += 1;
      items.push(this.read(depth + 1));
    }
    this.at += 1;
    return items;
  }

  private string(): string {
    const start = this.at;
    let escaped = false;
    let at = start + 1;
    for (let code = this.text.charCodeAt(at); code !== CODE.quote; code = this.text.charCodeAt(at)) {
      if (code === CODE.backslash) escaped = true;
      at += code === CODE.backslash ? 2 : 1;
    }
    this.at = at + 1;
    if (!escaped) return this.text.slice(start + 1, at);
    const value = JSON.parse(this.text.slice(start, this.at)) as string;
    if (value.includes('\0') || !value.isWellFormed()) throw new Refusal('invalid-text'); // neither UTF-8 nor a table can hold it
    return value;
  }

  private number(): JsonNumber {
    const start = this.at;
    while (isOfNumber(this.text.charCodeAt(this.at))) this.at += 1;
    return new JsonNumber(this.text.slice(start, this.at));
  }
}

/** At the text's end the code is NaN, which is none of these. */
const isOfNumber = (code: number): boolean =>
  (code >= CODE.zero && code <= CODE.nine) ||
  code === CODE.point ||
  code === CODE.minus ||
  code === CODE.e ||
  code === CODE.E ||
  code === CODE.plus;
