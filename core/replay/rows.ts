import * as z from 'zod';

/** What was found for one reason: `found` is `fixable`, `stillBad` and `before` together. */
export const rowShape = z.strictObject({
  reason: z.string(),
  /** Events, copies within one object left out. */
  found: z.number(),
  /** What the current contract accepts and no replay has put yet, this one included. */
  fixable: z.number(),
  /** What this run has put. */
  replayed: z.number(),
  stillBad: z.number(),
  /** What earlier runs have put. */
  before: z.number(),
});
export type Row = z.infer<typeof rowShape>;

export type Count = Exclude<keyof Row, 'reason'>;
export const COUNTS = ['found', 'fixable', 'replayed', 'stillBad', 'before'] as const satisfies readonly Count[];

export const emptyRow = (reason: string): Row => ({ reason, found: 0, fixable: 0, replayed: 0, stillBad: 0, before: 0 });

/** Adds rows of the same reason together, in the order in which reasons were met. */
export function addRows(...all: readonly (readonly Row[])[]): Row[] {
  const sums = new Map<string, Row>();
  for (const row of all.flat()) {
    const sum = sums.get(row.reason) ?? emptyRow(row.reason);
    sums.set(row.reason, {
      reason: row.reason,
      found: sum.found + row.found,
      fixable: sum.fixable + row.fixable,
      replayed: sum.replayed + row.replayed,
      stillBad: sum.stillBad + row.stillBad,
      before: sum.before + row.before,
    });
  }
  return [...sums.values()];
}

/** Counts as they grow. */
export class Tally {
  private readonly rows = new Map<string, { -readonly [Key in keyof Row]: Row[Key] }>();

  /** One event that was found. */
  count(reason: string, as: Exclude<Count, 'found' | 'replayed'>, events = 1): void {
    const row = this.rows.get(reason) ?? emptyRow(reason);
    row.found += events;
    row[as] += events;
    this.rows.set(reason, row);
  }

  /** Fixable events that were put. */
  replayed(reason: string, events: number): void {
    const row = this.rows.get(reason) ?? emptyRow(reason);
    row.replayed += events;
    this.rows.set(reason, row);
  }

  add(other: Tally): void {
    for (const row of addRows([...this.rows.values()], [...other.rows.values()])) this.rows.set(row.reason, row);
  }

  sum(count: Count): number {
    return [...this.rows.values()].reduce((sum, row) => sum + row[count], 0);
  }

  /** Rows that hold anything. */
  get list(): Row[] {
    return [...this.rows.values()].filter(({ found }) => found > 0);
  }
}
