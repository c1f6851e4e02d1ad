import { choose, literal, query, type State, type StateMachineDefinition, type States } from '../aws/asl.ts';
import { SINCE, type FoldStatements } from './fold-statements.ts';

/** Where the workflow runs. */
export interface CuratePlace {
  readonly environment: string;
  readonly domain: string;
  readonly partition: string;
  /** Athena's workgroup that the statements run in. */
  readonly workGroup: string;
}

/** A dataset with what folds it. */
export interface Folded extends FoldStatements {
  readonly dataset: string;
  /** Hours from one fold to the next: a divisor of 24, or a week. */
  readonly everyHours: number;
}

/** Datasets that are folded at once: Athena runs some twenty statements of an account beside each other in its smaller regions. */
const AT_ONCE = 4;
/** Seconds: what Athena lets a statement run, and what it waits in a queue. @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const LONGEST_STATEMENT = 3600;
/** Seconds: two rounds of four datasets, five statements each. */
const LONGEST_RUN = 12 * 3600;
const HOUR_MS = 3_600_000;
/** From the Sunday before 1970, which began on a Thursday: a week of folds is counted from a Sunday. */
const HOURS_FROM_SUNDAY = 4 * 24;
/** Characters of the id of a query: a UUID. */
const ID = 36;

/** Each statement may be run again: a conflict of two commits passes, and so does a queue that is full. */
const RETRY = [
  {
    ErrorEquals: ['Athena.TooManyRequestsException'], // statements of others that wait count too
    IntervalSeconds: 30,
    BackoffRate: 1.5,
    MaxDelaySeconds: 300,
    MaxAttempts: 8,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxAttempts: 4,
    JitterStrategy: 'FULL',
  },
] as const;

/** Athena's own words quote values, so nothing but the query's id is told of them: who may see it reads the rest there. */
const FAILED_QUERY = `( $cause := $string($states.errorOutput.Cause);
  $contains($cause, "QueryExecutionId") ? $substring($substringAfter($substringAfter($cause, ${literal('QueryExecutionId"')}), ${literal('"')}), 0, ${ID}) : "unknown" )`;

const failure = (step: string) =>
  [
    {
      ErrorEquals: ['States.ALL'],
      Output: {
        dataset: query('$fold.dataset'),
        step,
        error: query('$states.errorOutput.Error'),
        query: query(FAILED_QUERY),
      },
      Next: 'Failed',
    },
  ] as const;

/**
 * A table with more to forget than one VACUUM can says so by failing: each has got somewhere, and the next day goes on.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/vacuum-statement.html
 */
const [VACUUM_FAILED] = failure('Vacuum');
const MORE_TO_VACUUM = {
  ...VACUUM_FAILED,
  Assign: {
    vacuumed: query('$contains($string($states.errorOutput.Cause), "ICEBERG_VACUUM_MORE_RUNS_NEEDED")'),
    trouble: VACUUM_FAILED.Output,
  },
  Output: {},
  Next: 'IsVacuumed',
};

/** Runs one statement to its end. */
const run = (
  { partition, workGroup }: CuratePlace,
  { step, statement, next, ...rest }: Readonly<Record<'step' | 'statement' | 'next', string>> & Readonly<Record<string, unknown>>,
): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::athena:startQueryExecution.sync`,
  Arguments: { QueryString: query(statement), WorkGroup: workGroup },
  TimeoutSeconds: LONGEST_STATEMENT,
  Retry: RETRY,
  Catch: failure(step),
  Output: {},
  ...rest,
  Next: next,
});

/**
 * Folds one dataset, and tidies its table where that is due. What the contract retains no longer goes first: it must go also where nothing can be folded.
 */
const foldOne = (place: CuratePlace): States => ({
  StartAt: 'TakeFold',
  States: {
    TakeFold: { Type: 'Pass', Assign: { fold: query('$states.input') }, Output: {}, Next: 'IsExpiryDue' },
    IsExpiryDue: choose([['$tidies', 'Expire']], 'FindSince'),
    Expire: run(place, { step: 'Expire', statement: '$fold.expire', next: 'FindSince' }),
    FindSince: run(place, {
      step: 'FindSince',
      statement: '$fold.since',
      next: 'ReadSince',
      Assign: { found: query('$states.result.QueryExecution.QueryExecutionId') },
    }),
    ReadSince: {
      Type: 'Task',
      Resource: `arn:${place.partition}:states:::athena:getQueryResults`,
      Arguments: { QueryExecutionId: query('$found'), MaxResults: 2 },
      TimeoutSeconds: 60,
      Retry: RETRY,
      Catch: failure('ReadSince'),
      Assign: { since: query('$states.result.ResultSet.Rows[1].Data[0].VarCharValue') }, // after the row of names
      Output: {},
      Next: 'Merge',
    },
    Merge: run(place, {
      step: 'Merge',
      statement: `$replace($fold.merge, ${literal(SINCE)}, $from = "" ? $since : $from)`,
      next: 'IsTidyingDue',
    }),
    IsTidyingDue: choose([['$tidies', 'Optimize']], 'Folded'),
    Optimize: run(place, { step: 'Optimize', statement: '$fold.optimize', next: 'Vacuum' }),
    Vacuum: run(place, { step: 'Vacuum', statement: '$fold.vacuum', next: 'Folded', Catch: [MORE_TO_VACUUM] }),
    IsVacuumed: choose([['$vacuumed', 'Folded']], 'VacuumFailed'),
    VacuumFailed: { Type: 'Pass', Output: query('$trouble'), Next: 'Failed' },
    Folded: { Type: 'Pass', Output: { dataset: query('$fold.dataset') }, End: true },
    Failed: { Type: 'Pass', End: true },
  },
});

const TOLD = '$join($failures.(dataset & " at " & step & " with " & error & " (query " & query & ")"), ", ")';

/**
 * Folds the datasets of a domain that are due at the hour it is started for: those that `datasets` of its input names, else by the schedule. The
 * first fold of a day tidies the tables too; `"tidy": true` asks for that with `datasets`. `"since": "2026-03-01"` folds all that has arrived since then anew. A dataset that fails leaves the others alone, and the execution fails at its end.
 */
export const curateWorkflow = (place: CuratePlace, datasets: readonly Folded[]): StateMachineDefinition => ({
  Comment: `Folds events of ${place.domain} in ${place.environment} into one row for each key. {"datasets": ["…"]} folds these now.`,
  QueryLanguage: 'JSONata',
  StartAt: 'ReadInput',
  TimeoutSeconds: LONGEST_RUN,
  States: {
    ReadInput: {
      Type: 'Pass',
      Assign: {
        folds: datasets,
        isAsked: query('$exists($states.input.datasets)'),
        asked: query('$exists($states.input.datasets) ? $append([], $states.input.datasets) : []'),
        tidy: query('$exists($states.input.tidy) and $states.input.tidy = true'),
        from: query('$exists($states.input.since) ? $string($states.input.since) : ""'),
        // a rule tells the minute it was due at, and may be late
        hours: query(
          `$floor($toMillis($exists($states.input.time) ? $states.input.time : $states.context.Execution.StartTime) / ${HOUR_MS}) + ${HOURS_FROM_SUNDAY}`,
        ),
      },
      Output: {},
      Next: 'ChooseDue',
    },
    ChooseDue: {
      Type: 'Pass',
      Assign: {
        strangers: query('[$asked[$not($ in $folds.dataset)]]'),
        due: query('[$folds[$isAsked ? dataset in $asked : $hours % everyHours = 0]]'),
        tidies: query('$isAsked ? $tidy : $hours % 24 = 0'),
      },
      Output: {},
      Next: 'AreAllKnown',
    },
    AreAllKnown: choose(
      [
        ['$count($strangers) > 0', 'UnknownDataset'],
        ['$from != "" and $not($contains($from, /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/))', 'BadSince'],
      ],
      'Fold',
    ),
    BadSince: {
      Type: 'Fail',
      Error: 'BadSince',
      Cause: "'since' must be a day of arrival, such as 2026-03-01; mend it, or leave it out: the table itself knows since when",
    },
    UnknownDataset: {
      Type: 'Fail',
      Error: 'UnknownDataset',
      Cause: query(
        `"'datasets' must name datasets of ${place.domain} that are folded here, got " & $join($strangers.$string(), ", ") & "; name some of " & $join($folds.dataset, ", ")`,
      ),
    },
    Fold: {
      Type: 'Map',
      Items: query('$due'),
      MaxConcurrency: AT_ONCE,
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...foldOne(place) },
      Assign: { failures: query('( $all := $states.result; [$all[$exists(error)]] )') },
      Output: { folded: query('( $all := $states.result; [$all[$not($exists(error))].dataset] )'), tidied: query('$tidies') },
      Next: 'HaveAllFolded',
    },
    HaveAllFolded: choose([['$count($failures) > 0', 'FoldFailed']], 'Done'),
    FoldFailed: {
      Type: 'Fail',
      Error: 'FoldFailed',
      Cause: query(
        `"each dataset must fold, got " & $string($count($failures)) & " that did not: " & ${TOLD} & "; look the queries up in the workgroup, mend that, and the next fold brings in what is missing"`,
      ),
    },
    Done: { Type: 'Succeed' },
  },
});
