import { roleNames } from '../platform/role-names.ts';
import { ControlClient, type RunStatus } from './control-client.ts';
import { deploymentOf } from './deployment.ts';
import { findRun, pidOf } from './find-run.ts';
import type { LocalHome } from './home.ts';
import { TAIL } from './launch.ts';

/** How an alarm stands, and since when: ISO 8601, simulated. */
export type AlarmView = Omit<RunStatus['alarms'][number], 'since'> & { readonly since: string };

/** A platform as it is found. */
export type Look =
  | { readonly state: 'stopped' }
  | { readonly state: 'crashed'; readonly pid: number; readonly log: string; readonly tail: readonly string[] }
  | {
      readonly state: 'running';
      readonly pid: number;
      readonly endpoint: string;
      readonly environment: string;
      /** What was chosen to run. Absent where every stack does. */
      readonly stacks?: readonly string[];
      /** ISO 8601, simulated. */
      readonly clock: string;
      /** Whether the clock goes on by itself. */
      readonly follows: boolean;
      readonly undelivered: number;
      readonly lost: number;
      /** Absent where nothing is meant to go wrong. */
      readonly faults?: RunStatus['faults'];
      readonly deliveries: RunStatus['deliveries'];
      readonly alarms: readonly AlarmView[];
      /** ARNs by the names to type. */
      readonly roles: Readonly<Record<string, string>>;
      readonly log: string;
    };

/** How the platform of a project is. @throws CommandError `NotAnswering` */
export async function look(home: LocalHome): Promise<Look> {
  const { log } = home;
  const run = findRun(home);
  if (run === undefined) {
    const gone = home.run;
    return gone === undefined ? { state: 'stopped' } : { state: 'crashed', pid: pidOf(gone), log, tail: home.logTail(TAIL) };
  }
  const { endpoint, environment, stacks, follows } = run;
  const { now, undelivered, lost, faults, deliveries, alarms } = await new ControlClient(run).status();
  const roles = Object.fromEntries(roleNames(await deploymentOf(run)));
  return {
    state: 'running',
    pid: pidOf(run),
    endpoint,
    environment,
    ...(stacks !== undefined && { stacks }),
    clock: new Date(now).toISOString(),
    follows,
    undelivered,
    lost,
    ...(faults !== undefined && { faults }),
    deliveries,
    alarms: alarms.map(({ since, ...alarm }) => ({ ...alarm, since: new Date(since).toISOString() })),
    roles,
    log,
  };
}
