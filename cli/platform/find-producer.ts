import { TAGS } from '../../core/cost/template/traffic.ts';
import { CommandError } from '../command-error.ts';
import type { Deployment } from './deployment.ts';
import type { FoundStream } from './find-stream.ts';
import { namesOf } from './find-role.ts';

/** ARN of the role that puts into a stream: the only one that may, or that of the dataset itself. @throws {@link CommandError} `NoProducer`, `RoleUnclear` */
export async function producerOf(deployment: Deployment, { name, arn, dataset }: FoundStream): Promise<string> {
  const may = await deployment.rolesThatMay('kinesis:PutRecords', arn);
  const own = deployment.roles
    .filter(({ tags }) => tags[TAGS.domain] === dataset?.domain && tags[TAGS.dataset] === dataset?.name)
    .filter((role) => may.includes(role.arn));
  const [producer, other] = own.length === 1 ? own.map((role) => role.arn) : may;
  if (producer === undefined)
    throw new CommandError(
      'NoProducer',
      `a role that can be taken must be allowed 'kinesis:PutRecords' on the stream '${name}', got none; grant it to one, or put with the operator's keys, which 'headwaters local export-env' prints`,
    );
  if (other !== undefined)
    throw new CommandError(
      'RoleUnclear',
      `'--as' must be given where several roles may put into the stream '${name}'; name one of ${namesOf(deployment, may)}`,
    );
  return producer;
}
