/** A Hive type as a Glue column names it. */
export type HiveType =
  | {
      readonly kind: PrimitiveKind;
      /** Characters that `varchar(n)` and `char(n)` hold, at most. */
      readonly length?: number;
      /** Whether a text is padded to its length: `char(n)`. */
      readonly padded?: true;
    }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: HiveType }
  | { readonly kind: 'map'; readonly key: HiveType; readonly value: HiveType }
  | { readonly kind: 'struct'; readonly fields: readonly HiveField[] };

export interface HiveField {
  readonly name: string;
  readonly type: HiveType;
}

const PRIMITIVES = {
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  string: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  binary: 'BLOB',
} as const;
export type PrimitiveKind = keyof typeof PRIMITIVES;

/** Hive's own default where a decimal names no precision. */
const DEFAULT_DECIMAL = { precision: 10, scale: 0 } as const;

const isPrimitive = (word: string): word is PrimitiveKind => Object.hasOwn(PRIMITIVES, word);

/**
 * Reads a Hive type string: `bigint`, `decimal(10,2)`, `array<struct<a:int,b:string>>`. `integer` is `int`; `varchar(n)` and `char(n)` are
 * strings with a length.
 *
 * @throws RangeError naming the type that cannot be read
 */
export function parseHiveType(text: string): HiveType {
  const reader = new Reader(text.toLowerCase().replaceAll(/\s+/g, ''), text);
  const type = reader.type();
  reader.end();
  return type;
}

/** The same type as DuckDB writes it. */
export function duckdbType(type: HiveType): string {
  switch (type.kind) {
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'array':
      return `${duckdbType(type.element)}[]`;
    case 'map':
      return `MAP(${duckdbType(type.key)},${duckdbType(type.value)})`;
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `"${field.name.replaceAll('"', '""')}" ${duckdbType(field.type)}`).join(',')})`;
    default:
      return PRIMITIVES[type.kind];
  }
}

class Reader {
  private at = 0;
  constructor(
    private readonly text: string,
    private readonly source: string,
  ) {}

  type(): HiveType {
    const word = this.match(/[a-z]+/y);
    if (isPrimitive(word)) return { kind: word };
    switch (word) {
      case 'integer':
        return { kind: 'int' };
      case 'varchar':
      case 'char':
        return {
          kind: 'string',
          length: Number(this.match(/\(\d+\)/y).slice(1, -1)),
          ...(word === 'char' && { padded: true }),
        };
      case 'decimal':
        return this.decimal();
      case 'array': {
        this.match(/</y);
        const element = this.type();
        this.match(/>/y);
        return { kind: 'array', element };
      }
      case 'map': {
        this.match(/</y);
        const key = this.type();
        this.match(/,/y);
        const value = this.type();
        this.match(/>/y);
        return { kind: 'map', key, value };
      }
      case 'struct':
        return this.struct();
      default:
        return this.fail();
    }
  }

  end(): void {
    if (this.at !== this.text.length) this.fail();
  }

  private decimal(): HiveType {
    if (this.text.charAt(this.at) !== '(') return { kind: 'decimal', ...DEFAULT_DECIMAL };
    const [precision = 0, scale = 0] = this.match(/\(\d+(,\d+)?\)/y)
      .slice(1, -1)
      .split(',')
      .map(Number);
    if (precision < 1 || precision > 38 || scale > precision) this.fail();
    return { kind: 'decimal', precision, scale };
  }

  private struct(): HiveType {
    this.match(/</y);
    const fields: HiveField[] = [];
    do {
      const name = this.match(/[^:<>,()]+/y);
      this.match(/:/y);
      fields.push({ name, type: this.type() });
    } while (this.skip(','));
    this.match(/>/y);
    return { kind: 'struct', fields };
  }

  private skip(character: string): boolean {
    if (this.text.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return this.fail();
    this.at += found.length;
    return found;
  }

  private fail(): never {
    throw new RangeError(
      `'${this.source}' is not a Hive type: use a primitive, decimal(p,s), array<…>, map<…,…> or struct<name:…>`,
    );
  }
}
