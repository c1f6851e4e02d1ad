import { existsSync } from 'node:fs';
import { SimulatedClock } from '../local/clock.ts';
import { refuseUnusable, savedTime, start } from '../local/start.ts';
import { CommandError } from './command-error.ts';
import { ask, type Answer } from './demo/ask.ts';
import { ENVIRONMENT } from './demo/names.ts';
import { Platform } from './demo/platform.ts';
import { assume } from './demo/session.ts';
import type { Project } from './project.ts';

/**
 * Asks the lake as it was left, changing nothing.
 *
 * @throws {@link CommandError} `NoLake`, `UnknownRole`, `QueryFailed`
 * @throws StateError `StateInUse` while a run fills it, `StateUnfinished` after one that was killed
 */
export async function queryLake(project: Project, sql: string, role: string, database?: string): Promise<Answer> {
  refuseUnusable(project.lake);
  const time = savedTime(project.lake);
  if (time === undefined || !existsSync(project.assembly))
    throw new CommandError('NoLake', "there is no lake to ask in '.headwaters/'; run 'headwaters demo' first");
  const runtime = await start({
    assembly: project.assembly,
    state: project.lake,
    clock: new SimulatedClock(time),
    ephemeral: true,
  });
  try {
    const platform = new Platform(ENVIRONMENT, runtime.outputs);
    const roles = platform.roles();
    const roleArn = role.startsWith('arn:') ? role : roles.get(role);
    if (roleArn === undefined)
      throw new CommandError(
        'UnknownRole',
        `'--as' must be a role's ARN or one of ${[...roles.keys()].join(', ')}, got '${role}'`,
      );
    const place = { endpoint: runtime.endpoint, region: runtime.region, operator: runtime.operator };
    const clients = await assume(place, roleArn, 'query');
    try {
      return await ask(clients.athena, platform.workGroup, sql, database);
    } finally {
      clients.close();
    }
  } finally {
    await runtime.stop();
  }
}
