import fc from 'fast-check';
import type { Balance } from '../history/conservation.ts';
import type { Assembly } from '../lake/assembly.ts';
import { LakeReader } from '../lake/read-lake.ts';
import { Session } from '../lake/session.ts';
import { runSchedule } from './run-schedule.ts';
import { schedulesOf } from './schedules.ts';
import { tell, type Schedule } from './step.ts';

/** What came of many schedules. */
export interface Proved {
  readonly schedules: number;
  /** Sums of all. */
  readonly balance: Balance;
  /** How often each kind of step and of fault was met. */
  readonly met: ReadonlyMap<string, number>;
  /** The first that fails, shrunk: its seed, what is wrong, and its steps. */
  readonly failure?: string;
}

/** Schedules that one session lives through, one after another: what a start costs is shared, and its state does not grow without end. */
const PER_SESSION = 20;
interface Place {
  readonly session: Session;
  readonly reader: LakeReader;
  lived: number;
}

/** Runs seeded schedules until one fails, and shrinks that, in `mostShrinks` runs that fail at most. */
export async function proveSchedules(assembly: Assembly, seed: number, count: number, mostShrinks = 60): Promise<Proved> {
  let place: Place | undefined;
  let serial = 0;
  let shrinks = 0;
  const met = new Map<string, number>();
  const total = { produced: 0, accepted: 0, quarantined: 0, parked: 0, inFlight: 0, duplicates: 0 };
  const leave = async (): Promise<void> => {
    const left = place;
    place = undefined;
    await left?.session.close();
  };
  const enter = async (): Promise<Place> => {
    if (place !== undefined && place.lived >= PER_SESSION) await leave();
    if (place === undefined) {
      const session = await Session.open(assembly);
      place = { session, reader: new LakeReader(session), lived: 0 };
    }
    place.lived += 1;
    return place;
  };
  const holds = async (schedule: Schedule): Promise<void> => {
    const { session, reader } = await enter();
    const { violations, balance, met: own } = await runSchedule(session, reader, schedule, `e${(serial += 1)}`);
    if (violations.length > 0) {
      await leave(); // the next one must not suffer from it
      throw new Error([...new Set(violations.map(({ invariant, message }) => `${invariant}: ${message}`))].join('\n'));
    }
    for (const key of Object.keys(total) as (keyof Balance)[]) total[key] += balance[key];
    for (const [what, times] of own) met.set(what, (met.get(what) ?? 0) + times);
  };
  try {
    const details = await fc.check(
      fc.asyncProperty(schedulesOf(assembly.form), async (schedule) => {
        if (shrinks > mostShrinks) return; // shrunk enough
        try {
          await holds(schedule);
        } catch (error) {
          shrinks += 1;
          throw error;
        }
      }),
      { seed, numRuns: count },
    );
    const proved = { schedules: details.numRuns, balance: total, met };
    if (!details.failed) return proved;
    const [schedule = []] = details.counterexample ?? [];
    const why = details.errorInstance instanceof Error ? details.errorInstance.message : 'it fails';
    return { ...proved, failure: `seed ${details.seed}, path ${details.counterexamplePath ?? ''}:\n${why}\n${tell(schedule)}` };
  } finally {
    await leave();
  }
}
