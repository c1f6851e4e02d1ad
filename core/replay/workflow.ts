import { choose, ERROR_LINE, literal, query, RETRY, type State, type StateMachineDefinition, type States } from '../aws/asl.ts';
import { BEGIN, MOST_ROUNDS, ROUND_STEPS, RUN_LIMITS } from './operations.ts';
import { COUNTS } from './rows.ts';

/** Where the workflow runs. */
export interface ReplayPlace {
  readonly environment: string;
  readonly domain: string;
  readonly partition: string;
  /** The function that lists and replays. */
  readonly functionArn: string;
  /** Where the outcome is told; nowhere where it is absent. */
  readonly topicArn?: string;
}

/** Groups that are replayed at once. Each puts an eighth of what a shard takes, so that producers keep the other half of it. */
const GROUPS_AT_ONCE = 4;
/** Seconds: the longest that Lambda lets a function run, and how long a stream that takes no more is left alone. */
const LONGEST_INVOCATION = 900;
const WAIT_FOR_STREAM = 5;
/** Seconds: what a run may take, at an eighth of a MiB a second and four at once, three times over. */
const LONGEST_RUN = 2 * 24 * 3600;

/** Adds rows of the same reason together. */
const addRows = (rows: string): string =>
  `( $all := ${rows}; $sums := $all{ reason: { ${COUNTS.map((count) => `"${count}": $sum(${count})`).join(', ')} } };
    [$each($sums, function($counts, $reason) { $merge([{ "reason": $reason }, $counts]) })] )`;

/** A variable takes an empty text from an expression alone. */
const NO_TEXT = query('""');

/** Every task is safe to try again: what was put is written down. What the function itself refuses stays refused. */
const invoke = ({ partition, functionArn }: ReplayPlace, payload: Readonly<Record<string, unknown>>): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::lambda:invoke`,
  Arguments: { FunctionName: functionArn, Payload: payload },
  TimeoutSeconds: LONGEST_INVOCATION,
  Retry: [
    {
      ErrorEquals: [
        'Lambda.ClientExecutionTimeoutException',
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
        'Lambda.Unknown',
        'Sandbox.Timedout',
        'States.Timeout',
      ],
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: 5,
      JitterStrategy: 'FULL',
    },
  ],
});

/** What an invocation has come to, with its group where that is not at its end. */
const ANSWERED = `( $group := $states.input; $answer := $states.result.Payload;
  {
    "left": $answer.finished ? [] : [{ "keys": $group.keys, "position": $answer.position }],
    "throttled": $answer.throttled,
    "rows": $answer.rows,
    "objects": ($answer.finished ? $count($group.keys) : $answer.position.object) - $group.position.object - $answer.failedObjects,
    "failed": $answer.failedObjects,
    "failure": $answer.failure
  } )`;

/** One invocation for each of `$groups`; those that are not at their end stay in it. */
const replayGroups = (place: ReplayPlace, next: string): State => ({
  Type: 'Map',
  Items: query('$groups'),
  ItemSelector: {
    keys: query('$states.context.Map.Item.Value.keys'),
    position: query('$states.context.Map.Item.Value.position'),
  },
  MaxConcurrency: GROUPS_AT_ONCE,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: 'ReplayGroup',
    States: {
      ReplayGroup: {
        ...invoke(place, {
          operation: 'replay',
          request: query('$request'),
          keys: query('$states.input.keys'),
          position: query('$states.input.position'),
        }),
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: {
              left: [],
              throttled: false,
              rows: [],
              objects: 0,
              failed: query('$count($states.input.keys) - $states.input.position.object'),
              failure: query(ERROR_LINE),
            },
            Next: 'GroupFailed',
          },
        ],
        Output: query(ANSWERED),
        End: true,
      },
      GroupFailed: { Type: 'Pass', End: true },
    },
  },
  Assign: {
    groups: query('[$states.result.left]'),
    throttled: query('true in [$states.result.throttled]'),
    rounds: query('$rounds + 1'),
    steps: query(`$steps + ${ROUND_STEPS} + $count($groups)`),
    rows: query(addRows('$append($rows, [$states.result.rows])')),
    objects: query('$objects + $sum([$states.result.objects])'),
    failed: query('$failed + $sum([$states.result.failed])'),
    failure: query(
      '( $failures := [$states.result.failure[$ != ""]]; $failure = "" and $count($failures) > 0 ? $failures[0] : $failure )',
    ),
  },
  Output: {},
  Next: next,
});

const DATASET = (domain: string): string => `${literal(`${domain}.`)} & $string($request.dataset)`;

const OUTCOME = {
  outcome: query('$limited ? "Limited" : "Done"'),
  objects: query('$objects'),
  doneObjects: query('$doneObjects'),
  rows: query('$rows'),
  say: query(
    '$limited ? ($lookup($request, "dryRun") = true ? "one run looks at no more: what lies beyond was not counted" : "one run takes no more: start again with the same input for the rest") : $objects + $doneObjects = 0 ? "nothing was found in the range" : "nothing is left in the range"',
  ),
} as const;

const publish = (place: ReplayPlace, topicArn: string, subject: string, message: string): State => ({
  Type: 'Task',
  Resource: `arn:${place.partition}:states:::sns:publish`,
  Arguments: { TopicArn: topicArn, Subject: query(`$substring(${subject}, 0, 100)`), Message: query(message) },
  TimeoutSeconds: 60,
  Retry: RETRY,
});

/** From the input to the outcome; whatever fails in it fails as a whole. */
const replay = (place: ReplayPlace): States => ({
  StartAt: 'Begin',
  States: {
    Begin: {
      Type: 'Pass',
      Assign: {
        request: query('$merge([$states.input, { "arrival": $millis() }])'),
        after: NO_TEXT,
        objectsLeft: RUN_LIMITS.objects,
        bytesLeft: RUN_LIMITS.bytes,
        steps: 0,
        rows: [],
        objects: 0,
        doneObjects: 0,
        failed: 0,
        failure: NO_TEXT,
        limited: false,
      },
      Output: {},
      Next: 'ListSources',
    },
    ListSources: {
      ...invoke(place, {
        operation: 'list',
        request: query('$request'),
        after: query('$after'),
        objectsLeft: query('$objectsLeft'),
        bytesLeft: query('$bytesLeft'),
      }),
      Assign: {
        groups: query(
          `[$map($states.result.Payload.groups, function($keys) { { "keys": $keys, "position": ${JSON.stringify(BEGIN)} } })]`,
        ),
        rounds: 0,
        after: query('$states.result.Payload.after'),
        more: query('$states.result.Payload.more'),
        limited: query('$states.result.Payload.limited'),
        objectsLeft: query('$objectsLeft - $states.result.Payload.objects'),
        bytesLeft: query('$bytesLeft - $states.result.Payload.bytes'),
        doneObjects: query('$doneObjects + $states.result.Payload.doneObjects'),
        rows: query(addRows('$append($rows, $states.result.Payload.rows)')),
      },
      Output: {},
      Next: 'ReplayGroups',
    },
    ReplayGroups: replayGroups(place, 'WhatIsLeft'),
    WhatIsLeft: choose(
      [
        [`$count($groups) > 0 and $rounds >= ${MOST_ROUNDS}`, 'GiveGroupsUp'],
        [`($count($groups) > 0 or $more) and $steps >= ${RUN_LIMITS.steps}`, 'EndAtLimit'],
        ['$count($groups) > 0 and $throttled', 'WaitForStream'],
        ['$count($groups) > 0', 'ReplayGroups'],
        ['$more', 'ListSources'],
        ['$failed > 0', 'ReplayFailed'],
      ],
      place.topicArn === undefined ? 'Done' : 'NotifyDone',
    ),
    WaitForStream: { Type: 'Wait', Seconds: WAIT_FOR_STREAM, Next: 'ReplayGroups' },
    GiveGroupsUp: {
      Type: 'Pass',
      Assign: {
        failed: query('$failed + $sum([$groups.($count(keys) - position.object)])'),
        failure: query('$failure = "" ? "UnfinishedGroup" : $failure'),
        groups: [],
      },
      Next: 'WhatIsLeft',
    },
    EndAtLimit: { Type: 'Pass', Assign: { limited: true, more: false, groups: [] }, Next: 'WhatIsLeft' },
    ReplayFailed: {
      Type: 'Fail',
      Error: 'ReplayFailed',
      Cause: query(
        '"every object must be replayed to its end, got " & $string($failed) & " that failed, the first: " & $failure & "; mend that and start again: what was replayed is not replayed twice"',
      ),
    },
    ...(place.topicArn === undefined
      ? { Done: { Type: 'Succeed', Output: OUTCOME } }
      : {
          NotifyDone: {
            ...publish(
              place,
              place.topicArn,
              `${literal(`Headwaters ${place.environment}: replayed `)} & ${DATASET(place.domain)}`,
              `$string($request.source) & " of " & ${DATASET(place.domain)} & ", " & $string($request.from) & " to " & $string($request.to) & ": " & $string($sum($rows.replayed)) & " events replayed of " & $string($sum($rows.found)) & " found, " & $string($sum($rows.stillBad)) & " still rejected, " & $string($sum($rows.before)) & " replayed before."`,
            ),
            Output: OUTCOME,
            End: true,
          },
        }),
  },
});

/**
 * Replays originals of one domain: lists what of a range is not done, lets the function judge and put it, group after group, and tells the topic
 * (docs/adr/0024). It can be stopped at any moment and started again.
 */
export const replayWorkflow = (place: ReplayPlace): StateMachineDefinition => ({
  Comment: `Replays originals of ${place.domain} in ${place.environment}. With dryRun it only counts.`,
  QueryLanguage: 'JSONata',
  StartAt: 'Replay',
  TimeoutSeconds: LONGEST_RUN,
  States: {
    Replay: {
      Type: 'Parallel', // of one branch: the one form that catches what Pass, Choice and Fail throw, too
      Branches: [replay(place)],
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: {
            code: query('$states.errorOutput.Error'),
            cause: query('$exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "no cause was given"'),
          },
          Next: place.topicArn === undefined ? 'Failed' : 'NotifyFailure',
        },
      ],
      Output: query('$states.result[0]'),
      End: true,
    },
    ...(place.topicArn === undefined
      ? {}
      : {
          NotifyFailure: {
            ...publish(
              place,
              place.topicArn,
              `${literal(`Headwaters ${place.environment}: not replayed, `)} & $states.input.code`,
              '"Replay " & $states.context.Execution.Name & " ended with " & $states.input.code & ": " & $states.input.cause',
            ),
            Catch: [{ ErrorEquals: ['States.ALL'], Output: query('$states.input'), Next: 'Failed' }],
            Output: query('$states.input'),
            Next: 'Failed',
          },
        }),
    Failed: { Type: 'Fail', Error: query('$states.input.code'), Cause: query('$states.input.cause') },
  },
});
