import { CommandError } from '../../../cli/command-error.ts';
import { withDatabases } from '../../../cli/platform/name-database.ts';
import { Fixture } from '../../local/athena/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.open();
  fixture.table('parcels', { id: 'string' });
  fixture.catalog.createDatabase({ name: 'other' });
  for (const database of ['db', 'other']) fixture.view('Orders', 'select 1 as n', { n: 'integer' }, database);
});
afterAll(() => {
  fixture.close();
});

/** What a person is told of a query that names no database. */
async function told(sql: string): Promise<string> {
  const ask = async (text: string): Promise<{ rows: (string | null)[][] }> => {
    const { state, reason, rows } = await fixture.run(text, { database: undefined });
    if (state !== 'SUCCEEDED') throw new CommandError('QueryFailed', reason ?? state);
    return { rows: rows.slice(1).map((row) => row.map((value) => value ?? null)) };
  };
  try {
    await ask(sql);
    return 'answered';
  } catch (error) {
    return String(await withDatabases(error, sql, ask));
  }
}

const ATHENA = 'Schema must be specified when session schema is not set';

test.each([
  ['select * from parcels', `MISSING_SCHEMA_NAME: line 1:15: ${ATHENA}; add '--database db'`],
  [
    'select 1 from db.parcels\njoin "ORDERS" on true',
    `MISSING_SCHEMA_NAME: line 2:6: ${ATHENA}; add '--database' with one of db, other`,
  ],
  ['select * from "it\'s"', `MISSING_SCHEMA_NAME: line 1:15: ${ATHENA}`],
  ['show tables', `MISSING_SCHEMA_NAME: ${ATHENA}`],
  ['select * from db.nothing', "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.nothing' does not exist"],
])('%s', async (sql, words) => {
  expect(await told(sql)).toBe(`CommandError: QueryFailed: ${words}`);
});

test('keeps to what Athena says where the catalog may not be listed', async () => {
  const failure = new CommandError('QueryFailed', `MISSING_SCHEMA_NAME: line 1:15: ${ATHENA}`);
  const refused = async (): Promise<never> => {
    throw new Error('AccessDeniedException');
  };
  expect(await withDatabases(failure, 'select * from parcels', refused)).toBe(failure);
});
