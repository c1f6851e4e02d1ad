/** Names that people type and that stacks share. Everything else is named by CloudFormation. */

/** `orders_daily` as construct and output ids write it: `OrdersDaily`. */
export const pascalCase = (name: string): string =>
  name
    .split(/[_-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The Glue database of a domain. */
export const databaseName = (environment: string, domain: string): string => `headwaters_${environment}_${domain}`;

/** The table of `clean` that Firehose writes. */
export const tableName = (dataset: string): string => `${dataset}_clean`;

/** The view that people read: the dataset's own name. */
export const viewName = (dataset: string): string => dataset;

export const stackName = {
  foundation: (environment: string): string => `Headwaters-${environment}-Foundation`,
  /** CloudFormation takes no underscore, and a domain has no hyphen: the two never meet. */
  domain: (environment: string, domain: string): string => `Headwaters-${environment}-Domain-${domain.replaceAll('_', '-')}`,
  serving: (environment: string): string => `Headwaters-${environment}-Serving`,
} as const;

/** IAM path of every role of one actor: what key and bucket policies admit, since they cannot name roles of later stacks. */
export type Actor = 'producer' | 'delivery' | 'quarantine-delivery' | 'transform' | 'analyst' | 'steward';
export const rolePath = (environment: string, actor: Actor): string => `/headwaters/${environment}/${actor}/`;

/** Outputs of the stacks, by the keys that `cdk deploy --outputs-file` writes. */
export const outputKey = {
  bucket: (zone: 'raw' | 'clean' | 'quarantine' | 'results'): string => `${pascalCase(zone)}BucketName`,
  streamName: (dataset: string): string => `${pascalCase(dataset)}StreamName`,
  producerRole: (dataset: string): string => `${pascalCase(dataset)}ProducerRoleArn`,
  /** Prefix of the dataset's objects in every zone. */
  prefix: (dataset: string): string => `${pascalCase(dataset)}Prefix`,
  stewardRole: 'StewardRoleArn',
  workGroup: 'AnalystWorkGroupName',
  analystRole: 'AnalystRoleArn',
} as const;
