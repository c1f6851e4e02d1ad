import { QueryError } from '../../../../local/athena/sql/query-error.ts';
import { classOf, STATEMENT_KINDS, type Statement } from '../../../../local/athena/sql/statement.ts';
import type { Expression, Relation } from '../../../../local/athena/sql/syntax/ast.ts';
import { partitionFieldOf } from '../../../../local/athena/sql/syntax/partitioning.ts';
import { countParameters, parseQuery, parseStatement } from '../../../../local/athena/sql/syntax/statement.ts';
import { translate } from '../../../../local/athena/sql/translator.ts';
import { ICEBERG_STATEMENTS, REFUSED_ICEBERG_STATEMENTS } from './cases/iceberg-statements.ts';
import { STATEMENTS } from './cases/statements.ts';

/** Enough of an expression to tell it by. */
function expression(value: Expression): string {
  switch (value.kind) {
    case 'identifier':
      return value.name;
    case 'literal':
      return value.type === 'string' ? `'${value.text}'` : value.text;
    case 'typed_literal':
      return `${value.type.name} '${value.text}'`;
    case 'field':
      return `${expression(value.base)}.${value.name}`;
    case 'binary':
      return `(${expression(value.left)} ${value.operator} ${expression(value.right)})`;
    case 'call':
      return `${value.name}(${value.args.map(expression).join(', ')})`;
    default:
      return value.kind;
  }
}

function relation(value: Relation): string {
  switch (value.kind) {
    case 'table':
      return value.name.parts.join('.') + (value.version ? ` ${value.version.kind} ${expression(value.version.value)}` : '');
    case 'aliased':
      return `${relation(value.relation)} as ${value.alias}`;
    case 'join':
      return `${relation(value.left)} ${value.type} join ${relation(value.right)}`;
    default:
      return `(${value.kind})`;
  }
}

/** A statement with expressions and relations as texts, and without the tree of a query. */
function told(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => told(item, name));
  if (typeof value !== 'object' || value === null) return value;
  if (['where', 'on', 'condition', 'values'].includes(name) || (name === 'value' && 'kind' in value))
    return expression(value as Expression);
  if (name === 'source') return relation(value as Relation);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (key === 'query' ? [] : [[key, told(member, key)]])),
  );
}

/** With a seven for each parameter, but for a statement that keeps its own. */
const read = (sql: string): Statement =>
  parseStatement(sql, sql.startsWith('prepare') ? [] : Array.from({ length: countParameters(sql) }, () => '7'));

test.each(ICEBERG_STATEMENTS.map(([sql, expected]) => [sql, expected] as const))('reads %s', (sql, expected) => {
  expect(told(read(sql))).toEqual(expected);
});

const failureOf = (run: () => unknown): string => {
  try {
    run();
    return 'nothing';
  } catch (error) {
    return error instanceof QueryError ? error.message : 'something else';
  }
};

test.each(REFUSED_ICEBERG_STATEMENTS)('fails at %s', (sql, fails) => {
  const failure = failureOf(() => {
    const statement = parseStatement(sql);
    if (statement.kind === 'query')
      translate(statement.query, { now: 0, database: 'db', relation: () => ({ sql: 't', columns: [] }) });
  });
  expect(failure.slice(0, fails.length)).toBe(fails);
});

test.each(STATEMENT_KINDS)('the statement %s is read in a case', (kind) => {
  expect([...STATEMENTS, ...ICEBERG_STATEMENTS].some(([, statement]) => statement.kind === kind)).toBe(true);
});

test.each([
  ['delete from t', 'DML', 'DELETE'],
  ['update t set a = 1', 'DML', 'UPDATE'],
  ['merge into t using s on true when matched then delete', 'DML', 'MERGE'],
  ["create table t (a int) tblproperties ('table_type'='ICEBERG')", 'DDL', 'CREATE_TABLE'],
  ['alter table t add columns (a int)', 'DDL', 'ALTER_TABLE_ADD_COLUMN'],
  ['alter table t drop column a', 'DDL', 'ALTER_TABLE_DROP_COLUMN'],
  ['alter table t change column a b int', 'DDL', 'ALTER_TABLE_CHANGE_COLUMN'],
  ["alter table t set tblproperties ('a'='b')", 'DDL', 'ALTER_TABLE_PROPERTIES'],
  ["alter table t unset tblproperties ('a')", 'DDL', 'ALTER_TABLE_UNSET_PROPERTIES'],
  ['optimize t rewrite data using bin_pack', 'DDL', 'CREATE_TABLE_AS_SELECT'],
  ['vacuum t', 'DML', 'VACUUM_TABLE'],
])('%s is a %s statement, %s', (sql, type, subtype) => {
  expect(classOf(parseStatement(sql))).toEqual({ type, subtype });
});

test.each([
  ['t for version as of 949530903748831860', 't version 949530903748831860'],
  ["t for timestamp as of timestamp '2020-01-01 10:00:00 UTC' as a", "t timestamp timestamp '2020-01-01 10:00:00 UTC' as a"],
  ["db.t FOR TIMESTAMP AS OF (current_timestamp - interval '1' day) a", 'db.t timestamp (current_timestamp() - interval) as a'],
  ['t for version as of 1 + 2 join s on true', 't version (1 + 2) inner join s'],
  ['(t for version as of 1)', 't version 1'],
])('reads a version in FROM %s', (from, expected) => {
  const { body } = parseQuery(`select 1 from ${from} where true`);
  expect(body.kind === 'select' && body.from.map(relation)).toEqual([expected]);
});

test('a table has no version unless it is asked for', () => {
  const { body } = parseQuery('select 1 from t');
  expect(body).toMatchObject({ from: [{ kind: 'table', name: { parts: ['t'] } }] });
  expect(JSON.stringify(body)).not.toContain('version');
});

test.each([
  ['category', { transform: 'identity', column: 'category' }],
  ['"a ""b"" c"', { transform: 'identity', column: 'a "b" c' }],
  ['YEAR(Ts)', { transform: 'year', column: 'ts' }],
  ['month(ts) ', { transform: 'month', column: 'ts' }],
  ['day("ts")', { transform: 'day', column: 'ts' }],
  ['hour(ts)', { transform: 'hour', column: 'ts' }],
  ['bucket(id, 16)', { transform: 'bucket', column: 'id', parameter: 16 }],
  ['truncate(name,3)', { transform: 'truncate', column: 'name', parameter: 3 }],
])('partitioning by %s', (text, expected) => {
  expect(partitionFieldOf(text)).toEqual(expected);
});

test.each(['', 'bucket(16, id)', 'bucket(id)', 'day(ts, 2)', 'void(a)', 'year()', 'a.b', ' a', 'a; b', '"a'])(
  "fails at partitioning by '%s'",
  (text) => {
    expect(failureOf(() => partitionFieldOf(text))).toBe(
      `INVALID_TABLE_PROPERTY: Unable to parse partitioning value: Invalid partition field declaration: ${text}`,
    );
  },
);

test('fails at partitioning by a quoted name with capitals, as Trino does', () => {
  expect(failureOf(() => partitionFieldOf('day("Ts")'))).toBe(
    'INVALID_TABLE_PROPERTY: Unable to parse partitioning value: Uppercase characters in identifier \'"Ts"\' are not supported.',
  );
});
