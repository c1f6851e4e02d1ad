import { JsonNumber, type JsonValue } from '../../record/parse-json.ts';

/** Values longer than this identify nothing that people would name. */
const LONGEST_KEY = 256;
const ABSENT = -1;
const INTEGER = /^-?\d+$/;

/** The values of one column as numbers of their own, row by row: enough to count what repeats, alone or with other columns. */
class KeyColumn {
  readonly rows: number[] = [];
  complete = true;
  private readonly ids = new Map<string, number>();

  add(value: JsonValue | undefined): void {
    const text = value instanceof JsonNumber && INTEGER.test(value.text) ? value.text : value;
    if (typeof text !== 'string' || text.length > LONGEST_KEY) {
      this.complete = false;
      this.rows.push(ABSENT);
      return;
    }
    const id = this.ids.get(text) ?? this.ids.size;
    this.ids.set(text, id);
    this.rows.push(id);
  }

  get distinct(): number {
    return this.ids.size;
  }
}

/** Which columns identify a row. */
export class KeyTable {
  private readonly columns = new Map<string, KeyColumn>();
  private rows = 0;

  add(row: ReadonlyMap<string, JsonValue>): void {
    for (const [name, value] of row) {
      let column = this.columns.get(name);
      if (column === undefined) {
        this.columns.set(name, (column = new KeyColumn()));
        for (let missed = 0; missed < this.rows; missed += 1) column.add(undefined);
      }
      column.add(value);
    }
    this.rows += 1;
    for (const column of this.columns.values()) if (column.rows.length < this.rows) column.add(undefined);
  }

  /** Whether every row has a text or a whole number in the column. */
  isComplete(name: string): boolean {
    return this.columns.get(name)?.complete === true;
  }

  /** How many values the column has. */
  distinct(name: string): number {
    return this.columns.get(name)?.distinct ?? 0;
  }

  /** How many rows share their values of these columns with an earlier one. */
  repeats(names: readonly string[]): number {
    const columns = names.map((name) => this.columns.get(name)?.rows ?? []);
    const [only] = names;
    if (names.length === 1 && only !== undefined && this.isComplete(only)) return this.rows - this.distinct(only);
    const seen = new Set<string>();
    for (let row = 0; row < this.rows; row += 1) seen.add(columns.map((ids) => ids[row]).join('/'));
    return this.rows - seen.size;
  }
}
