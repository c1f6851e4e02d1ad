import { ask, rowsByName, type NamedRow } from '../cli/platform/ask.ts';
import { ENVIRONMENT } from '../cli/platform/names.ts';
import type { DeployedDataset } from '../cli/platform/platform.ts';
import { databaseName, viewName } from '../core/naming.ts';
import { literal } from '../local/parquet/engine.ts';
import type { ParquetFiles } from './parquet-files.ts';
import type { SampleLake } from './sample-lake.ts';

/** Bytes that each question scans, by the question. */
export type Scanned = Readonly<Record<string, number>>;

const DAY_MS = 86_400_000;

/** One event of a dataset's fullest day. */
interface Sought {
  readonly day: string;
  readonly id: string;
  /** Value of the first column that makes the id. */
  readonly key: string;
  /** Day on which it happened. */
  readonly happened: string;
}

/** Asks one dataset for a day, and for one event, with more and less of what the platform offers to narrow a question. */
export async function scannedBytes(
  lake: SampleLake,
  { contract, cleanTable }: DeployedDataset,
  files: ParquetFiles,
): Promise<Scanned> {
  const { domain, name, columns, eventIdFields, eventTimeField } = contract;
  const answer = (sql: string) => ask(lake.analyst.athena, lake.workGroup, sql);
  const key = eventIdFields[0] ?? '_event_id';
  const sought = await seek(async (sql) => rowsByName(await answer(sql)), cleanTable, key, eventTimeField);

  const view = `"${databaseName(ENVIRONMENT, domain)}"."${viewName(name)}"`;
  const isEvent = `"_event_id" = ${literal(sought.id)}`;
  const arrived = `dt = ${literal(sought.day)}`;
  const next = new Date(Date.parse(sought.happened) + DAY_MS).toISOString().slice(0, 10);
  const happened = `"${eventTimeField}" >= timestamp '${sought.happened} 00:00:00' AND "${eventTimeField}" < timestamp '${next} 00:00:00'`;
  const questions: Readonly<Record<string, string>> = {
    'a day of arrival, by `dt`': `SELECT * FROM ${cleanTable} WHERE ${arrived}`,
    'the same of the view': `SELECT * FROM ${view} WHERE ${arrived}`,
    'one column of that day': `SELECT max("${eventTimeField}") AS latest FROM ${cleanTable} WHERE ${arrived}`,
    'one column of that day, of the view': `SELECT max("${eventTimeField}") AS latest FROM ${view} WHERE ${arrived}`,
    'a day by the time of the event, without `dt`': `SELECT * FROM ${cleanTable} WHERE ${happened}`,
    'an event, by `_event_id`': `SELECT * FROM ${cleanTable} WHERE ${isEvent}`,
    'the same, its number of copies alone': `SELECT count(*) AS copies FROM ${cleanTable} WHERE ${isEvent}`,
    'an event, by `_event_id` and `dt`': `SELECT * FROM ${cleanTable} WHERE ${isEvent} AND ${arrived}`,
  };
  const scanned: Record<string, number> = {};
  for (const [question, sql] of Object.entries(questions)) {
    const { rows, scannedBytes: bytes } = await answer(sql);
    if (rows.length === 0) throw new Error(`'${question}' of ${cleanTable} must have an answer, got no row`);
    scanned[question] = bytes;
  }
  const type = columns.some((column) => column.name === key && column.type.kind === 'integer') ? 'bigint' : 'varchar';
  scanned['not asked: row groups that may hold that `_event_id`'] = await files.bytesThatMayHold(
    '_event_id',
    sought.id,
    'varchar',
  );
  scanned['not asked: row groups that may hold its key column'] = await files.bytesThatMayHold(key, sought.key, type);
  return scanned;
}

/** The event in the middle of the fullest day's ids: statistics would exclude the first or the last too easily. */
async function seek(
  answer: (sql: string) => Promise<readonly NamedRow[]>,
  table: string,
  key: string,
  time: string,
): Promise<Sought> {
  const [fullest] = await answer(`SELECT dt, count(*) AS events FROM ${table} GROUP BY dt ORDER BY events DESC, dt LIMIT 1`);
  const day = valueOf(fullest, 'dt');
  const events = await answer(
    `SELECT "_event_id" AS id, "${key}" AS key, CAST(CAST("${time}" AS date) AS varchar) AS happened FROM ${table} WHERE dt = ${literal(day)} ORDER BY 1, 3`,
  );
  const event = events[Math.floor(events.length / 2)];
  return {
    day,
    id: valueOf(event, 'id'),
    key: valueOf(event, 'key'),
    happened: valueOf(event, 'happened'),
  };
}

function valueOf(row: NamedRow | undefined, column: string): string {
  const value = row?.[column];
  if (value === null || value === undefined) throw new Error(`'${column}' must have a value, got none`);
  return value;
}
