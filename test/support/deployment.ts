import type { Deployment } from '../../cli/platform/deployment.ts';

const [ACCOUNT, REGION] = ['111122223333', 'eu-west-1'];

export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const streamArn = (name: string): string => `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/${name}`;
export const deliveryArn = (name: string): string => `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/${name}`;
export const workGroupArn = (name: string): string => `arn:aws:athena:${REGION}:${ACCOUNT}:workgroup/${name}`;
export const tableArn = (database: string, name: string): string => `arn:aws:glue:${REGION}:${ACCOUNT}:table/${database}/${name}`;

interface Given extends Partial<Omit<Deployment, 'streams' | 'workGroups' | 'roles'>> {
  readonly streams?: readonly string[];
  readonly workGroups?: readonly string[];
  /** Tags by the roles' names, path included. */
  readonly roles?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Names of roles by `<action> <resource>`. */
  readonly may?: Readonly<Record<string, readonly string[]>>;
}

/** What runs, by names. */
export const someDeployment = ({ streams = [], workGroups = [], roles = {}, may = {}, ...rest }: Given): Deployment => ({
  environment: 'dev',
  outputs: {},
  deliveries: [],
  streams: streams.map((name) => ({ name, arn: streamArn(name) })),
  workGroups: [...workGroups, 'primary'].map((name) => ({ name, arn: workGroupArn(name) })),
  roles: Object.entries(roles).map(([name, tags]) => ({ arn: roleArn(name), tags })),
  rolesThatMay: async (action, resource) => (may[`${action} ${resource}`] ?? []).map(roleArn),
  ...rest,
});

/** The delivery of a dataset, as Headwaters' constructs make it; without a stream, one that events are put straight into. */
export const datasetDelivery = (
  domain: string,
  dataset: string,
  stream: string | undefined,
  environment = 'dev',
): Deployment['deliveries'][number] => {
  const [database, name] = [`lake_${environment}_${domain}`, `${dataset}_clean`];
  return {
    name: `${dataset}-delivery`,
    arn: deliveryArn(`${dataset}-delivery`),
    roleArn: roleArn(`headwaters/${environment}/delivery/${dataset}`),
    ...(stream === undefined ? {} : { streamArn: streamArn(stream) }),
    bucket: `clean-${environment}`,
    prefix: `keep7-hot7/${domain}/${dataset}/dt=*/hr=*/`,
    table: { database, name, arn: tableArn(database, name) },
  };
};

/** What takes the rejects of a domain. */
export const rejectsDelivery = (domain: string, environment = 'dev'): Deployment['deliveries'][number] => ({
  name: `${domain}-rejects`,
  arn: deliveryArn(`${domain}-rejects`),
  roleArn: roleArn(`headwaters/${environment}/quarantine-delivery/${domain}`),
  bucket: `quarantine-${environment}`,
  prefix: `*/${domain}/*/reason=*/dt=*/`,
});
