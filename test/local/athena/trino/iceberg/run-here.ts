import { ServiceError } from '../../../../../local/service.ts';
import type { Fixture, Ran } from '../../fixture.ts';
import { inAthena } from './dialects.ts';
import type { Script } from './script.ts';

/** What is done by creating a table alone changes no file; of the rest, the ids and times in their order. */
const SNAPSHOTS = `select cast(snapshot_id as varchar), cast(committed_at as varchar) from "t$snapshots"
  where element_at(summary, 'changed-partition-count') <> '0' order by committed_at`;

const A_SECOND = 1000;

/** Runs a script in a database of its own. Each step has its second, so that snapshots have an order. */
export async function runHere(fixture: Fixture, script: Script, database: string): Promise<readonly Ran[]> {
  fixture.catalog.createDatabase({ name: database });
  const run = (sql: string): Promise<Ran> => fixture.run(sql, { workGroup: 'free', database }).catch(unread);
  const all: Ran[] = [];
  for (const step of script.steps) {
    await fixture.clock.advance(A_SECOND);
    const sql = inAthena(step, (table) => `s3://lake/${database}/${table}/`);
    all.push(await run(sql.includes('{') ? inFull(sql, (await run(SNAPSHOTS)).rows.slice(1)) : sql));
  }
  return all;
}

/** A text that cannot be read has no execution: Athena refuses it in Trino's words, less the name of the error. */
function unread(error: unknown): Ran {
  if (!(error instanceof ServiceError) || error.members['AthenaErrorCode'] !== 'MALFORMED_QUERY') throw error;
  const nothing = { id: '', output: '', manifest: undefined, scanned: 0, rows: [], columns: [], updated: 0 };
  return { ...nothing, state: 'REFUSED', reason: `SYNTAX_ERROR: ${error.message}` };
}

const inFull = (sql: string, snapshots: Ran['rows']): string =>
  sql.replaceAll(
    /\{(snapshot|time):(\d+)\}/g,
    (placeholder, of: string, place: string) => snapshots[Number(place) - 1]?.[of === 'snapshot' ? 0 : 1] ?? placeholder,
  );
