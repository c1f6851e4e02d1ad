import type { FactTable } from '../fact.ts';
import { measured } from './sources.ts';
import { call, refusalOf, withAthena } from './with-athena.ts';

interface Page {
  readonly ResultSet: { readonly Rows: readonly object[] };
  readonly NextToken?: string;
}

const INVALID = 'INVALID_INPUT';
const rule = (member: string, words: string): string =>
  `Value at '${member}' failed to satisfy constraint: Member must have ${words}`;

/** GetQueryResults and lists, page by page. */
export const athenaPaging: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'a full page of GetQueryResults has a NextToken though nothing follows: the page after it is empty and has none',
      basis: 'observed',
      source: 'https://github.com/aoyagikouhei/athena-local/blob/main/docs/caveats.md',
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select * from (values 1, 2, 3, 4, 5) as t(n)');
          const page = (NextToken?: string) =>
            call<Page>(fixture, 'GetQueryResults', { QueryExecutionId: id, MaxResults: 6, NextToken });
          const first = await page();
          expect(first.ResultSet.Rows).toHaveLength(6);
          const second = await page(first.NextToken);
          expect([second.ResultSet.Rows, second.NextToken]).toEqual([[], undefined]);
        }),
    },
    {
      says: 'GetQueryResults is refused by its model first, all at once; then for the id, for more than 1,000 rows, for the state, and for a token that is none',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run('select 1');
          const { id: failed } = await fixture.run('select none');
          const refused = async (QueryExecutionId: string, more: object) =>
            refusalOf(call(fixture, 'GetQueryResults', { QueryExecutionId, ...more }));
          const token = rule('nextToken', 'length greater than or equal to 1');
          const least = rule('maxResults', 'value greater than or equal to 1');
          expect(await refused('none', { MaxResults: 0 })).toEqual([INVALID, `1 validation error detected: ${least}`]);
          expect(await refused('none', { MaxResults: 0, NextToken: '' })).toEqual([
            INVALID,
            `2 validation errors detected: ${token}; ${least}`,
          ]);
          const most = rule('maxResults', 'value less than or equal to 100000');
          expect(await refused(id, { MaxResults: 100_001 })).toEqual([INVALID, `1 validation error detected: ${most}`]);
          expect(await refused('none', { MaxResults: 1001 })).toEqual([
            'QUERY_EXECUTION_NOT_FOUND',
            'QueryExecution none was not found',
          ]);
          expect(await refused(failed, { MaxResults: 1001 })).toEqual([
            INVALID,
            'MaxResults is more than maximum allowed length 1000',
          ]);
          expect(await refused(failed, { NextToken: 'x' })).toEqual([
            'INVALID_QUERY_EXECUTION_STATE',
            'Query did not finish successfully. Final query state: FAILED',
          ]);
          expect(await refused(id, { NextToken: 'x' })).toEqual([INVALID, 'Malformed nextPageToken x']);
        }),
    },
    {
      says: 'a result without rows passes a NextToken over',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          const { id } = await fixture.run("show tables 'none'");
          expect(await call(fixture, 'GetQueryResults', { QueryExecutionId: id, NextToken: 'x' })).toMatchObject({
            ResultSet: { Rows: [] },
          });
        }),
    },
    {
      says: 'ListWorkGroups gives at most 50 by its model, and says of a token that is none that it is malformed',
      basis: 'observed',
      source: measured('work-groups'),
      holds: () =>
        withAthena(async (fixture) => {
          const refused = async (input: Readonly<Record<string, unknown>>) => refusalOf(call(fixture, 'ListWorkGroups', input));
          const most = rule('maxResults', 'value less than or equal to 50');
          expect(await refused({ MaxResults: 51 })).toEqual([INVALID, `1 validation error detected: ${most}`]);
          expect(await refused({ NextToken: 'x' })).toEqual([INVALID, 'The nextPageToken is malformed: x']);
        }),
    },
  ],
};
