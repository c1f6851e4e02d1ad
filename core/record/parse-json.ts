import type { Reason } from './reasons.ts';

/** A number by its source text: nothing is rounded on the way. */
export class JsonNumber {
  constructor(readonly text: string) {}
}
export type JsonObject = ReadonlyMap<string, JsonValue>;
export type JsonValue = string | JsonNumber | boolean | null | readonly JsonValue[] | JsonObject;

/** Nesting that an event may have; a contract's own nesting stays far below it. */
const DEEPEST = 64;

class Refusal extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

/**
 * Parses one event. Whether the text is JSON is the engine's own judgement; a second pass over the then known grammar keeps the
 * source text of numbers, sees keys twice, and makes maps, so that `__proto__` is a key like any other.
 */
export function parseEvent(text: string): { readonly event: JsonObject } | { readonly reason: Reason } {
  try {
    JSON.parse(text);
  } catch {
    return { reason: 'not-json' };
  }
  try {
    const event = new Reader(text).read();
    return event instanceof Map ? { event } : { reason: 'not-an-object' };
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason };
    throw error;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Reads a text that is known to be JSON. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  read(): JsonValue {
    return this.value(0);
  }

  private value(depth: number): JsonValue {
    if (depth > DEEPEST) throw new Refusal('too-deep');
    switch (this.next()) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        this.at += 4;
        return true;
      case 'f':
        this.at += 5;
        return false;
      case 'n':
        this.at += 4;
        return null;
      default:
        return this.number();
    }
  }

  /** The next character that is not white space. */
  private next(): string {
    let code = this.text.charCodeAt(this.at);
    while (code === 32 || code === 9 || code === 10 || code === 13) code = this.text.charCodeAt((this.at += 1));
    return this.text.charAt(this.at);
  }

  private object(depth: number): JsonObject {
    const entries = new Map<string, JsonValue>();
    this.at += 1;
    while (this.next() !== '}') {
      if (this.text.charAt(this.at) === ',') {
        this.at += 1;
        this.next();
      }
      const key = this.string();
      if (entries.has(key)) throw new Refusal('duplicate-key');
      this.next(); // the colon
      this.at += 1;
      entries.set(key, this.value(depth + 1));
    }
    this.at += 1;
    return entries;
  }

  private array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.at += 1;
    while (this.next() !== ']') {
      if (this.text.charAt(this.at) === ',') this.at += 1;
      items.push(this.value(depth + 1));
    }
    this.at += 1;
    return items;
  }

  private string(): string {
    const start = this.at;
    let escaped = false;
    this.at += 1;
    for (let code = this.text.charCodeAt(this.at); code !== QUOTE; code = this.text.charCodeAt(this.at)) {
      if (code === BACKSLASH) escaped = true;
      this.at += code === BACKSLASH ? 2 : 1;
    }
    this.at += 1;
    if (!escaped) return this.text.slice(start + 1, this.at - 1);
    const value = JSON.parse(this.text.slice(start, this.at)) as string;
    if (value.includes('\0') || !value.isWellFormed()) throw new Refusal('invalid-text'); // neither UTF-8 nor a table can hold it
    return value;
  }

  private number(): JsonNumber {
    const start = this.at;
    while ('+-.0123456789eE'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at += 1;
    return new JsonNumber(this.text.slice(start, this.at));
  }
}
