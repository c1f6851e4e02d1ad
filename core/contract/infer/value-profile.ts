import { JsonNumber, type JsonObject, type JsonValue } from '../../record/parse-json.ts';
import { NumberFacts } from './number-facts.ts';
import { isNumber, TextFacts } from './text-kinds.ts';

export type ValueKind = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** Distinct values that are remembered of one place: more are no closed list. */
const MOST_DISTINCT = 21;
const LONGEST_LISTED = 40;
/** Fields that are remembered of one place: an object with more is a map, or nothing that a table can hold. */
export const MOST_FIELDS = 256;

/** What has been seen at one place of the sample: a column, a field of an object, the items of an array. It keeps no values but short lists. */
export class ValueProfile {
  /** Values seen, nulls not counted. */
  count = 0;
  nulls = 0;
  readonly kinds = new Map<ValueKind, number>();
  readonly numbers = new NumberFacts();
  readonly texts = new TextFacts();
  /** Numbers that were written as texts, as in CSV. */
  readonly textNumbers = new NumberFacts();
  /** How often each short text was seen; undefined once they are too many or too long to be a closed list. */
  listed: Map<string, number> | undefined = new Map();
  fields: Map<string, ValueProfile> | undefined;
  /** Values of an object whatever their keys, without what lies within them: what a map would hold. */
  values: ValueProfile | undefined;
  items: ValueProfile | undefined;

  add(value: JsonValue): void {
    if (value === null) {
      this.nulls += 1;
      return;
    }
    const kind = kindOf(value);
    this.addFlat(kind, value);
    if (kind === 'array') {
      this.items ??= new ValueProfile();
      for (const item of value as readonly JsonValue[]) this.items.add(item);
    } else if (kind === 'object') {
      this.addObject(value as JsonObject);
    }
  }

  /** Whether an object was seen with more keys than are remembered. */
  get overflown(): boolean {
    return (this.fields?.size ?? 0) > MOST_FIELDS;
  }

  private addObject(object: JsonObject): void {
    this.fields ??= new Map();
    this.values ??= new ValueProfile();
    for (const [key, value] of object) {
      if (value === null) this.values.nulls += 1;
      else this.values.addFlat(kindOf(value), value);
      if (this.overflown) continue;
      let field = this.fields.get(key);
      if (field === undefined) this.fields.set(key, (field = new ValueProfile()));
      field.add(value);
    }
  }

  private addFlat(kind: ValueKind, value: JsonValue): void {
    this.count += 1;
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    if (value instanceof JsonNumber) this.numbers.add(value.text);
    if (typeof value !== 'string') return;
    this.texts.add(value);
    if (isNumber(value)) this.textNumbers.add(value);
    this.list(value);
  }

  private list(text: string): void {
    if (this.listed === undefined) return;
    this.listed.set(text, (this.listed.get(text) ?? 0) + 1);
    if (this.listed.size > MOST_DISTINCT || text.length > LONGEST_LISTED) this.listed = undefined;
  }
}

function kindOf(value: Exclude<JsonValue, null>): ValueKind {
  if (value instanceof JsonNumber) return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return value instanceof Map ? 'object' : 'array';
}
