import { curateWorkflow, type Folded } from '../../../core/curated/curate-workflow.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { runStateMachine, TaskError } from '../../support/asl/run-state-machine.ts';

const PLACE = { environment: 'dev', domain: 'energy', partition: 'aws', workGroup: 'folds' };
const fold = (dataset: string, everyHours: number): Folded => ({
  dataset,
  everyHours,
  since: `since ${dataset}`,
  merge: `merge ${dataset} from {since}`,
  expire: `expire ${dataset}`,
  optimize: `optimize ${dataset}`,
  vacuum: `vacuum ${dataset}`,
});
const FOLDS = [fold('hourly', 1), fold('sixth', 6), fold('daily', 24), fold('weekly', 168)];
const ID = '01234567-89ab-cdef-0123-456789abcdef';
const DAY_FOUND = { ResultSet: { Rows: [{ Data: [{ VarCharValue: 'since' }] }, { Data: [{ VarCharValue: '2026-03-01' }] }] } };

interface Asked {
  readonly QueryString?: string;
  readonly WorkGroup?: string;
  readonly QueryExecutionId?: string;
}

/** Runs the state machine on an Athena that answers everything, but for the statements that `fail` says something of. */
async function run(
  input: object,
  folds: readonly Folded[] = FOLDS,
  fail: (statement: string) => string | undefined = () => undefined,
) {
  const statements: string[] = [];
  const outcome = await runStateMachine(
    curateWorkflow(PLACE, folds),
    new SimulatedClock(Date.parse('2026-03-04T06:30:00Z')), // a Wednesday
    (resource, asked: Asked) => {
      if (resource === 'athena:getQueryResults') {
        expect(asked).toEqual({ QueryExecutionId: ID, MaxResults: 2 });
        return DAY_FOUND;
      }
      const { QueryString = '', ...rest } = asked;
      expect(rest).toEqual({ WorkGroup: 'folds' });
      const cause = fail(QueryString);
      if (cause !== undefined) throw new TaskError('States.TaskFailed', cause);
      statements.push(QueryString);
      return { QueryExecution: { QueryExecutionId: ID } };
    },
    input,
  );
  return { ...outcome, statements };
}

const folded = (...names: string[]) => names.flatMap((name) => [`since ${name}`, `merge ${name} from 2026-03-01`]).sort();
const tidied = (...names: string[]) => names.flatMap((name) => [`expire ${name}`, `optimize ${name}`, `vacuum ${name}`]).sort();

test.each<[string, object, string[]]>([
  ['the rule told an hour', { time: '2026-03-04T07:12:00Z' }, folded('hourly')],
  ['the rule told the sixth hour', { time: '2026-03-04T18:12:00Z' }, folded('hourly', 'sixth')],
  ['nobody told, and the execution began', {}, folded('hourly', 'sixth')],
  [
    'a day began',
    { time: '2026-03-04T00:12:00Z' },
    [...folded('hourly', 'sixth', 'daily'), ...tidied('hourly', 'sixth', 'daily')].sort(),
  ],
  [
    'a Sunday began',
    { time: '2026-03-08T00:12:00Z' },
    [...folded('hourly', 'sixth', 'daily', 'weekly'), ...tidied('hourly', 'sixth', 'daily', 'weekly')].sort(),
  ],
  ['somebody asked for two', { datasets: ['daily', 'weekly'] }, folded('daily', 'weekly')],
  ['somebody asked for one, by its name alone', { datasets: 'daily' }, folded('daily')],
  ['somebody asked to tidy', { datasets: ['weekly'], tidy: true }, [...folded('weekly'), ...tidied('weekly')].sort()],
  ['somebody asked for none', { datasets: [] }, []],
])('folds what is due when %s', async (_, input, statements) => {
  const ran = await run(input);
  expect({ status: ran.status, statements: [...ran.statements].sort() }).toEqual({ status: 'SUCCEEDED', statements });
});

test('one dataset is folded as several are, one statement after the other, and the outcome names it', async () => {
  const { statements, output } = await run({ datasets: ['daily'], tidy: true }, [fold('daily', 24)]);
  expect(statements).toEqual(['expire daily', 'since daily', 'merge daily from 2026-03-01', 'optimize daily', 'vacuum daily']);
  expect(output).toEqual({ folded: ['daily'], tidied: true });
});

test('folds anew what has arrived since a day that somebody names', async () => {
  const { statements } = await run({ datasets: ['daily'], since: '2026-01-31' });
  expect(statements).toEqual(['since daily', 'merge daily from 2026-01-31']);
});

test.each(['January', '2026-1-1', "2026-01-01' OR true", 20260101])(
  'fails with BadSince for %j before anything is folded',
  async (since) => {
    expect(await run({ datasets: ['daily'], since })).toMatchObject({ status: 'FAILED', error: 'BadSince', statements: [] });
  },
);

test('what is retained no longer goes though nothing can be folded', async () => {
  const ran = await run({ datasets: ['daily'], tidy: true }, FOLDS, (statement) =>
    statement.startsWith('merge') ? 'no' : undefined,
  );
  expect(ran).toMatchObject({ status: 'FAILED', statements: ['expire daily', 'since daily'] });
});

test('fails with UnknownDataset before anything is folded', async () => {
  const ran = await run({ datasets: ['daily', 'monthly'] });
  expect(ran).toMatchObject({
    status: 'FAILED',
    error: 'UnknownDataset',
    cause: "'datasets' must name datasets of energy that are folded here, got monthly; name some of hourly, sixth, daily, weekly",
    statements: [],
  });
});

const SECRET = 'Cannot cast jane@example.com';
test.each([
  ['a query', JSON.stringify({ QueryExecutionId: ID, Status: { StateChangeReason: SECRET } }), ID],
  ['what is no query', SECRET, 'unknown'],
])('fails with FoldFailed once the others are folded, and says %s by its id alone', async (_, cause, id) => {
  const ran = await run({ datasets: ['hourly', 'daily'] }, FOLDS, (statement) =>
    statement.startsWith('merge daily') ? cause : undefined,
  );
  expect(ran).toMatchObject({
    status: 'FAILED',
    error: 'FoldFailed',
    cause: `each dataset must fold, got 1 that did not: daily at Merge with States.TaskFailed (query ${id}); look the queries up in the workgroup, mend that, and the next fold brings in what is missing`,
  });
  expect(ran.statements).toContain('merge hourly from 2026-03-01');
  expect(JSON.stringify([ran.output, ran.cause, ran.error])).not.toContain('jane');
});

test('a table that has more to forget is folded: the next day goes on', async () => {
  const more = 'ICEBERG_VACUUM_MORE_RUNS_NEEDED: some files are left';
  const fails = (cause: string) => (statement: string) => (statement === 'vacuum daily' ? cause : undefined);
  const ran = await run({ datasets: ['daily', 'hourly'], tidy: true }, FOLDS, fails(more));
  expect(ran).toMatchObject({ status: 'SUCCEEDED', output: { folded: ['hourly', 'daily'], tidied: true } });
  const failed = await run({ datasets: ['daily', 'hourly'], tidy: true }, FOLDS, fails(`something else of ${SECRET}`));
  expect(failed).toMatchObject({ status: 'FAILED', error: 'FoldFailed' });
  expect(failed.cause).toMatch(
    /^each dataset must fold, got 1 that did not: daily at Vacuum with States\.TaskFailed \(query unknown\)/,
  );
});

test('a conflict passes: a statement that failed once is run again', async () => {
  let failures = 1;
  const ran = await run({ datasets: ['daily'] }, FOLDS, (statement) =>
    statement.startsWith('merge') && failures-- > 0 ? 'ICEBERG_COMMIT_ERROR' : undefined,
  );
  expect(ran).toMatchObject({ status: 'SUCCEEDED', statements: ['since daily', 'merge daily from 2026-03-01'] });
});
