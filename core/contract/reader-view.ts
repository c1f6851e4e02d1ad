import { tableName } from '../naming.ts';
import { pastClasses, pastTableName, versionsWithOtherIds, type DatasetWithReleases } from '../storage/dataset-past.ts';
import { retentionClassOf } from '../storage/layout.ts';
import { copyOrder } from './copy-order.ts';
import { glueColumns, trinoType } from './glue-columns.ts';
import { quotedName } from './quoted-name.ts';

export interface ReaderView {
  /** Trino SQL over the base tables of the same database. */
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * What people read: one row for each event id within an arrival day, of the days that a query finds without a restore.
 * Athena skips archived objects without a word, so the bound stands in the view. Copies across midnight are folded in `curated`.
 *
 * A dataset that lay elsewhere before is read there too, and ids that were made of other values are other ids (docs/adr/0025).
 */
export function readerView(dataset: DatasetWithReleases): ReaderView {
  const columns = [...glueColumns(dataset).map(({ name, type }) => ({ name, type })), { name: 'dt', type: 'string' }];
  const names = columns.map(({ name }) => quotedName(name)).join(', ');
  const identity = ['dt', '"_event_id"', ...identityTerm(versionsWithOtherIds(dataset))].join(', ');
  const places = placesOf(dataset, '');
  const sql = [
    `SELECT ${names}`,
    `FROM (`,
    `  SELECT *, row_number() OVER (PARTITION BY ${identity} ORDER BY ${copyOrder(dataset)}) AS "_copy"`,
    ...(places.length === 1
      ? places.map((place) => indented(2, place))
      : [
          `  FROM (`,
          places.map((place) => `    SELECT ${names}\n${indented(4, place)}`).join('\n    UNION ALL\n'),
          `  ) AS places`,
        ]),
    `) AS copies`,
    `WHERE "_copy" = 1`,
  ].join('\n');
  return { sql, columns: columns.map(({ name, type }) => ({ name, type: trinoType(type) })) };
}

/** The query of a view without the mention of some columns in its lists: what it asks apart from them. */
export const withoutColumns = (sql: string, names: readonly string[]): string =>
  names
    .map(quotedName)
    .reduce((text, mention) => text.replaceAll(`, ${mention}, `, ', ').replaceAll(`SELECT ${mention}, `, 'SELECT '), sql);

/**
 * Every row that the view may show, copies too: queries whose results are put together by UNION ALL.
 *
 * @param database Where the tables are
 */
export const allRows = (dataset: DatasetWithReleases, database: string): readonly string[] =>
  placesOf(dataset, `${database}.`).map((place) => {
    const names = [...glueColumns(dataset).map(({ name }) => name), 'dt'].map(quotedName).join(', ');
    return `SELECT ${names}\n${place}`;
  });

/** Each table with the days that it may be asked for; a shorter retention holds for what was written before it too. */
function placesOf(dataset: DatasetWithReleases, before: string): string[] {
  const { retentionDays } = dataset.storage;
  return [
    { table: tableName(dataset.name), days: retentionClassOf(dataset).queryableDays },
    ...pastClasses(dataset).map((retention) => ({
      table: pastTableName(dataset, retention),
      days: Math.min(retention.queryableDays, retentionDays),
    })),
  ].map(
    ({ table, days }) =>
      `FROM ${before}${quotedName(table)}\nWHERE dt >= date_format(current_date - interval '${days - 1}' day, '%Y-%m-%d')`,
  );
}

/** Two versions that make ids of other values may give two events one id. */
function identityTerm(otherIds: readonly (readonly string[])[]): string[] {
  if (otherIds.length === 0) return [];
  const cases = otherIds.map(
    (versions, index) =>
      `WHEN "_contract_version" IN (${versions.map((version) => `'${version}'`).join(', ')}) THEN ${index + 1}`,
  );
  return [`CASE ${cases.join(' ')} ELSE 0 END`];
}

const indented = (spaces: number, text: string): string => text.replaceAll(/^/gm, ' '.repeat(spaces));
