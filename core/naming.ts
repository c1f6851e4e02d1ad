import { hash } from 'node:crypto';

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

/** The Iceberg table of one row for each primary key. */
export const curatedTableName = (dataset: string): string => `${dataset}_curated`;

/** The view that people read: the dataset's own name. */
export const viewName = (dataset: string): string => dataset;

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html */
const LONGEST_DELIVERY_NAME = 64;
const DIGEST = 8;

/**
 * The delivery that events of a dataset are put straight into. It has a name of ours, by which the function that judges for many tells whose
 * events it was given. One that would be too long ends in a digest.
 */
export function deliveryName(environment: string, domain: string, dataset: string): string {
  const name = `${environment}-${domain}-${dataset}`;
  return name.length <= LONGEST_DELIVERY_NAME
    ? name
    : `${name.slice(0, LONGEST_DELIVERY_NAME - DIGEST - 1)}-${hash('sha256', name).slice(0, DIGEST)}`;
}

/** A domain as names of stacks and exports take it: without an underscore. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */
export const exportSegment = (domain: string): string => domain.replaceAll('_', '-');

export const stackName = {
  foundation: (environment: string): string => `Headwaters-${environment}-Foundation`,
  /** CloudFormation takes no underscore, and a domain has no hyphen: the two never meet. */
  domain: (environment: string, domain: string): string => `Headwaters-${environment}-Domain-${exportSegment(domain)}`,
  /** A part of a domain that one stack does not hold; the first has the domain's own name. Domains are of lower case: none is called so. */
  domainPart: (environment: string, domain: string, part: number): string =>
    `${stackName.domain(environment, domain)}${part === 1 ? '' : `-Part${part}`}`,
  replica: (environment: string): string => `Headwaters-${environment}-Replica`,
  operations: (environment: string): string => `Headwaters-${environment}-Operations`,
  serving: (environment: string): string => `Headwaters-${environment}-Serving`,
} as const;

/** The environment that a stack belongs to, by its name. */
export const environmentOf = (stack: string): string | undefined => /^Headwaters-([a-z][a-z0-9]*)-/.exec(stack)?.[1];

/** The domain that a stack belongs to, as names of stacks take it (`exportSegment`); undefined where it is of all. */
export const domainSegmentOf = (stack: string): string | undefined =>
  /^Headwaters-[a-z][a-z0-9]*-Domain-(.+?)(?:-Part\d+)?$/.exec(stack)?.[1];

/** IAM path of every role of one actor: what key and bucket policies admit, since they cannot name roles of later stacks. */
export type Actor =
  | 'producer'
  | 'delivery'
  | 'quarantine-delivery'
  | 'transform'
  | 'analyst'
  | 'steward'
  | 'replication'
  | 'restore'
  | 'replay'
  | 'replay-workflow'
  | 'table-maker'
  | 'curator'
  | 'schedule'
  | 'flow-log'
  | 'auditor';
export const rolePath = (environment: string, actor: Actor): string => `/headwaters/${environment}/${actor}/`;

/** The name of a value that one stack exports and others import. */
export const exportName = (environment: string, name: string): string => `headwaters-${environment}-${name}`;

/** Outputs of the stacks, by the keys that `cdk deploy --outputs-file` writes. */
export const outputKey = {
  bucket: (zone: 'raw' | 'clean' | 'quarantine' | 'results'): string => `${pascalCase(zone)}BucketName`,
  streamName: (dataset: string): string => `${pascalCase(dataset)}StreamName`,
  streamArn: (dataset: string): string => `${pascalCase(dataset)}StreamArn`,
  /** The delivery that events are put straight into, of a dataset without a stream. */
  deliveryStreamName: (dataset: string): string => `${pascalCase(dataset)}DeliveryStreamName`,
  /** The view that people read, with its database. */
  view: (dataset: string): string => `${pascalCase(dataset)}View`,
  /** The table of one row for each key, with its database. */
  curatedTable: (dataset: string): string => `${pascalCase(dataset)}CuratedTable`,
  /** The state machine that folds; @param curation Which of its stack, from 1 */
  curation: (curation: number): string => `CurationStateMachineArn${curation === 1 ? '' : curation}`,
  producerRole: (dataset: string): string => `${pascalCase(dataset)}ProducerRoleArn`,
  /** Prefix of the dataset's objects in every zone. */
  prefix: (dataset: string): string => `${pascalCase(dataset)}Prefix`,
  stewardRole: 'StewardRoleArn',
  replayFunction: (replay: number): string => `ReplayFunctionName${replay === 1 ? '' : replay}`,
  replay: (replay: number): string => `ReplayStateMachineArn${replay === 1 ? '' : replay}`,
  /** Which of its stack's replays, from 1, takes a dataset; no output for those of the first. */
  replayOf: (dataset: string): string => `${pascalCase(dataset)}Replay`,
  /** Of a group who asks; without one, of the first. */
  workGroup: (group = 'analyst'): string => `${pascalCase(group)}WorkGroupName`,
  readerRole: (group = 'analyst'): string => `${pascalCase(group)}RoleArn`,
  auditorRole: 'AuditorRoleArn',
  restoreArchive: 'RestoreArchiveStateMachineArn',
  /** Where alarms of the second region go. */
  replicaAlarmTopic: 'ReplicaAlarmTopicArn',
} as const;
