/** Properties of resources as the tables of edits give them, and what is told of an edit. */
import { compareStacks } from '../../../core/review/compare-stacks.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';

export type Properties = Readonly<Record<string, unknown>>;
export const templates = (Type: string, properties: Properties | undefined): Templates =>
  new Map([
    [
      'Stack',
      readTemplate(
        JSON.stringify({ Resources: properties === undefined ? {} : { It: { Type, Properties: properties } } }),
        'Stack',
      ),
    ],
  ]);

export const codesOf = (type: string, before: Properties | undefined, after: Properties | undefined): string[] =>
  compareStacks(templates(type, before), templates(type, after)).resources.flatMap(({ dangers }) =>
    dangers.map(({ code }) => code),
  );

export const BUCKET = 'AWS::S3::Bucket';
export const ALARM = 'AWS::CloudWatch::Alarm';
export const QUEUE = 'AWS::SQS::Queue';
export const TABLE = 'AWS::DynamoDB::Table';
export const FUNCTION = 'AWS::Lambda::Function';
export const GLUE = 'AWS::Glue::Table';
export const RULE = 'AWS::Events::Rule';
export const TRAIL = 'AWS::CloudTrail::Trail';
export const FLOW_LOG = 'AWS::EC2::FlowLog';
export const MAPPING = 'AWS::Lambda::EventSourceMapping';
export const MACHINE = 'AWS::StepFunctions::StateMachine';

export const lock = (Days: unknown, Mode = 'COMPLIANCE') => ({
  ObjectLockConfiguration: { Rule: { DefaultRetention: { Days, Mode } } },
});
export const encrypted = (rule: Properties) => ({ BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } });
export const byKey = (KMSMasterKeyID?: string) =>
  encrypted({
    ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', ...(KMSMasterKeyID === undefined ? {} : { KMSMasterKeyID }) },
  });
export const refusing = (...EncryptionType: string[]) => encrypted({ BlockedEncryptionTypes: { EncryptionType } });
export const alarm = (more: Properties) => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, ...more });
/** An alarm of an expression over one metric. */
export const computed = (Expression: string, { Period = 300, Stat = 'Maximum', id = 'a' } = {}, more: Properties = {}) => ({
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Metrics: [
    { Id: 'all', Expression, ReturnData: true },
    { Id: id, MetricStat: { Metric: { MetricName: 'Age' }, Period, Stat }, ReturnData: false },
  ],
  ...more,
});
/** An alarm of expressions over two metrics, each by its id; the first is what it looks at. */
export const chained = (expressions: Readonly<Record<string, string>>, more: Properties = {}) => ({
  ComparisonOperator: 'GreaterThanThreshold',
  Metrics: [
    ...Object.entries(expressions).map(([Id, Expression], place) => ({ Id, Expression, ReturnData: place === 0 })),
    ...['m1', 'm2'].map((Id) => ({ Id, MetricStat: { Metric: { MetricName: Id }, Period: 60, Stat: 'Sum' }, ReturnData: false })),
  ],
  ...more,
});
export const below = { ComparisonOperator: 'LessThanThreshold' };
export const columns = (library: string, ...names: string[]) => ({
  TableInput: {
    StorageDescriptor: { Columns: names.map((Name) => ({ Name, Type: 'string' })), SerdeInfo: { SerializationLibrary: library } },
  },
});
export const keyed = (...PartitionKeys: Properties[]) => ({ TableInput: { PartitionKeys } });
export const index = (IndexName: string, more: Properties = {}) => ({ IndexName, ...more });
export const recovered = (RecoveryPeriodInDays?: number) => ({
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: true,
    ...(RecoveryPeriodInDays === undefined ? {} : { RecoveryPeriodInDays }),
  },
});
export const replicated = (...states: string[]) => ({
  ReplicationConfiguration: { Rules: states.map((Status) => ({ Status })) },
});
export const vars = (Variables: Properties) => ({ Environment: { Variables } });
export const heard = (on: boolean) => ({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: on } } });
export const nowhere = { SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32' }] };
export const queued = {
  NotificationConfiguration: { ...heard(true).NotificationConfiguration, QueueConfigurations: [{ Queue: 'arn' }] },
};
/** A trail of the objects under some prefixes. */
export const noting = (...StartsWith: string[]) => ({
  AdvancedEventSelectors: [
    {
      Name: 'objects',
      FieldSelectors: [
        { Field: 'resources.ARN', StartsWith },
        { Field: 'readOnly', Equals: ['true'] },
      ],
    },
  ],
});
export const expiring = (...rules: Properties[]) => ({
  LifecycleConfiguration: { Rules: rules.map((rule) => ({ Status: 'Enabled', ...rule })) },
});
export const archived = (more: Properties) => expiring({ Transitions: [{ StorageClass: 'DEEP_ARCHIVE', ...more }] });
export const [SOON, LATE] = ['2026-12-01T00:00:00Z', '2040-01-01T00:00:00Z'];
export const tagged = (...keys: string[]) =>
  expiring({ ExpirationInDays: 30, TagFilters: keys.map((Key) => ({ Key, Value: '1' })) });
export const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['IsProd', one, other] });
export const versioned = (Status: unknown) => ({ VersioningConfiguration: { Status } });
export const sealed = (SSEAlgorithm: unknown) => encrypted({ ServerSideEncryptionByDefault: { SSEAlgorithm } });
export const owned = (ObjectOwnership: unknown) => ({ OwnershipControls: { Rules: [{ ObjectOwnership }] } });
export const destination = (part: string, Enabled: unknown) => ({ ExtendedS3DestinationConfiguration: { [part]: { Enabled } } });
export const transforming = (Enabled: unknown) => destination('ProcessingConfiguration', Enabled);
export const logging = (Enabled: unknown) => destination('CloudWatchLoggingOptions', Enabled);
export const HEARS_ALL = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
export const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';
/** A layer of another account, by an ARN of which a part is known at deployment only. */
export const strange = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda:eu-west-1:other:layer:one:1']] };
export const strangeTopic = 'arn:aws:sns:eu-west-1:999999999999:topic';
export const strangeKey = 'arn:aws:kms:eu-west-1:999999999999:key/one';
export const unenforced = { WorkGroupConfiguration: { EnforceWorkGroupConfiguration: false } };
/** A place that another stack exports. */
export const imported = { 'Fn::ImportValue': 'place' };
/** A name that holds the account's number. */
export const ours = 'records-${AWS::AccountId}';
/** A bucket that nobody beyond the account can open. */
export const closed = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
};
