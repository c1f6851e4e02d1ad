import { BEGIN, type Position, type ReplayAnswer } from './operations.ts';
import { replayObject, type ObjectJob, type ObjectPorts } from './replay-object.ts';
import { addRows, type Row } from './rows.ts';

/** What a group is made of, by the keys of its objects. */
export interface GroupParts {
  readonly job: (key: string) => Omit<ObjectJob, 'line' | 'resumed'>;
  readonly ports: (key: string) => ObjectPorts;
}

/**
 * Replays objects one after another, as far as there is time. One that fails does not stop the others: nothing of it is marked that was not put, so that
 * the next run finds it.
 */
export async function replayGroup(
  keys: readonly string[],
  begin: Position,
  mayGoOn: () => boolean,
  { job, ports }: GroupParts,
): Promise<ReplayAnswer> {
  let rows: readonly Row[] = [];
  let failedObjects = 0;
  let failure = '';
  let { object, ...place } = begin;
  const answer = (finished: boolean, throttled = false): ReplayAnswer => ({
    finished,
    throttled,
    position: { object, ...place },
    rows: [...rows],
    failedObjects,
    failure,
  });
  for (; object < keys.length; object += 1) {
    const key = keys[object] ?? '';
    try {
      const outcome = await replayObject({ ...job(key), ...place }, ports(key));
      rows = addRows(rows, outcome.rows);
      place = { line: outcome.line, resumed: true };
      if (!outcome.finished) return answer(false, outcome.throttled);
    } catch (error) {
      failedObjects += 1;
      if (failure === '') failure = `${describe(error)} at ${key}`;
    }
    place = { line: BEGIN.line, resumed: BEGIN.resumed };
    if (!mayGoOn() && object + 1 < keys.length) {
      object += 1;
      return answer(false);
    }
  }
  return answer(true);
}

/** An error as it may be told: a parser's own words would quote what it could not read. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  return 'code' in error || '$metadata' in error ? `${error.name}: ${error.message}` : error.name;
}
