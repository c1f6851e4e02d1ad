import {
  BEGIN,
  listAnswer,
  MOST_ROUNDS,
  replayAnswer,
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

/**
 * The steps of the state machine, for where none runs: list, replay each group, and so on until nothing is left or the run has all it may take.
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
  const tell = (rows: readonly Row[], objects: number): void => {
    outcome = { ...outcome, objects: outcome.objects + objects, rows: addRows(outcome.rows, rows) };
    ports.progress(outcome);
  };
  for (let after = '', more = true; more;) {
    const page = listAnswer.parse(await ports.invoke({ operation: 'list', request, after, ...left }));
    outcome = { ...outcome, doneObjects: outcome.doneObjects + page.doneObjects, limited: page.limited };
    tell(page.rows, 0);
    for (const keys of page.groups) {
      const group = await replayGroup(request, keys, ports, (rows) => {
        tell(rows, 0);
      });
      tell([], keys.length - group.objects);
      failed = { objects: failed.objects + group.objects, first: failed.first === '' ? group.first : failed.first };
    }
    left = { objectsLeft: left.objectsLeft - page.objects, bytesLeft: left.bytesLeft - page.bytes };
    ({ after, more } = page);
  }
  if (failed.objects > 0) throw new ReplayError('ReplayFailed', failedWords(failed.objects, failed.first));
  return outcome;
}

/** What a run says that could not replay everything. */
const failedWords = (objects: number, first: string): string =>
  `every object must be replayed to its end, got ${objects} that failed, the first: ${first}; mend that and start again: what was replayed is not replayed twice`;

async function replayGroup(
  request: object,
  keys: readonly string[],
  ports: RunPorts,
  tell: (rows: readonly Row[]) => void,
): Promise<{ readonly objects: number; readonly first: string }> {
  let position: Position = BEGIN;
  let failed = { objects: 0, first: '' };
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const answer = replayAnswer.parse(await ports.invoke({ operation: 'replay', request, keys: [...keys], position }));
    tell(answer.rows);
    failed = {
      objects: failed.objects + answer.failedObjects,
      first: failed.first === '' ? answer.failure : failed.first,
    };
    if (answer.finished) return failed;
    ({ position } = answer);
    if (answer.throttled) await ports.wait();
  }
  return { objects: failed.objects + keys.length - position.object, first: failed.first || 'UnfinishedGroup' };
}
