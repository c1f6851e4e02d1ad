import { overJson } from '../../endpoint/over-json.ts';
import type { FactTable } from '../fact.ts';
import { READER } from '../../athena/fixture.ts';
import { measured } from './sources.ts';
import { call, refusalOf, withAthena } from './with-athena.ts';

const TOKEN = 'c'.repeat(32);

/** What Athena says where it does not take a request. */
export const athenaRefusals: FactTable = {
  service: 'Amazon Athena',
  facts: [
    {
      says: 'the body of an InvalidRequestException has a code, the same in AthenaErrorCode and ErrorCode, and its words in Message',
      basis: 'observed',
      source: measured('errors'),
      holds: () =>
        withAthena(async ({ athena }) => {
          const start = async (QueryString: string) =>
            overJson(
              athena.service,
              'StartQueryExecution',
              { QueryString, WorkGroup: 'readers', ClientRequestToken: TOKEN },
              READER,
            );
          await start('select 1');
          expect(await start('select 2')).toEqual({
            __type: 'InvalidRequestException',
            AthenaErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH',
            ErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH',
            Message: 'Idempotent parameters do not match',
          });
        }),
    },
    {
      says: 'an execution that there is not is refused with QUERY_EXECUTION_NOT_FOUND and its id',
      basis: 'observed',
      source: measured('query-results'),
      holds: () =>
        withAthena(async (fixture) => {
          expect(await refusalOf(call(fixture, 'GetQueryResults', { QueryExecutionId: 'none' }))).toEqual([
            'QUERY_EXECUTION_NOT_FOUND',
            'QueryExecution none was not found',
          ]);
        }),
    },
    {
      says: 'a workgroup that there is not is refused without its name, by GetWorkGroup as by StartQueryExecution',
      basis: 'observed',
      source: measured('work-groups'),
      holds: () =>
        withAthena(async (fixture) => {
          const refused = ['INVALID_INPUT', 'WorkGroup is not found.'];
          expect(await refusalOf(call(fixture, 'GetWorkGroup', { WorkGroup: 'none' }))).toEqual(refused);
          expect(await refusalOf(call(fixture, 'StartQueryExecution', { QueryString: 'select 1', WorkGroup: 'none' }))).toEqual(
            refused,
          );
        }),
    },
    {
      says: 'a workgroup without a description has an empty one in ListWorkGroups, and none in GetWorkGroup',
      basis: 'observed',
      source: measured('work-groups'),
      holds: () =>
        withAthena(async (fixture) => {
          const { WorkGroups } = await call<{ WorkGroups: readonly object[] }>(fixture, 'ListWorkGroups', {});
          expect(WorkGroups[0]).toMatchObject({ Name: 'free', Description: '' });
          const { WorkGroup } = await call<{ WorkGroup: object }>(fixture, 'GetWorkGroup', { WorkGroup: 'free' });
          expect(WorkGroup).not.toHaveProperty('Description');
        }),
    },
  ],
};
