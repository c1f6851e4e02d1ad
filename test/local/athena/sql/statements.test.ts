import { classOf } from '../../../../local/athena/sql/statement.ts';
import { parseStatement } from '../../../../local/athena/sql/syntax/statement.ts';
import { countParameters } from '../../../../local/athena/sql/syntax/statement.ts';
import { translate } from '../../../../local/athena/sql/translator.ts';
import { REFUSED_STATEMENTS, STATEMENTS } from './cases/statements.ts';

/** A statement without the tree of its query. */
const told = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (key === 'query' ? [] : [[key, told(member)]])));
};

test.each(STATEMENTS.map(([sql, expected]) => [sql, expected] as const))('reads %s', (sql, expected) => {
  expect(told(parseStatement(sql))).toEqual(expected);
});

test.each(REFUSED_STATEMENTS)('fails at %s', (sql, fails) => {
  expect(failureOf(sql)).toContain(fails);
});

const failureOf = (sql: string): string => {
  try {
    const statement = parseStatement(sql);
    if (statement.kind === 'query')
      translate(statement.query, { now: 0, database: 'db', relation: () => ({ sql: 't', columns: [] }) });
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : 'something else';
  }
};

test.each([
  ['select 1', 'DML', 'SELECT'],
  ['insert into t select 1', 'DML', 'INSERT'],
  ['create table t as select 1', 'DDL', 'CREATE_TABLE_AS_SELECT'],
  ['show tables', 'UTILITY', 'SHOW_TABLES'],
  ['drop table t', 'DDL', 'DROP_TABLE'],
  ['explain select 1', 'DML', 'EXPLAIN'],
])('%s is a %s statement, %s', (sql, type, subtype) => {
  expect(classOf(parseStatement(sql))).toEqual({ type, subtype });
});

test('puts parameters where their marks are', () => {
  const statement = parseStatement("select ? || ?, '?'", ["'a'", "concat('b', 'c')"]);
  if (statement.kind !== 'query') throw new Error('a query was expected');
  expect(translate(statement.query, { now: 0, relation: () => ({ sql: '', columns: [] }) }).sql).toBe(
    "select ('a' || ('b' || 'c')) as c0, '?' as c1",
  );
});

test.each([
  ['select ?', [], 'expected 1 but found 0'],
  ['select ?', ['1', '2'], 'expected 1 but found 2'],
  ['select 1', ['1'], 'expected 0 but found 1'],
])('fails when %s is given %j', (sql, parameters, words) => {
  expect(() => parseStatement(sql, parameters)).toThrow(
    `INVALID_PARAMETER_USAGE: line 1:${sql === 'select ?' && parameters.length === 0 ? 8 : 1}: Incorrect number of parameters: ${words}`,
  );
});

test('counts parameters, not question marks in texts and remarks', () => {
  expect(countParameters('select ?, \'?\', "?" -- ?\n from t where a = ?')).toBe(2);
});
