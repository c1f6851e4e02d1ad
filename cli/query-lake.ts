import { existsSync } from 'node:fs';
import { SimulatedClock } from '../local/clock.ts';
import { refuseUnusable, savedTime, start } from '../local/start.ts';
import { CommandError } from './command-error.ts';
import { ask, type Answer } from './demo/ask.ts';
import { ENVIRONMENT } from './demo/names.ts';
import { Platform } from './demo/platform.ts';
import { assume, type Place } from './demo/session.ts';
import { placeOf } from './local/assembly.ts';
import { ControlClient } from './local/control-client.ts';
import { findRun } from './local/find-run.ts';
import { LocalHome } from './local/home.ts';
import { roleArnOf } from './local/take-role.ts';
import type { Project } from './project.ts';

export interface Question {
  readonly sql: string;
  /** A role's ARN, or its name. */
  readonly role: string;
  /** Where names without a database are looked up. @default - nowhere */
  readonly database?: string;
}

/**
 * Asks the platform that runs on a project; where none does, the lake as the last run left it, changing nothing.
 *
 * @throws {@link CommandError} `NoLake`, `UnknownRole`, `QueryFailed`
 * @throws StateError `StateInUse` while a demo fills the lake, `StateUnfinished` after a run that was killed
 */
export async function queryLake(project: Project, question: Question): Promise<Answer> {
  const home = new LocalHome(project);
  const run = findRun(home);
  if (run !== undefined) {
    const { outputs } = await new ControlClient(run).status();
    return askAs(run, new Platform(run.environment, outputs), question);
  }
  const { assembly, state, environment } = lastLake(project, home);
  const runtime = await start({
    assembly,
    ...placeOf(assembly),
    state,
    clock: new SimulatedClock(savedTime(state) ?? Date.now()),
    ephemeral: true,
  });
  try {
    const { endpoint, region, operator, outputs } = runtime;
    return await askAs({ endpoint, region, operator }, new Platform(environment, outputs), question);
  } finally {
    await runtime.stop();
  }
}

async function askAs(place: Place, platform: Platform, { sql, role, database }: Question): Promise<Answer> {
  const clients = await assume(place, roleArnOf(platform, role), 'query');
  try {
    return await ask(clients.athena, platform.workGroup, sql, database);
  } finally {
    clients.close();
  }
}

interface Lake {
  readonly assembly: string;
  readonly state: string;
  readonly environment: string;
}

/** What the demo has left; without it, what `headwaters local` has. */
function lastLake(project: Project, home: LocalHome): Lake {
  const environment = home.settings?.environment ?? ENVIRONMENT;
  const lakes: readonly Lake[] = [
    { assembly: project.assembly, state: project.lake, environment: ENVIRONMENT },
    { assembly: home.assemblyOf(environment), state: home.state, environment },
  ];
  for (const lake of lakes) {
    refuseUnusable(lake.state);
    if (savedTime(lake.state) !== undefined && existsSync(lake.assembly)) return lake;
  }
  throw new CommandError(
    'NoLake',
    "there is no lake to ask in '.headwaters/'; run 'headwaters demo' or 'headwaters local start' first",
  );
}
