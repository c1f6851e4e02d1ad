import { TAGS } from '../../core/cost/template/traffic.ts';
import { CommandError } from '../command-error.ts';
import type { Deployment } from './deployment.ts';
import type { FoundIntake } from './find-intake.ts';
import { putAction } from './intake.ts';
import { namesOf } from './find-role.ts';

/** ARN of the role that puts into a stream or a delivery: the only one that may, or that of the dataset itself. @throws {@link CommandError} `NoProducer`, `RoleUnclear` */
export async function producerOf(deployment: Deployment, { kind, name, arn, dataset }: FoundIntake): Promise<string> {
  const action = putAction({ kind });
  const may = await deployment.rolesThatMay(action, arn);
  const own = deployment.roles
    .filter(({ tags }) => tags[TAGS.domain] === dataset?.domain && tags[TAGS.dataset] === dataset?.name)
    .filter((role) => may.includes(role.arn));
  const [producer, other] = own.length === 1 ? own.map((role) => role.arn) : may;
  if (producer === undefined)
    throw new CommandError(
      'NoProducer',
      `a role that can be taken must be allowed '${action}' on the ${kind} '${name}', got none; grant it to one, or put with the operator's keys, which 'headwaters local export-env' prints`,
    );
  if (other !== undefined)
    throw new CommandError(
      'RoleUnclear',
      `'--as' must be given where several roles may put into the ${kind} '${name}'; name one of ${namesOf(deployment, may)}`,
    );
  return producer;
}
