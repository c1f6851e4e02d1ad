import { literalPattern } from '../literal-pattern.ts';
import type { Schema } from './check-document.ts';
import { plainScalar } from './plain-scalar.ts';

/** Orders of keys that are known at once, and documents that are asked for another at most. */
const MOST_ORDERS = 4;
const MOST_LESSONS = 16;

/**
 * Finds documents that are rows as they stand: one object without white space, each key as its column is named, each value plain. It learns
 * the order of the keys from documents that the exact check took, and says nothing of any other document.
 */
export class PlainRows {
  private readonly known = new Map<string, RegExp>();
  private lessons = 0;

  constructor(private readonly schema: Schema) {}

  /** Where the document that begins at `from` ends, if it is a row; undefined where the exact check must tell. */
  endOf(text: string, from: number): number | undefined {
    for (const pattern of this.known.values()) {
      pattern.lastIndex = from;
      if (pattern.test(text)) return pattern.lastIndex;
    }
    return undefined;
  }

  /** Takes the order of keys from a document that the exact check made a row of. */
  learn(document: string): void {
    if (this.known.size === MOST_ORDERS || this.lessons === MOST_LESSONS) return;
    this.lessons += 1;
    const order = this.orderOf(Object.keys(JSON.parse(document) as object));
    const name = JSON.stringify(order);
    if (order !== undefined && !this.known.has(name)) this.known.set(name, this.patternOf(order));
  }

  /** All columns in a document's order, those that it lacks behind the one before them in the schema; undefined where it has another key. */
  private orderOf(keys: readonly string[]): readonly string[] | undefined {
    if (keys.length === 0 || keys.some((key) => !this.schema.has(key))) return undefined;
    const order = [...keys];
    let before: string | undefined;
    for (const column of this.schema.keys()) {
      if (!order.includes(column)) order.splice(before === undefined ? order.length : order.indexOf(before) + 1, 0, column);
      before = column;
    }
    return order;
  }

  /** The first key is in every document, each other one once at most: names differ, so that a search never tries two ways. */
  private patternOf(order: readonly string[]): RegExp {
    const members = order.map((column, index) => {
      const type = this.schema.get(column);
      const plain = type && plainScalar(type);
      const member = `${literalPattern(JSON.stringify(column))}:${plain === undefined ? 'null' : `(?:null|${plain})`}`;
      return index === 0 ? member : `(?:,${member})?`;
    });
    return new RegExp(`\\{${members.join('')}\\}`, 'y');
  }
}
