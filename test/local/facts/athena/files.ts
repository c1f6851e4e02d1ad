import type { PutOptions } from '../../../../local/s3/new-bucket.ts';
import type { FactTable } from '../fact.ts';
import type { Fixture, READER } from '../../athena/fixture.ts';
import { measured } from './sources.ts';
import { all, free, withAthena } from './with-athena.ts';

const EXTERNAL = "create external table h (n int) location 's3://lake/h/'";

/** What an execution has left under its id, by what follows the id. */
const left = (fixture: Fixture, id: string): readonly string[] =>
  fixture.keys('results').flatMap((key) => (key.includes(id) ? key.slice(key.indexOf(id) + id.length) : []));

/** The bytes of an object at an S3 address, hex. */
function bytes(fixture: Fixture, address: string): string {
  return Buffer.from(fixture.text(address), 'latin1').toString('hex');
}

const hex = (text: string): string => Buffer.from(text).toString('hex');

/** The files that queries leave. */
export const athenaFiles: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'the rows of a text result stand between line feeds, and none follows the last',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const { output } = await all(
            fixture,
            'create table a as select 1 as n',
            'create table b as select 1 as n',
            'show tables',
          );
          expect(fixture.text(output)).toBe('a\nb');
        }),
    },
    {
      says: 'a DDL statement without columns leaves an empty <id>.txt and no metadata; MSCK REPAIR TABLE leaves metadata of the id alone',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          for (const sql of [
            'create database d',
            'drop database d',
            EXTERNAL,
            'create view v as select 1 as n',
            'drop view v',
            'drop table h',
          ]) {
            const { id, output } = await free(fixture, sql);
            expect([sql, left(fixture, id), fixture.text(output)]).toEqual([sql, ['.txt'], '']);
          }
          const { id, output } = await free(fixture, 'msck repair table none');
          expect([left(fixture, id), bytes(fixture, `${output}.metadata`)]).toEqual([
            ['.txt', '.txt.metadata'],
            `0a24${hex(id)}`,
          ]);
        }),
    },
    {
      says: 'UpdateCount is there for queries and most of SHOW, as 0; DDL, EXPLAIN, and DESCRIBE and SHOW CREATE TABLE of a table of Hive have none',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          await free(fixture, EXTERNAL);
          const counted = ['select 1', 'show tables', 'show columns in h', 'show tblproperties h'];
          for (const sql of counted) expect([sql, (await free(fixture, sql)).updated]).toEqual([sql, 0]);
          const uncounted = [
            'explain select 1',
            'describe h',
            'show create table h',
            'msck repair table none',
            'create database d',
          ];
          for (const sql of uncounted) expect([sql, (await free(fixture, sql)).updated]).toEqual([sql, undefined]);
        }),
    },
    {
      says: 'files of the engine and of Hive are application/octet-stream; those of most of SHOW, of DDL and of a query of literals alone have the type of S3, binary/octet-stream',
      basis: 'observed',
      source: measured('result-files'),
      holds: () =>
        withAthena(async (fixture) => {
          const types = new Map<string, string>();
          const put = fixture.store.putObject.bind(fixture.store);
          Object.assign(fixture.store, {
            putObject: async (caller: typeof READER, bucket: string, key: string, body: Buffer, options: PutOptions) => {
              types.set(key, options.contentType ?? 'binary/octet-stream');
              await put(caller, bucket, key, body);
            },
          });
          const typeOf = async (sql: string) => {
            const { output } = await free(fixture, sql);
            return types.get(output.replace('s3://results/', ''));
          };
          await free(fixture, EXTERNAL);
          const engine = [
            'select 1 + 1',
            'select null',
            'select 1 where true',
            'select 1 union all select 2',
            '(select 1)',
            'select * from (values 1)',
            'explain select 1',
          ];
          const hive = ['describe h', 'show create table h', 'msck repair table none', 'drop table none'];
          for (const sql of [...engine, ...hive]) expect([sql, await typeOf(sql)]).toEqual([sql, 'application/octet-stream']);
          const plain = ["select 1, 'a'", 'select 1.5', 'select true', 'select -1', 'select (1) as i', '-- c\nselect 1'];
          for (const sql of [...plain, 'show tables', 'show columns in h', 'create database d'])
            expect([sql, await typeOf(sql)]).toEqual([sql, 'binary/octet-stream']);
        }),
    },
    {
      says: "metadata is a Protocol Buffers message: the engine's id in field 1, the kind of change in 2 and its count in 3, the columns in 4",
      basis: 'observed',
      source: measured('metadata'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await free(fixture, 'create table t as select 1 as n');
          const file = bytes(fixture, `s3://results/free/tables/${id}.metadata`);
          const rows = `0a04${hex('hive')}2204${hex('rows')}2a04${hex('rows')}3206${hex('bigint')}3813400048035000`;
          expect(Buffer.from(file.slice(0, 58), 'hex').toString()).toMatch(/^\n.\d{8}_\d{6}_\d{5}_[0-9a-f]{5}$/);
          expect(file.slice(58)).toBe(`120c${hex('CREATE TABLE')}18012222${rows}`);
        }),
    },
    {
      says: "a query of literals alone and DESCRIBE have the execution's id in their metadata, the former an empty kind and a count of 0 with it",
      basis: 'observed',
      source: measured('metadata'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id, output } = await all(fixture, EXTERNAL, 'select 1');
          expect(bytes(fixture, `${output}.metadata`).startsWith(`0a24${hex(id)}12001800`)).toBe(true);
          const described = await free(fixture, 'describe h');
          expect(bytes(fixture, `${described.output}.metadata`).startsWith(`0a24${hex(described.id)}22`)).toBe(true);
        }),
    },
    {
      says: 'a column tells precision (7), scale (8) and case (10) by its type, though they be 0: a date no precision, a boolean the case alone, an array none of them',
      basis: 'observed',
      source: measured('metadata'),
      holds: () =>
        withAthena(async (fixture) => {
          const told = async (sql: string) =>
            bytes(fixture, `${(await free(fixture, `select ${sql} as v`)).output}.metadata`).slice(-20);
          expect((await told('1 + 1')).slice(-16)).toBe('380a400048035000');
          expect((await told("date '2020-01-01'")).slice(-20)).toBe(`${hex('date')}400048035000`);
          expect((await told('1 = 1')).slice(-14)).toBe(`${hex('ean')}48035000`);
          expect((await told('array[1]')).slice(-10)).toBe(`${hex('ray')}4803`);
        }),
    },
  ],
};
