import { parseHiveType, type HiveField, type HiveType } from '../glue/hive-type.ts';
import type { GlueColumn } from '../glue/table.ts';
import { checkScalar, lossOf, type Scalar } from './check-scalar.ts';
import { endOfString } from './split-documents.ts';

/** A table's columns, read once. */
export type Schema = ReadonlyMap<string, HiveType>;

/** @throws RangeError for a type that is no Hive type */
export const schemaOf = (columns: readonly GlueColumn[]): Schema =>
  new Map(columns.map((column) => [column.Name.toLowerCase(), parseHiveType(column.Type ?? 'string')]));

export type Checked = { readonly row: string } | { readonly fault: string };

/** Nesting beyond which a document is refused rather than recursed into. */
const DEEPEST = 64;

/**
 * Judges one JSON object strictly against a schema. Keys match whatever their case; an attribute that the schema does not know vanishes,
 * as it does on AWS; a value that its column does not hold exactly is a fault, where the SerDe might coerce it.
 *
 * @returns the row as one line of JSON that holds the schema's columns alone, or a fault that names the column and never the value
 */
export function checkDocument(document: string, schema: Schema): Checked {
  try {
    JSON.parse(document);
  } catch {
    return { fault: 'the document is not JSON' };
  }
  try {
    return { row: new Reader(document).object(schema, '', 0) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

class Fault extends Error {}

const OPEN = new Set(['{', '[']);

/** Walks a text that is known to be JSON, and copies what the schema keeps. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  object(fields: Schema, path: string, depth: number): string {
    const seen = new Set<string>();
    let row = '';
    this.entries((key) => {
      const name = key.toLowerCase();
      const type = fields.get(name);
      if (type === undefined) {
        this.skip();
        return;
      }
      const column = path === '' ? name : `${path}.${name}`;
      if (seen.has(name)) throw new Fault(`column '${column}' has several values`);
      seen.add(name);
      row += `${row === '' ? '' : ','}${JSON.stringify(name)}:${this.value(type, column, depth + 1)}`;
    });
    return `{${row}}`;
  }

  private value(type: HiveType, column: string, depth: number): string {
    if (depth > DEEPEST) throw new Fault(`column '${column}' is nested too deep`);
    const first = this.next();
    if (first === 'n') {
      this.at += 4;
      return 'null';
    }
    switch (type.kind) {
      case 'array':
        return first === '[' ? this.array(type.element, column, depth) : this.refuse(column, type);
      case 'map':
        return first === '{' ? this.map(type, column, depth) : this.refuse(column, type);
      case 'struct':
        return first === '{' ? this.object(fieldsOf(type.fields), column, depth) : this.refuse(column, type);
      default:
        return OPEN.has(first) ? this.refuse(column, type) : this.leaf(type, column);
    }
  }

  private leaf(type: Scalar, column: string): string {
    const value = checkScalar(type, this.scalar()) ?? this.refuse(column, type);
    const loss = lossOf(type, value);
    if (loss !== undefined) throw new Fault(`column '${column}' ${loss}`);
    return value;
  }

  private array(element: HiveType, column: string, depth: number): string {
    const items: string[] = [];
    this.at += 1;
    for (let first = this.next(); first !== ']'; first = this.next()) {
      if (first === ',') this.at += 1;
      else items.push(this.value(element, column, depth + 1));
    }
    this.at += 1;
    return `[${items.join(',')}]`;
  }

  private map(type: Extract<HiveType, { kind: 'map' }>, column: string, depth: number): string {
    if (type.key.kind !== 'string') return this.refuse(column, type); // a JSON key is text: any other key would be a conversion
    const seen = new Set<string>();
    const items: string[] = [];
    this.entries((key) => {
      if (seen.has(key)) throw new Fault(`column '${column}' has a key several times`);
      seen.add(key);
      items.push(
        `${checkScalar({ kind: 'string' }, JSON.stringify(key)) ?? this.refuse(column, type)}:${this.value(type.value, column, depth + 1)}`,
      );
    });
    return `{${items.join(',')}}`;
  }

  /** Calls `visit` for each key of the object that begins here, with the reader standing before the key's value. */
  private entries(visit: (key: string) => void): void {
    this.next();
    this.at += 1;
    for (let first = this.next(); first !== '}'; first = this.next()) {
      if (first === ',') this.at += 1;
      else {
        const source = this.scalar();
        this.next(); // the colon
        this.at += 1;
        visit(source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1));
      }
    }
    this.at += 1;
  }

  /** The source text of the string, number or word that begins here. */
  private scalar(): string {
    const start = this.at;
    if (this.text.charAt(start) === '"') this.at = endOfString(this.text, start) + 1;
    else {
      let code = this.text.charCodeAt(this.at);
      // a number or a word ends before white space, a comma, or a closing bracket
      while (code > 32 && code !== 44 && code !== 93 && code !== 125) code = this.text.charCodeAt((this.at += 1));
    }
    return this.text.slice(start, this.at);
  }

  /** Passes over one value, however deep. */
  private skip(): void {
    let depth = 0;
    do {
      const first = this.next();
      if (first === '{' || first === '[') depth += 1;
      else if (first === '}' || first === ']') depth -= 1;
      if ('{}[],:'.includes(first)) this.at += 1;
      else this.scalar();
    } while (depth > 0);
  }

  /** The next character that is not white space. */
  private next(): string {
    let code = this.text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt((this.at += 1));
    return this.text.charAt(this.at);
  }

  private refuse(column: string, type: HiveType): never {
    throw new Fault(`column '${column}' does not hold its value exactly: it is ${type.kind}`);
  }
}

/** A struct's fields are looked up for every value of it: once is enough. */
const lookups = new WeakMap<readonly HiveField[], Schema>();

function fieldsOf(fields: readonly HiveField[]): Schema {
  const known = lookups.get(fields);
  if (known !== undefined) return known;
  const made = new Map(fields.map((field) => [field.name.toLowerCase(), field.type]));
  lookups.set(fields, made);
  return made;
}
