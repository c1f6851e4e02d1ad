import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { CommandError } from '../command-error.ts';
import { Platform } from '../platform/platform.ts';
import { ControlClient } from './control-client.ts';
import type { Run } from './home.ts';
import type { Keys } from './variables.ts';

/** The ARN of a role that is named by its ARN or by the name to type. @throws {@link CommandError} `UnknownRole` */
export function roleArnOf(platform: Platform, role: string): string {
  if (role.startsWith('arn:')) return role;
  const roles = platform.roles();
  const arn = roles.get(role);
  if (arn === undefined) {
    const known = [...roles.keys()];
    const remedy = didYouMean(role, known) || `; ${nameOneOf(known)}`;
    throw new CommandError('UnknownRole', `'--as' must be a role's ARN or its name, got '${role}'${remedy}`);
  }
  return arn;
}

/** Keys of a role for an hour, as its trust policy allows the operator. @throws the service's AccessDenied, {@link CommandError} `UnknownRole` */
export async function takeRole(run: Run, role: string): Promise<Keys> {
  const { endpoint, region, operator, environment } = run;
  const { outputs } = await new ControlClient(run).status();
  const RoleArn = roleArnOf(new Platform(environment, outputs), role);
  const sts = new STSClient({ endpoint, region, credentials: operator });
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'headwaters-local' }));
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
  } finally {
    sts.destroy();
  }
}
