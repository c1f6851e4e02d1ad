import { parseHiveType, type HiveField, type HiveType } from '../glue/hive-type.ts';
import type { GlueColumn } from '../glue/table.ts';
import { checkScalar, lossOf, type Scalar } from './check-scalar.ts';
import { Edits } from './edits.ts';
import { Fields, keyOf, type Field } from './fields.ts';
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
 * @returns the row as one line of JSON that holds the schema's columns alone, the document itself where it is one; or a fault that names the column and never the value
 */
export function checkDocument(document: string, schema: Schema): Checked {
  try {
    JSON.parse(document);
  } catch {
    return { fault: 'the document is not JSON' };
  }
  try {
    return { row: new Reader(document).row(schema) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

class Fault extends Error {}

/** Codes of characters, as the reader compares them. */
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
/** `n`, which only the word null begins with. */
const NULL = 110;
const OPEN = 123;
const CLOSE = 125;

/** Walks a text that is known to be JSON, and notes what keeps it from being a row. */
class Reader {
  private at = 0;
  private readonly edits: Edits;

  constructor(private readonly text: string) {
    this.edits = new Edits(text);
  }

  row(schema: Schema): string {
    this.next();
    this.object(fieldsOf(schema), '', 0);
    this.next();
    return this.edits.applied();
  }

  private object(fields: Fields, path: string, depth: number): void {
    const number = fields.begin();
    let before: Field | undefined;
    this.at += 1;
    /** Where the last member that is kept ends. */
    let end = this.at;
    for (let first = this.next(); first !== CLOSE; first = this.next()) {
      if (first === COMMA) {
        this.at += 1;
        continue;
      }
      const field = this.field(fields, before);
      if (field === undefined) {
        this.skip();
        if (before === undefined && this.next() === COMMA) this.at += 1; // the comma behind, where there is none before
        this.edits.remove(end, this.at);
        if (before === undefined) end = this.at;
        continue;
      }
      const column = path === '' ? field.name : `${path}.${field.name}`;
      if (field.seenIn === number) throw new Fault(`column '${column}' has several values`);
      field.seenIn = number;
      this.value(field.type, column, depth + 1);
      before = field;
      end = this.at;
    }
    this.at += 1;
  }

  /** The field of the key that begins here, if the schema has it; the reader stands behind its colon then. */
  private field(fields: Fields, before: Field | undefined): Field | undefined {
    const likely = before === undefined ? fields.first : before.next;
    if (likely !== undefined && this.text.startsWith(likely.label, this.at)) {
      this.at += likely.label.length;
      return likely;
    }
    const start = this.at;
    const source = this.key();
    const field = fields.find(source);
    if (field === undefined) return undefined;
    this.relabel(start, source, field.label);
    if (before === undefined) fields.first = field;
    else before.next = field;
    return field;
  }

  private value(type: HiveType, column: string, depth: number): void {
    if (depth > DEEPEST) throw new Fault(`column '${column}' is nested too deep`);
    const first = this.next();
    if (first === NULL) {
      this.at += 4;
      return;
    }
    switch (type.kind) {
      case 'array':
        if (first !== OPEN_LIST) this.refuse(column, type);
        this.array(type.element, column, depth);
        break;
      case 'map':
        if (first !== OPEN) this.refuse(column, type);
        this.map(type, column, depth);
        break;
      case 'struct':
        if (first !== OPEN) this.refuse(column, type);
        this.object(fieldsOf(type.fields), column, depth);
        break;
      default:
        if (first === OPEN || first === OPEN_LIST) this.refuse(column, type);
        this.leaf(type, column);
    }
  }

  private leaf(type: Scalar, column: string): void {
    const start = this.at;
    const source = this.scalar();
    const value = checkScalar(type, source) ?? this.refuse(column, type);
    const loss = lossOf(type, value);
    if (loss !== undefined) throw new Fault(`column '${column}' ${loss}`);
    if (value !== source) this.edits.replace(start, this.at, value);
  }

  private array(element: HiveType, column: string, depth: number): void {
    this.at += 1;
    for (let first = this.next(); first !== CLOSE_LIST; first = this.next()) {
      if (first === COMMA) this.at += 1;
      else this.value(element, column, depth + 1);
    }
    this.at += 1;
  }

  private map(type: Extract<HiveType, { kind: 'map' }>, column: string, depth: number): void {
    if (type.key.kind !== 'string') this.refuse(column, type); // a JSON key is text: any other key would be a conversion
    const seen = new Set<string>();
    this.at += 1;
    for (let first = this.next(); first !== CLOSE; first = this.next()) {
      if (first === COMMA) {
        this.at += 1;
        continue;
      }
      const start = this.at;
      const source = this.key();
      const key = keyOf(source);
      if (seen.has(key)) throw new Fault(`column '${column}' has a key several times`);
      seen.add(key);
      const label = checkScalar({ kind: 'string' }, JSON.stringify(key)) ?? this.refuse(column, type);
      this.relabel(start, source, `${label}:`);
      this.value(type.value, column, depth + 1);
    }
    this.at += 1;
  }

  /** Has a key stand as a row has it; the reader stands behind its colon. */
  private relabel(start: number, source: string, label: string): void {
    if (source.length + 1 !== label.length || !label.startsWith(source)) {
      this.edits.remove(start, this.at);
      this.edits.replace(this.at, this.at, label);
    }
  }

  /** The source text of the key that begins here; the reader stands before its value then. */
  private key(): string {
    const source = this.scalar();
    this.next(); // the colon
    this.at += 1;
    return source;
  }

  /** The source text of the string, number or word that begins here. */
  private scalar(): string {
    const start = this.at;
    if (this.text.charCodeAt(start) === QUOTE) this.at = endOfString(this.text, start) + 1;
    else {
      let code = this.text.charCodeAt(this.at);
      // a number or a word ends before white space, a comma, or a closing bracket
      while (code > 32 && code !== COMMA && code !== CLOSE_LIST && code !== CLOSE) code = this.text.charCodeAt((this.at += 1));
    }
    return this.text.slice(start, this.at);
  }

  /** Passes over one value, however deep. */
  private skip(): void {
    let depth = 0;
    do {
      const first = this.next();
      if (first === OPEN || first === OPEN_LIST) depth += 1;
      else if (first === CLOSE || first === CLOSE_LIST) depth -= 1;
      else if (first !== COMMA && first !== COLON) {
        this.scalar();
        continue;
      }
      this.at += 1;
    } while (depth > 0);
  }

  /** The code of the next character that is not white space; a row has none, and so no line break. */
  private next(): number {
    const start = this.at;
    let code = this.text.charCodeAt(start);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt((this.at += 1));
    if (this.at > start) this.edits.replace(start, this.at, '');
    return code;
  }

  private refuse(column: string, type: HiveType): never {
    throw new Fault(`column '${column}' does not hold its value exactly: it is ${type.kind}`);
  }
}

/** The fields of a schema or a struct are looked up for every value of it: once is enough. */
const lookups = new WeakMap<Schema | readonly HiveField[], Fields>();

function fieldsOf(fields: Schema | readonly HiveField[]): Fields {
  const known = lookups.get(fields);
  if (known !== undefined) return known;
  const types = 'get' in fields ? fields : fields.map(({ name, type }) => [name.toLowerCase(), type] as const);
  const made = new Fields(types);
  lookups.set(fields, made);
  return made;
}
