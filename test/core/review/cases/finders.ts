import { withQuery } from '../../../support/presto-view.ts';
import { part, type Found, type PlatformCopy } from './platform-copy.ts';

export const BUCKET = 'AWS::S3::Bucket';
export const STREAM = 'AWS::Kinesis::Stream';
export const KEY = 'AWS::KMS::Key';
export const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';
export const GLUE_TABLE = 'AWS::Glue::Table';
export const LOG_GROUP = 'AWS::Logs::LogGroup';
export const WORK_GROUP = 'AWS::Athena::WorkGroup';
export const ROLE = 'AWS::IAM::Role';
export const POLICY = 'AWS::IAM::ManagedPolicy';
export const FUNCTION = 'AWS::Lambda::Function';
export const MACHINE = 'AWS::StepFunctions::StateMachine';
export const TRAIL = 'AWS::CloudTrail::Trail';
export const FLOW_LOG = 'AWS::EC2::FlowLog';
export const DESTINATION = 'ExtendedS3DestinationConfiguration';

export interface LifecycleRule {
  Id: string;
  Prefix?: string;
  ExpirationInDays?: number;
  NoncurrentVersionExpiration?: { NoncurrentDays: number };
  Transitions?: { StorageClass: string; TransitionInDays: number }[];
}
export const lifecycleOf = (found: Found): LifecycleRule[] =>
  part(found.properties, 'LifecycleConfiguration', 'Rules') as unknown as LifecycleRule[];

/** A bucket whose objects move to an archive: that of clean data. */
export const clean = (platform: PlatformCopy): Found =>
  platform.the(BUCKET, (found) => lifecycleOf(found).some(({ Transitions = [] }) => Transitions.some(isArchive)));
/** The bucket of originals. */
export const raw = (platform: PlatformCopy): Found =>
  platform.the(
    BUCKET,
    ({ properties }) =>
      properties.LoggingConfiguration !== undefined && part(properties, 'LoggingConfiguration').LogFilePrefix === 'raw/',
  );
export const isArchive = ({ StorageClass }: { StorageClass: string }): boolean =>
  ['GLACIER', 'DEEP_ARCHIVE'].includes(StorageClass);

export const ruleWhere = (rules: LifecycleRule[], is: (rule: LifecycleRule) => boolean): LifecycleRule => {
  const found = rules.find(is);
  if (found === undefined) throw new Error('prod must have such a lifecycle rule for this case');
  return found;
};

export const partitioned = (platform: PlatformCopy): Found =>
  platform.the(DELIVERY, ({ properties }) => part(properties, DESTINATION).DynamicPartitioningConfiguration !== undefined);
export const projected = (platform: PlatformCopy): Found =>
  platform.the(GLUE_TABLE, ({ properties }) => part(properties, 'TableInput').TableType !== 'VIRTUAL_VIEW');
export const view = (platform: PlatformCopy): Found =>
  platform.the(GLUE_TABLE, ({ properties }) => part(properties, 'TableInput').TableType === 'VIRTUAL_VIEW');
export const columnsOf = ({ properties }: Found) =>
  part(properties, 'TableInput', 'StorageDescriptor', 'Columns') as unknown as { Name: string; Type: string }[];

/** Writes a view's query anew. */
export function ask(found: Found, change: (sql: string) => string): void {
  const input = part(found.properties, 'TableInput') as unknown as { ViewOriginalText: string };
  input.ViewOriginalText = withQuery(input.ViewOriginalText, change);
}

export const drop = (value: Record<string, unknown>, key: string): void => {
  Reflect.deleteProperty(value, key);
};
