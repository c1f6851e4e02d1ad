import { SUPPORTED, SUPPORTED_FUNCTIONS } from '../../../../local/athena/sql/supported.ts';
import { QueryError } from '../../../../local/athena/sql/query-error.ts';
import { parseStatement } from '../../../../local/athena/sql/syntax/statement.ts';
import { tokenize } from '../../../../local/athena/sql/syntax/token.ts';
import { translate } from '../../../../local/athena/sql/translator.ts';
import { CASES, FAILING_CASES } from './cases/index.ts';
import { ICEBERG_STATEMENTS } from './cases/iceberg-statements.ts';
import { STATEMENTS } from './cases/statements.ts';
import { TRINO_FUNCTIONS } from './trino-functions.ts';

const words = new Set(CASES.flatMap(({ sql }) => tokenize(sql).map((token) => token.value)));

test.each([...SUPPORTED_FUNCTIONS].sort())('%s has a case', (name) => {
  expect(words.has(name)).toBe(true);
});

test.each(SUPPORTED.statements)('the statement %s has a case', (kind) => {
  expect([...STATEMENTS, ...ICEBERG_STATEMENTS].some(([, statement]) => statement.kind === kind)).toBe(true);
});

test('the list is as long as it is said to be', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(150);
  expect(new Set(CASES.map(({ sql }) => sql)).size).toBe(CASES.length);
  expect(
    [...CASES, ...FAILING_CASES].every(({ source }) =>
      /^https:\/\/(trino\.io\/docs\/current\/[a-z/-]+\.html(#[a-z-]+)?|github\.com\/(?:trinodb\/trino|airlift\/airlift|FasterXML\/jackson-core)\/blob\/(?:jackson-core-)?[\d.]+\/.+|docs\.aws\.amazon\.com\/athena\/.+)$/.test(
        source,
      ),
    ),
  ).toBe(true);
});

const refused = TRINO_FUNCTIONS.filter((name) => !SUPPORTED_FUNCTIONS.has(name));

test.each(refused)('fails by name at %s, which Trino has and this runtime has not', (name) => {
  const run = (): unknown => {
    const statement = parseStatement(`select ${name}(1)`);
    if (statement.kind !== 'query') throw new Error('a query was expected');
    return translate(statement.query, { now: 0, relation: () => ({ sql: '', columns: [] }) });
  };
  expect(run).toThrow(QueryError);
  expect(run).toThrow(
    new RegExp(`^(FUNCTION_NOT_FOUND|NOT_SUPPORTED): line 1:8: .*'${name}' is not on the tested list of headwaters local$`),
  );
});

test('most of what Trino has runs', () => {
  expect(TRINO_FUNCTIONS.length - refused.length).toBeGreaterThan(250);
});
