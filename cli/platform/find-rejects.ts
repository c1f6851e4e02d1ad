import type { Deployment } from './deployment.ts';
import type { FoundDataset } from './find-intake.ts';
import { environmentOfRole } from './role-names.ts';

/** Where a dataset's rejected events lie, and who may look there. */
export interface Rejects {
  readonly bucket: string;
  readonly roleArn: string;
}

/** What takes the rejects of a dataset's domain and environment, with a role that may read them; undefined where either is not there. */
export async function rejectsOf(deployment: Deployment, dataset: FoundDataset): Promise<Rejects | undefined> {
  const { domain, environment, prefix } = dataset;
  const [delivery, other] = deployment.deliveries.filter(
    ({ prefix: pattern, roleArn }) => pattern.startsWith(`*/${domain}/*/reason=*/`) && environmentOfRole(roleArn) === environment,
  );
  if (delivery === undefined || other !== undefined) return undefined;
  const { bucket } = delivery;
  const lists = await deployment.rolesThatMay('s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix });
  const reads = await deployment.rolesThatMay('s3:GetObject', `arn:aws:s3:::${bucket}/${prefix}reason=any/`);
  const roleArn = lists.find((arn) => reads.includes(arn));
  return roleArn === undefined ? undefined : { bucket, roleArn };
}
