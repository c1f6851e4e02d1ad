import { existsSync } from 'node:fs';
import type { GivenParameter } from '../local/assembly/given-parameters.ts';
import { SimulatedClock } from '../local/clock.ts';
import { refuseUnusable, savedTime, start, StateError } from '../local/start.ts';
import { CommandError } from './command-error.ts';
import { ask, type Answer } from './platform/ask.ts';
import { ENVIRONMENT } from './platform/names.ts';
import { deploymentIn, type Deployment } from './platform/deployment.ts';
import { readerOf } from './platform/find-reader.ts';
import { assume, type Place } from './platform/session.ts';
import { deploymentOf } from './local/deployment.ts';
import { findRun } from './local/find-run.ts';
import { LocalHome } from './local/home.ts';
import { mergeParameters } from './local/stack-parameters.ts';
import { withDatabases } from './platform/name-database.ts';
import type { Out } from './output.ts';
import type { Project } from './project.ts';

/** Whose lake it is: that of `headwaters demo`, or of `headwaters local`. */
export type LakeOwner = 'demo' | 'local';

export interface Question {
  readonly sql: string;
  /** A role's ARN, or its name. @default - the analyst, or the only role that may ask */
  readonly role?: string;
  /** @default - the only one in which the role may ask */
  readonly workGroup?: string;
  /** Where names without a database are looked up. @default - nowhere */
  readonly database?: string;
  /** @default - the platform that runs, or else the only lake there is */
  readonly lake?: LakeOwner;
}

/**
 * Asks the platform that runs on a project; where none does, the lake as the last run left it, changing nothing.
 *
 * @throws {@link CommandError} `NoLake`, `LakeUnclear`, `StateUnfinished` after a run that was killed, `QueryFailed`, and the codes of {@link readerOf}
 * @throws StateError `StateInUse` while a demo fills the lake
 */
export async function queryLake(project: Project, question: Question, out: Out): Promise<Answer> {
  const home = new LocalHome(project);
  const run = question.lake === 'demo' ? undefined : findRun(home);
  if (run !== undefined) return askAs(run, await deploymentOf(run), question);
  const { owner, assembly, state, environment, stacks, parameters, leftAt } = leftLake(project, home, question.lake);
  await out.step(`Asking the lake that 'headwaters ${owner}' has left, as of ${new Date(leftAt).toISOString()}`);
  const runtime = await start({
    assembly,
    ...(stacks !== undefined && { stacks }),
    parameters,
    state,
    clock: new SimulatedClock(leftAt),
    ephemeral: true,
  });
  try {
    const { endpoint, region, operator } = runtime;
    return await askAs({ endpoint, region, operator }, deploymentIn(runtime, environment), question);
  } finally {
    await runtime.stop();
  }
}

async function askAs(place: Place, deployment: Deployment, { sql, database, ...who }: Question): Promise<Answer> {
  const { roleArn, workGroup } = await readerOf(deployment, who);
  const clients = await assume(place, roleArn, 'query');
  const asked = async (text: string): Promise<Answer> => ask(clients.athena, workGroup, text, database);
  try {
    return await asked(sql);
  } catch (error) {
    throw await withDatabases(error, sql, asked);
  } finally {
    clients.close();
  }
}

interface Lake {
  readonly owner: LakeOwner;
  readonly assembly: string;
  readonly state: string;
  readonly environment: string;
  /** @default - every stack */
  readonly stacks?: readonly string[];
  /** Values of their parameters. */
  readonly parameters: readonly GivenParameter[];
}

/** What makes a lake, and what deletes one that cannot be used. */
const COMMANDS = {
  demo: { begin: "'headwaters demo'", beginAnew: "'headwaters demo --fresh'" },
  local: { begin: "'headwaters local start'", beginAnew: "'headwaters local reset'" },
} as const;

/** The lake that is meant, and the simulated time at which it was left. */
function leftLake(project: Project, home: LocalHome, meant: LakeOwner | undefined): Lake & { readonly leftAt: number } {
  const { environment = ENVIRONMENT, stacks, parameters = [] } = home.settings ?? {};
  const lakes: readonly Lake[] = [
    { owner: 'demo', assembly: project.assembly, state: project.lake, environment: ENVIRONMENT, parameters: [] },
    {
      owner: 'local',
      assembly: home.assemblyOf(environment),
      state: home.state,
      environment,
      ...(stacks !== undefined && { stacks }),
      parameters: mergeParameters(parameters, []),
    },
  ];
  const asked = lakes.filter(({ owner }) => meant === undefined || owner === meant);
  asked.forEach(refuseUnfinished);
  const [found, other] = asked.flatMap((lake) => {
    const leftAt = savedTime(lake.state);
    return leftAt === undefined || !existsSync(lake.assembly) ? [] : [{ ...lake, leftAt }];
  });
  if (found === undefined)
    throw new CommandError(
      'NoLake',
      `there is no lake to ask in '.headwaters/'; run ${asked.map(({ owner }) => COMMANDS[owner].begin).join(' or ')} first`,
    );
  if (other !== undefined)
    throw new CommandError(
      'LakeUnclear',
      "'--lake' must be given where 'headwaters demo' and 'headwaters local' have each left a lake; add '--lake demo' or '--lake local'",
    );
  return found;
}

function refuseUnfinished({ owner, state }: Lake): void {
  try {
    refuseUnusable(state);
  } catch (error) {
    if (!(error instanceof StateError) || error.code !== 'StateUnfinished') throw error;
    throw new CommandError(
      error.code,
      `the last run of 'headwaters ${owner}' was killed before it could save its lake; ${COMMANDS[owner].beginAnew} begins anew, and '--lake' asks another`,
    );
  }
}
