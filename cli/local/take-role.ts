import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { roleArnOf } from '../platform/find-role.ts';
import { deploymentOf } from './deployment.ts';
import type { Run } from './home.ts';
import type { Keys } from './variables.ts';

/** Keys of a role for an hour, as its trust policy allows the operator. @throws the service's AccessDenied, CommandError `UnknownRole` */
export async function takeRole(run: Run, role: string): Promise<Keys> {
  const { endpoint, region, operator } = run;
  const RoleArn = roleArnOf(await deploymentOf(run), role);
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
