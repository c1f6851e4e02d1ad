import { ServiceError, type JsonService } from '../../../../local/service.ts';
import { athenaIntegrations } from '../../../../local/step-functions/index.ts';
import { LAKE, runOnLake } from '../../step-functions/lake-platform.ts';
import { definition, pass, serviceOf, start, states, task, type Answer } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide } from './pages.ts';

const PAGE = guide('connect-athena');
const ACTIONS = ['StartQueryExecution', 'StopQueryExecution', 'GetQueryExecution', 'GetQueryResults'];
const ALLOWED = ACTIONS.map((action) => `athena:${action}`);
const QueryExecutionId = 'a1b2c3d4-5678-90ab-cdef-000000000000';

const athenaTask = (action: string, Arguments: object, rest: object = {}): Answer =>
  task({ Resource: `arn:aws:states:::athena:${action}`, Arguments, ...rest });
const query = (action: string, QueryString: string, rest: object = {}): Answer =>
  athenaTask(action, { QueryString, ResultConfiguration: { OutputLocation: `s3://${LAKE}/results/` } }, rest);

/** An Athena whose query ends when it is stopped, or not at all. */
function endlessAthena(answers: Readonly<Record<string, (asked: Answer) => object>> = {}) {
  const asked: string[] = [];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const service: JsonService = serviceOf('athena', {
    StartQueryExecution: () => ({ QueryExecutionId }),
    StopQueryExecution: () => (end(), {}),
    GetQueryExecution: () => ({ QueryExecution: { Status: { State: 'CANCELLED', SubmissionDateTime: start / 1000 } } }),
    ...answers,
  });
  const told = (operation: string): void => {
    asked.push(operation);
  };
  const operations = Object.fromEntries(
    Object.entries(service.operations).map(([name, run]) => [
      name,
      (...args: Parameters<typeof run>) => (told(name), run(...args)),
    ]),
  );
  return { asked, end, tasks: athenaIntegrations({ service: { ...service, operations }, settled: () => ended }) };
}

const denied = () => {
  throw new ServiceError('AccessDeniedException', 'not allowed');
};

/** Tasks that ask Athena by its own integration. */
export const stepFunctionsAthenaTasks: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'athena:startQueryExecution.sync answers the QueryExecution that has succeeded, its dates in milliseconds since the epoch',
      basis: 'observed',
      source:
        'https://github.com/aws-samples/step-functions-workflows-collection/tree/main/ingest-and-analyze-historical-storm-events',
      holds: async () => {
        const { status, output } = await runOnLake(definition({ Q: query('startQueryExecution.sync', 'SELECT 1') }), ALLOWED);
        expect(status).toBe('SUCCEEDED');
        expect(output).toMatchObject({
          QueryExecution: {
            Query: 'SELECT 1',
            Statistics: { DataScannedInBytes: 0 },
            Status: { State: 'SUCCEEDED', SubmissionDateTime: start, CompletionDateTime: start },
            WorkGroup: 'primary',
          },
        });
      },
    },
    {
      says: 'the id of the query is told by TaskSubmitted, before TaskSucceeded',
      basis: 'documented',
      source: api('TaskSubmittedEventDetails'),
      holds: async () => {
        const { events } = await runOnLake(definition({ Q: query('startQueryExecution.sync', 'SELECT 1') }), ALLOWED);
        expect(events.map(({ type }) => type).slice(2, 6)).toEqual([
          'TaskScheduled',
          'TaskStarted',
          'TaskSubmitted',
          'TaskSucceeded',
        ]);
        expect(events[4]?.taskSubmittedEventDetails).toMatchObject({
          resource: 'startQueryExecution.sync',
          resourceType: 'athena',
          output: expect.stringMatching(/^\{"QueryExecutionId":"[0-9a-f-]{36}"\}$/) as string,
        });
      },
    },
    {
      says: 'a query that fails fails .sync with States.TaskFailed',
      basis: 'documented',
      source: guide('concepts-error-handling'),
      holds: async () => {
        const machine = definition({ Q: query('startQueryExecution.sync', 'SELECT * FROM nowhere.nothing') });
        expect(await runOnLake(machine, ALLOWED)).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
      },
    },
    {
      says: 'the cause of a query that failed, or was stopped, is the JSON of its QueryExecution',
      basis: 'undecided',
      source: PAGE,
      holds: async () => {
        const { end, tasks } = endlessAthena();
        end();
        const { cause } = await states(definition({ Q: query('startQueryExecution.sync', 'SELECT 1') }), { tasks }).run();
        expect(JSON.parse(String(cause))).toEqual({
          QueryExecution: { Status: { State: 'CANCELLED', SubmissionDateTime: start } },
        });
      },
    },
    {
      says: 'startQueryExecution, getQueryExecution, getQueryResults and stopQueryExecution answer what the API does, and do not wait',
      basis: 'documented',
      source: PAGE,
      holds: async () => {
        const id = { QueryExecutionId: '{% $states.input.QueryExecutionId %}' };
        const kept = { Output: '{% $states.input %}' };
        const machine = definition({
          Q: query('startQueryExecution', 'SELECT 42 AS answer', { Next: 'W' }),
          W: { Type: 'Wait', Seconds: 5, Next: 'S' },
          S: athenaTask('stopQueryExecution', id, { Next: 'G', ...kept }),
          G: athenaTask('getQueryExecution', id, { Next: 'R', Assign: { state: '{% $states.result.QueryExecution.Status.State %}' } , ...kept }),
          R: athenaTask('getQueryResults', id, { Output: { rows: '{% $states.result.ResultSet.Rows.Data.VarCharValue %}', state: '{% $state %}' } }),
        }); // prettier-ignore
        const { events, ...ran } = await runOnLake(machine, ALLOWED);
        expect(ran).toMatchObject({ status: 'SUCCEEDED', output: { rows: ['answer', '42'], state: 'SUCCEEDED' } });
        expect(events.map(({ type }) => type)).not.toContain('TaskSubmitted');
      },
    },
    {
      says: 'the role needs athena:StartQueryExecution, and for .sync athena:GetQueryExecution',
      basis: 'documented',
      source: guide('athena-iam'),
      holds: async () => {
        const machine = definition({ Q: query('startQueryExecution.sync', 'SELECT 1') });
        for (const action of ['athena:StartQueryExecution', 'athena:GetQueryExecution'])
          expect(await runOnLake(machine, [...ALLOWED.filter((each) => each !== action), 'athena:GetWorkGroup'])).toMatchObject({
            status: 'FAILED',
            cause: expect.stringContaining(`is not authorized to perform: ${action}`) as string,
          });
      },
    },
    {
      says: 'what Athena refuses is Athena.InvalidRequestException, and what its model does not name Athena.AmazonAthenaException, of the service AmazonAthena',
      basis: 'documented',
      source:
        'https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services/athena/model/AmazonAthenaException.html',
      holds: async () => {
        const machine = definition({ Q: query('startQueryExecution', 'SELECT 1') });
        const refuse = () => {
          throw new ServiceError('InvalidRequestException', 'said so');
        };
        const refused = await states(machine, { tasks: endlessAthena({ StartQueryExecution: refuse }).tasks }).run();
        expect(refused.error).toBe('Athena.InvalidRequestException');
        expect(refused.cause).toMatch(
          /^said so \(Service: AmazonAthena; Status Code: 400; Error Code: InvalidRequestException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
        );
        const { error } = await states(machine, { tasks: endlessAthena({ StartQueryExecution: denied }).tasks }).run();
        expect(error).toBe('Athena.AmazonAthenaException');
      },
    },
    {
      says: 'a parameter that the API does not have is not supported by Step Functions',
      basis: 'documented',
      source: guide('connect-parameters'),
      holds: async () => {
        const machine = definition({ Q: athenaTask('startQueryExecution', { QueryString: 'SELECT 1', Priority: 1 }) });
        expect(await states(machine, { tasks: endlessAthena().tasks }).run()).toMatchObject({
          error: 'States.Runtime',
          cause: 'The field "Priority" is not supported by Step Functions',
        });
      },
    },
    {
      says: 'athena:startQueryExecution has no .waitForTaskToken, and the other three have no .sync',
      basis: 'documented',
      source: PAGE,
      holds: () => {
        const { tasks } = endlessAthena();
        for (const action of ['startQueryExecution.waitForTaskToken', 'getQueryResults.sync', 'stopQueryExecution.sync'])
          expect(() => states(definition({ Q: athenaTask(action, {}) }), { tasks })).toThrow(
            `athena:${action}' is not recognized`,
          );
      },
    },
    {
      says: 'a query that nobody waits for any more, for the execution was stopped, is stopped',
      basis: 'documented',
      source: `${guide('connect-to-resource')}#connect-sync`,
      holds: async () => {
        const { asked, tasks } = endlessAthena();
        const rig = states(definition({ Q: query('startQueryExecution.sync', 'SELECT 1', { Next: 'P' }), P: pass() }), { tasks });
        const executionArn = await rig.begin();
        const moved = rig.clock.advance(0);
        while (!(await rig.types(executionArn)).includes('TaskSubmitted')) await new Promise(setImmediate);
        await rig.send('StopExecution', { executionArn });
        await moved;
        expect(asked).toEqual(['StartQueryExecution', 'StopQueryExecution']);
        expect((await rig.types(executionArn)).at(-1)).toBe('ExecutionAborted');
      },
    },
  ],
};
