import type { Step } from './json-path.ts';
import type { JsonMember, JsonValue } from './json-text.ts';

const NULL: JsonValue = { is: 'null' };
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|\u007f|[\u0080-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SPACE = /[ \t\n\r]*/y;
/** Levels of nesting that are read. */
const DEEPEST = 500;

/** Reads JSON from the start of a text, and no further than it must: what follows may be anything. */
export class JsonReader {
  private at = 0;
  /** Whether an array or an object has begun. */
  private inside = false;

  constructor(private readonly text: string) {}

  /** The next value; undefined where there is none. */
  value(depth = 0): JsonValue | undefined {
    if (depth > DEEPEST) return undefined;
    if (this.symbol('{')) return this.object(depth);
    if (this.symbol('[')) return this.array(depth);
    const text = this.string();
    if (text !== undefined) return { is: 'string', value: text };
    const number = this.match(NUMBER);
    // one that is no part of anything must have an end
    if (number !== undefined) return this.inside || this.parted() ? { is: 'number', text: number } : undefined;
    return (
      this.word('true', { is: 'boolean', value: true }) ??
      this.word('false', { is: 'boolean', value: false }) ??
      this.word('null', NULL)
    );
  }

  /** What lies at the end of a path; of members with one name the first. */
  find([step, ...rest]: readonly Step[]): JsonValue | undefined {
    if (step === undefined) return this.value();
    const found = this.symbol('{') ? this.toMember(step.name) : this.symbol('[') && this.toItem(step.index);
    return found ? this.find(rest) : undefined;
  }

  /** The items of an array one by one; one that cannot be read is undefined, and the last. */
  *items(depth = 0): Generator<JsonValue | undefined, void, void> {
    if (this.symbol(']')) return;
    do {
      const item = this.value(depth + 1);
      yield item;
      if (item === undefined) return;
    } while (this.symbol(','));
    if (!this.symbol(']')) yield undefined;
  }

  /** Whether a symbol comes next, which is taken then. */
  symbol(character: string): boolean {
    this.space();
    if (this.text.charAt(this.at) !== character) return false;
    this.at += 1;
    this.inside ||= character === '[' || character === '{';
    return true;
  }

  private parted(): boolean {
    return /^[ \t\n\r]?$/.test(this.text.charAt(this.at));
  }

  ends(): boolean {
    this.space();
    return this.at === this.text.length;
  }

  private array(depth: number): JsonValue | undefined {
    const items: JsonValue[] = [];
    for (const item of this.items(depth)) {
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { is: 'array', items };
  }

  private object(depth: number): JsonValue | undefined {
    const members: JsonMember[] = [];
    if (this.symbol('}')) return { is: 'object', members };
    do {
      const name = this.name();
      const item = name === undefined ? undefined : this.value(depth + 1);
      if (name === undefined || item === undefined) return undefined;
      members.push([name, item]);
    } while (this.symbol(','));
    return this.symbol('}') ? { is: 'object', members } : undefined;
  }

  private toMember(wanted: string): boolean {
    do {
      const name = this.name();
      if (name === undefined || name === wanted) return name === wanted;
      if (this.value() === undefined) return false;
    } while (this.symbol(','));
    return false;
  }

  private toItem(wanted: number): boolean {
    for (let index = 0; !this.symbol(']'); index += 1) {
      if (index > 0 && !this.symbol(',')) return false;
      if (index === wanted) return true;
      if (this.value() === undefined) return false;
    }
    return false;
  }

  private name(): string | undefined {
    const name = this.string();
    return name !== undefined && this.symbol(':') ? name : undefined;
  }

  private string(): string | undefined {
    this.space();
    const found = this.match(STRING);
    return found === undefined ? undefined : (JSON.parse(found) as string);
  }

  private word(name: string, value: JsonValue): JsonValue | undefined {
    if (!this.text.startsWith(name, this.at)) return undefined;
    this.at += name.length;
    if (/^[\p{L}\p{N}_$]/u.test(this.text.charAt(this.at))) return undefined;
    return this.inside || this.parted() ? value : undefined;
  }

  private match(rule: RegExp): string | undefined {
    rule.lastIndex = this.at;
    const found = rule.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }
}
