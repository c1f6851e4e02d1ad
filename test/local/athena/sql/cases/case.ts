/** What a query answers: one value, or rows of values; null is null. */
export type Answer = string | null | readonly (readonly (string | null)[])[];

/** One thing that Trino's documentation or its source says, or Athena's where Athena departs from it, with its address. */
export interface Case {
  /** A query, or an expression for `SELECT`. */
  readonly sql: string;
  /** As Athena writes values. */
  readonly gives: Answer;
  /** The type of the first column, as Trino writes it. */
  readonly type: string;
  readonly source: string;
}

/** A query that must fail, and how the failure begins. */
export interface FailingCase {
  readonly sql: string;
  readonly fails: string;
  readonly source: string;
}

const PAGES = 'https://trino.io/docs/current/';

/** Cases of one page, of Trino's documentation where no other address is given; a row is the query, its answer and its type. */
export const from = (page: string, rows: readonly (readonly [sql: string, gives: Answer, type: string])[]): readonly Case[] =>
  rows.map(([sql, gives, type]) => ({ sql, gives, type, source: new URL(page, PAGES).href }));

export const failing = (page: string, rows: readonly (readonly [sql: string, fails: string])[]): readonly FailingCase[] =>
  rows.map(([sql, fails]) => ({ sql, fails, source: new URL(page, PAGES).href }));
