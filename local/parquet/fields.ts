import type { HiveType } from '../glue/hive-type.ts';

/** One column of a table, or one field of a struct. */
export interface Field {
  /** Lower case. */
  readonly name: string;
  /** The name and its colon, as a row has them. */
  readonly label: string;
  readonly type: HiveType;
  /** The number of the object that last held a value of it: tells a key that comes twice. */
  seenIn: number;
  /** The field that stood behind it last: that of the next object, most likely. */
  next: Field | undefined;
}

/** Source texts of keys that are remembered: a table has few, and data may bring any number of others. */
const MOST_KEYS = 4096;

/** The fields of a table or of a struct, found by the source text of a key, whatever its case. */
export class Fields {
  private readonly byName: ReadonlyMap<string, Field>;
  private readonly bySource = new Map<string, Field | undefined>();
  private objects = 0;
  /** The field that an object began with last. */
  first: Field | undefined;

  constructor(types: Iterable<readonly [string, HiveType]>) {
    this.byName = new Map(
      Array.from(types, ([name, type]) => [name, { name, label: `${JSON.stringify(name)}:`, type, seenIn: 0, next: undefined }]),
    );
  }

  /** The number of an object that begins now. */
  begin(): number {
    return (this.objects += 1);
  }

  /** The field that a key means, from its source text with quotes; undefined for one that the schema does not know. */
  find(source: string): Field | undefined {
    const known = this.bySource.get(source);
    if (known !== undefined || this.bySource.has(source)) return known;
    const field = this.byName.get(keyOf(source).toLowerCase());
    if (this.bySource.size < MOST_KEYS) this.bySource.set(source, field);
    return field;
  }
}

/** A key's text, from its source. */
export function keyOf(source: string): string {
  return source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1);
}
