import { tableName } from '../naming.ts';
import { retentionClassOf } from '../storage/layout.ts';
import { glueColumns, trinoType } from './glue-columns.ts';
import type { DatasetContract } from './model.ts';

export interface ReaderView {
  /** Trino SQL over the base table of the same database. */
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Types that Trino can order by: copies of one event are told apart by content, never by arrival. */
const ORDERABLE = /^(string|boolean|date|timestamp|double|int|bigint|decimal\(.*)$/;

/**
 * What people read: one row for each event id within an arrival day, of the days that a query finds without a restore.
 * Athena skips archived objects without a word, so the bound stands in the view. Copies across midnight are folded in `curated`.
 */
export function readerView(dataset: DatasetContract): ReaderView {
  const columns = [...glueColumns(dataset).map(({ name, type }) => ({ name, type })), { name: 'dt', type: 'string' }];
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const { eventTimeField, sequenceField } = dataset;
  const rest = glueColumns(dataset)
    .filter(
      ({ name, type }) => name !== eventTimeField && name !== sequenceField && !name.startsWith('_') && ORDERABLE.test(type),
    )
    .map(({ name }) => name);
  const order = [eventTimeField, ...(sequenceField === undefined ? [] : [sequenceField]), ...rest]
    .map((name) => `${quoted(name)} DESC`)
    .join(', ');
  const sql = [
    `SELECT ${names}`,
    `FROM (`,
    `  SELECT *, row_number() OVER (PARTITION BY dt, "_event_id" ORDER BY ${order}) AS "_copy"`,
    `  FROM ${quoted(tableName(dataset.name))}`,
    `  WHERE dt >= date_format(current_date - interval '${retentionClassOf(dataset).queryableDays - 1}' day, '%Y-%m-%d')`,
    `) AS copies`,
    `WHERE "_copy" = 1`,
  ].join('\n');
  return { sql, columns: columns.map(({ name, type }) => ({ name, type: trinoType(type) })) };
}

const quoted = (name: string): string => `"${name}"`;
