import type { Deployment } from '../platform/deployment.ts';
import { ControlClient } from './control-client.ts';
import type { Run } from './home.ts';

/** What the platform that runs tells of its templates. @throws CommandError `NotAnswering` */
export async function deploymentOf(run: Run): Promise<Deployment> {
  const control = new ControlClient(run);
  return {
    environment: run.environment,
    ...(await control.inventory()),
    rolesThatMay: (action, resource, context) => control.rolesThatMay(action, resource, context),
  };
}
