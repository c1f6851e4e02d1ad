import { copyOrder, comesBefore } from '../contract/copy-order.ts';
import { glueColumns } from '../contract/glue-columns.ts';
import { quotedName } from '../contract/quoted-name.ts';
import { allRows } from '../contract/reader-view.ts';
import { curatedTableName } from '../naming.ts';
import type { DatasetWithReleases } from '../storage/dataset-past.ts';

/** What folds one dataset, as Athena takes it: each is run by itself. */
export interface FoldStatements {
  /** Asks for the first day of arrival that may hold what the table lacks: one row of one column, `yyyy-mm-dd`. */
  readonly since: string;
  /** Brings what arrived since that day into the table; `SINCE` stands for the day. */
  readonly merge: string;
  /** Deletes what the contract retains no longer. */
  readonly expire: string;
  /** Makes few files of many. */
  readonly optimize: string;
  /** Forgets old snapshots, and with them the files that no newer one needs. */
  readonly vacuum: string;
}

/** What a workflow puts the day in place of. */
export const SINCE = '{since}';

/** Before all days: an empty table is filled with all that readers may ask for. */
const EVER = '0001-01-01';

/**
 * The statements that keep one row for each key: the one that comes first in the order of copies, whatever arrived when. They may be run twice,
 * late, or beside each other, and the table comes to the same.
 *
 * @param slackDays Whole days by which an object may show up after the newest record in the table has arrived: how long a stream, or a delivery, keeps what it
 * could not deliver
 */
export function foldStatements(dataset: DatasetWithReleases, database: string, slackDays: number): FoldStatements {
  const table = `${database}.${curatedTableName(dataset.name)}`; // OPTIMIZE and VACUUM are documented without quotes, and neither name needs them
  return {
    since: `SELECT coalesce(date_format(max("_ingested_at") - interval '${slackDays}' day, '%Y-%m-%d'), '${EVER}') AS since FROM ${table}`,
    merge: mergeStatement(dataset, database, table),
    expire: `DELETE FROM ${table} WHERE "_ingested_at" < CAST(current_date - interval '${dataset.storage.retentionDays}' day AS timestamp)`,
    optimize: `OPTIMIZE ${table} REWRITE DATA USING BIN_PACK`,
    vacuum: `VACUUM ${table}`,
  };
}

/**
 * Of all that the view may show, and not of what it shows: copies are told apart by the key as any two events are, and of one id that came under two
 * keys each has its row, whatever came between.
 */
function mergeStatement(dataset: DatasetWithReleases, database: string, table: string): string {
  const columns = glueColumns(dataset).map(({ name }) => quotedName(name));
  const key = dataset.primaryKey.map(quotedName);
  const others = columns.filter((column) => !key.includes(column));
  return [
    `MERGE INTO ${table} AS kept`,
    `USING (`,
    `  SELECT ${columns.join(', ')}`,
    `  FROM (`,
    `    SELECT *, row_number() OVER (PARTITION BY ${key.join(', ')} ORDER BY ${copyOrder(dataset)}) AS "_place"`,
    `    FROM (`,
    allRows(dataset, database)
      .map((rows) => `${rows} AND dt >= '${SINCE}'`.replaceAll(/^/gm, '      '))
      .join('\n      UNION ALL\n'),
    `    ) AS stored`,
    `  ) AS placed`,
    `  WHERE "_place" = 1`,
    `) AS arrived`,
    `ON ${key.map((column) => `kept.${column} = arrived.${column}`).join(' AND ')}`,
    `WHEN MATCHED AND (${comesBefore(dataset, 'arrived', 'kept')})`,
    `  THEN UPDATE SET ${others.map((column) => `${column} = arrived.${column}`).join(', ')}`,
    `WHEN NOT MATCHED`,
    `  THEN INSERT (${columns.join(', ')}) VALUES (${columns.map((column) => `arrived.${column}`).join(', ')})`,
  ].join('\n');
}
