import {
  BEGIN,
  listAnswer,
  MOST_ROUNDS,
  replayAnswer,
  ROUND_STEPS,
  RUN_LIMITS,
  type ListInput,
  type Position,
  type ReplayInput,
} from './operations.ts';
import { ReplayError } from './replay-error.ts';
import { addRows, type Row } from './rows.ts';

/** What a run has come to. */
export interface ReplayOutcome {
  /** Objects that were replayed, and those that an earlier run had done. */
  readonly objects: number;
  readonly doneObjects: number;
  readonly rows: readonly Row[];
  /** Whether the run took all that one may, and something is left for the next. */
  readonly limited: boolean;
}

/** What the run is made of. */
export interface RunPorts {
  /** Invokes the function, and gives what it answers. */
  invoke(input: ListInput | ReplayInput): Promise<unknown>;
  /** Lets a while pass on the stream's own clock. */
  wait(): Promise<void>;
  /** Told what there is so far. */
  progress(outcome: ReplayOutcome): void;
}

/** Objects of one invocation, and where the next goes on. */
interface Group {
  readonly keys: readonly string[];
  readonly position: Position;
}

interface Round {
  /** Groups that are not at their end. */
  readonly left: readonly Group[];
  readonly throttled: boolean;
  readonly failed: number;
  readonly failure: string;
}

/**
 * The steps of the state machine, for where none runs: list, replay the groups round after round, and so on until nothing is left or the run has all it may take.
 *
 * @throws {@link ReplayError} `ReplayFailed`, when all that could be replayed was
 */
export async function runReplay(request: object, ports: RunPorts): Promise<ReplayOutcome> {
  let outcome: ReplayOutcome = { objects: 0, doneObjects: 0, rows: [], limited: false };
  let left: { readonly objectsLeft: number; readonly bytesLeft: number } = {
    objectsLeft: RUN_LIMITS.objects,
    bytesLeft: RUN_LIMITS.bytes,
  };
  let failed = { objects: 0, first: '' };
  let steps = 0;
  const tell = (rows: readonly Row[], objects: number): void => {
    outcome = { ...outcome, objects: outcome.objects + objects, rows: addRows(outcome.rows, rows) };
    ports.progress(outcome);
  };
  const fail = (objects: number, first: string): void => {
    failed = { objects: failed.objects + objects, first: failed.first || first };
  };
  for (let after = '', more = true; more;) {
    const page = listAnswer.parse(await ports.invoke({ operation: 'list', request, after, ...left }));
    outcome = { ...outcome, doneObjects: outcome.doneObjects + page.doneObjects, limited: page.limited };
    tell(page.rows, 0);
    left = { objectsLeft: left.objectsLeft - page.objects, bytesLeft: left.bytesLeft - page.bytes };
    ({ after, more } = page);
    let groups: readonly Group[] = page.groups.map((keys) => ({ keys, position: BEGIN }));
    let rounds = 0;
    do {
      const round = await replayRound(request, groups, ports, tell);
      rounds += 1;
      steps += ROUND_STEPS + groups.length;
      fail(round.failed, round.failure);
      groups = round.left;
      if (groups.length > 0 && rounds >= MOST_ROUNDS) {
        fail(
          groups.reduce((sum, { keys, position }) => sum + keys.length - position.object, 0),
          'UnfinishedGroup',
        );
        groups = [];
      }
      if ((groups.length > 0 || more) && steps >= RUN_LIMITS.steps) {
        outcome = { ...outcome, limited: true };
        groups = [];
        more = false;
      }
      if (groups.length > 0 && round.throttled) await ports.wait();
    } while (groups.length > 0);
  }
  if (failed.objects > 0) throw new ReplayError('ReplayFailed', failedWords(failed.objects, failed.first));
  return outcome;
}

/** What a run says that could not replay everything. */
const failedWords = (objects: number, first: string): string =>
  `every object must be replayed to its end, got ${objects} that failed, the first: ${first}; mend that and start again: what was replayed is not replayed twice`;

/** One invocation for each group. */
async function replayRound(
  request: object,
  groups: readonly Group[],
  ports: RunPorts,
  tell: (rows: readonly Row[], objects: number) => void,
): Promise<Round> {
  let round: Round = { left: [], throttled: false, failed: 0, failure: '' };
  for (const { keys, position } of groups) {
    const answer = replayAnswer.parse(await ports.invoke({ operation: 'replay', request, keys: [...keys], position }));
    const reached = answer.finished ? keys.length : answer.position.object;
    tell(answer.rows, reached - position.object - answer.failedObjects);
    round = {
      left: answer.finished ? round.left : [...round.left, { keys, position: answer.position }],
      throttled: round.throttled || answer.throttled,
      failed: round.failed + answer.failedObjects,
      failure: round.failure || answer.failure,
    };
  }
  return round;
}
