import type { Inventory } from '../../local/inventory.ts';
import type { Platform as RuntimePlatform } from '../../local/live-platform.ts';
import type { Outputs } from './platform.ts';

/** What runs of templates, whoever's they are: what they made, and who may do what with it. */
export interface Deployment extends Inventory {
  /** The one that was asked for; an app of one's own may know another, or none. */
  readonly environment: string;
  readonly outputs: Outputs;
  /** ARNs of the roles that can be taken and may do a thing. */
  rolesThatMay(action: string, resource: string, context?: Readonly<Record<string, string>>): Promise<readonly string[]>;
}

/** The deployment of a runtime in this process. */
export const deploymentIn = (runtime: RuntimePlatform, environment: string): Deployment => ({
  environment,
  outputs: runtime.outputs,
  ...runtime.inventory(),
  rolesThatMay: async (action, resource, context) => runtime.rolesThatMay(action, resource, context),
});
