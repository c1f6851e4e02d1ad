import { READER } from '../../athena/fixture.ts';
import type { FactTable } from '../fact.ts';
import { measured } from './sources.ts';
import { all, call, free, refusalOf, withAthena } from './with-athena.ts';

const HIVE = "create external table h (n int) location 's3://lake/h/'";
const ICEBERG = "create table i (n int) location 's3://lake/i/' tblproperties ('table_type'='ICEBERG')";

interface Failed {
  readonly QueryExecution: {
    readonly SubstatementType: string;
    readonly Status: {
      readonly StateChangeReason: string;
      readonly AthenaError: { readonly ErrorCategory: number; readonly ErrorType: number; readonly ErrorMessage: string };
    };
  };
}

/** ALTER TABLE, and what Athena refuses of it by the kind of the table. */
export const athenaAltering: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'ALTER TABLE RENAME of a table of Hive fails, for Glue renames none, as 2/1006 with "Query type not supported by DDL engine." for an ErrorMessage',
      basis: 'observed',
      source: 'https://github.com/apache/hudi/issues/7532',
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await all(fixture, HIVE, 'alter table h rename to h2');
          const { QueryExecution: failed } = await call<Failed>(fixture, 'GetQueryExecution', { QueryExecutionId: id });
          expect(failed).toMatchObject({
            SubstatementType: 'ALTER_TABLE_RENAME',
            Status: {
              AthenaError: { ErrorCategory: 2, ErrorType: 1006, ErrorMessage: 'Query type not supported by DDL engine.' },
            },
          });
          expect(failed.Status.StateChangeReason).toMatch(
            /^FAILED: Execution Error, return code 1 from org\.apache\.hadoop\.hive\.ql\.exec\.DDLTask\. Table cannot be renamed \(Service: AmazonDataCatalog; Status Code: 400; Error Code: InvalidInputException; Request ID: [-\da-f]{36}; Proxy: null\)$/,
          );
          expect((await free(fixture, 'select n from h')).state).toBe('SUCCEEDED');
        }),
    },
    {
      says: 'ALTER TABLE RENAME gives an Iceberg table another name, and answers nothing',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const renamed = await all(fixture, ICEBERG, 'insert into i values 7', 'alter table i rename to j');
          expect([renamed.state, renamed.rows, fixture.text(renamed.output)]).toEqual(['SUCCEEDED', [], '']);
          expect((await free(fixture, 'select n from j')).rows).toEqual([['n'], ['7']]);
          expect((await free(fixture, 'select n from i')).reason).toMatch(/^TABLE_NOT_FOUND/);
          expect(fixture.catalog.tableFor(READER, 'db', 'j').StorageDescriptor?.Location).toBe('s3://lake/i');
        }),
    },
    {
      says: 'ALTER TABLE RENAME COLUMN is refused at its start: the word TO is missing',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, HIVE);
          expect(await refusalOf(free(fixture, 'ALTER TABLE h RENAME COLUMN n TO m'))).toEqual([
            'MALFORMED_QUERY',
            "line 1:22: missing 'TO' at 'COLUMN'",
          ]);
        }),
    },
    {
      says: 'ALTER TABLE DROP COLUMN fails on a table of Hive and on none, as 2/1006 at the place of COLUMN, which Hive counts from 0 and the ErrorMessage from 1',
      basis: 'observed',
      source: measured('statements'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, HIVE);
          for (const table of ['h', 'none']) {
            const { id } = await free(fixture, `ALTER TABLE ${table} DROP COLUMN n`);
            const { QueryExecution: failed } = await call<Failed>(fixture, 'GetQueryExecution', { QueryExecutionId: id });
            const at = 'ALTER TABLE  DROP '.length + table.length;
            expect(failed.Status).toMatchObject({
              StateChangeReason: `FAILED: ParseException line 1:${at} mismatched input 'COLUMN' expecting PARTITION near 'DROP' in drop partition statement`,
              AthenaError: {
                ErrorCategory: 2,
                ErrorType: 1006,
                ErrorMessage: `line 1:${at + 1}: mismatched input 'COLUMN' expecting 'PARTITION'`,
              },
            });
          }
        }),
    },
    {
      says: 'ADD PARTITION, DROP PARTITION and MSCK REPAIR TABLE of an Iceberg table fail as 2/1200 and leave no file: results could not be found',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, ICEBERG);
          for (const sql of [
            'alter table i add partition (n = 1)',
            'alter table i drop partition (n = 1)',
            'msck repair table i',
          ]) {
            const { id } = await free(fixture, sql);
            const { QueryExecution: failed } = await call<Failed>(fixture, 'GetQueryExecution', { QueryExecutionId: id });
            expect([failed.Status.StateChangeReason, failed.Status.AthenaError.ErrorType]).toEqual([
              'Query type not supported by Athena Iceberg at this time',
              1200,
            ]);
            expect(fixture.keys('results', `free/${id}`)).toEqual([]);
            if (sql.startsWith('alter'))
              expect(await refusalOf(call(fixture, 'GetQueryResults', { QueryExecutionId: id }))).toEqual([
                'RESULT_NOT_FOUND',
                'Could not find results',
              ]);
          }
        }),
    },
  ],
};
