import { createHash } from 'node:crypto';
import type { JsonObject } from '../../record/parse-json.ts';
import { KeyTable } from './key-table.ts';
import { SampleError } from './sample-error.ts';
import { MOST_FIELDS, ValueProfile } from './value-profile.ts';

/** A type that the sample's own format states, as Parquet does. */
export type DeclaredType =
  | { readonly kind: 'i32' | 'double' | 'map' | 'binary' | 'interval' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number };

/** Everything that was seen of one dataset's sample, row by row. */
export class SampleProfile {
  /** Rows that differ from each other. */
  rows = 0;
  /** Rows that are exact copies of an earlier one: producers send an event twice. They tell nothing of a key. */
  copies = 0;
  readonly columns = new Map<string, ValueProfile>();
  readonly declared = new Map<string, DeclaredType>();
  readonly keys = new KeyTable();
  private readonly seen = new Set<string>();

  /**
   * @param texts Whether all values are texts, as in CSV: numbers are to be read from them
   */
  constructor(readonly texts = false) {}

  /** @param text The row as it was written, which tells copies */
  add(row: JsonObject, text: string): void {
    const digest = createHash('sha256').update(text).digest('base64');
    if (this.seen.has(digest)) {
      this.copies += 1;
      return;
    }
    this.seen.add(digest);
    this.rows += 1;
    for (const [name, value] of row) this.column(name).add(value);
    this.keys.add(row);
  }

  private column(name: string): ValueProfile {
    let column = this.columns.get(name);
    if (column === undefined) this.columns.set(name, (column = new ValueProfile()));
    if (this.columns.size > MOST_FIELDS)
      throw new SampleError(
        'TooManyColumns',
        `a sample must have at most ${MOST_FIELDS} columns, got more; put what nobody lists beforehand into one column, as a map`,
      );
    return column;
  }
}
