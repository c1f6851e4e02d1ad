import type { JudgedResource, JudgedStack } from './judged-stack.ts';
import { at, bytes, count, largest, length } from './measures.ts';

/** What AWS takes at most, whoever asks. */
export interface Limit {
  /** What is limited, with its unit. */
  readonly what: string;
  readonly most: number;
  /** What to do about more. */
  readonly remedy: string;
  /** The page that says so. */
  readonly see: string;
}

/** A limit of a whole stack. */
export interface StackLimit extends Limit {
  readonly measure: (stack: JudgedStack) => number;
}

/** A limit of each resource of a type. */
export interface ResourceLimit extends Limit {
  /** @default - every type */
  readonly type?: string;
  readonly measure: (properties: Readonly<Record<string, unknown>>, stack: JudgedStack) => number;
}

/** What an account has of a kind of resource unless it asks for more. */
export interface Quota {
  readonly what: string;
  /** Whether each region has its own. */
  readonly regional: boolean;
  readonly byDefault: number;
  /** What AWS gives at most. @default - no bound is published */
  readonly most?: number;
  readonly count: (resource: JudgedResource) => number;
  readonly see: string;
}

const DOCS = 'https://docs.aws.amazon.com';
const SEE = {
  cloudFormation: `${DOCS}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`,
  stackName: `${DOCS}/AWSCloudFormation/latest/APIReference/API_CreateStack.html`,
  iam: `${DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html`,
  lambda: `${DOCS}/lambda/latest/dg/gettingstarted-limits.html`,
  s3Lifecycle: `${DOCS}/AmazonS3/latest/userguide/object-lifecycle-mgmt.html`,
  s3Policy: `${DOCS}/AmazonS3/latest/userguide/add-bucket-policy.html`,
  s3: `${DOCS}/general/latest/gr/s3.html`,
  kms: `${DOCS}/kms/latest/developerguide/resource-limits.html`,
  glueColumn: `${DOCS}/glue/latest/webapi/API_Column.html`,
  glueTable: `${DOCS}/glue/latest/webapi/API_TableInput.html`,
  glueDatabase: `${DOCS}/glue/latest/webapi/API_DatabaseInput.html`,
  glue: `${DOCS}/general/latest/gr/glue.html`,
  athena: `${DOCS}/athena/latest/ug/service-limits.html`,
  athenaQuery: `${DOCS}/athena/latest/APIReference/API_NamedQuery.html`,
  firehose: `${DOCS}/firehose/latest/dev/limits.html`,
  firehosePrefix: `${DOCS}/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html`,
  kinesis: `${DOCS}/streams/latest/dev/service-sizes-and-limits.html`,
  logs: `${DOCS}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html`,
  alarms: `${DOCS}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`,
  secrets: `${DOCS}/secretsmanager/latest/userguide/reference_limits.html`,
  s3Name: `${DOCS}/AmazonS3/latest/userguide/bucketnamingrules.html`,
  athenaWorkGroup: `${DOCS}/athena/latest/APIReference/API_CreateWorkGroup.html`,
  alarm: `${DOCS}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`,
  stateMachine: `${DOCS}/step-functions/latest/dg/service-quotas.html`,
  vpc: `${DOCS}/vpc/latest/userguide/amazon-vpc-limits.html`,
  rules: `${DOCS}/eventbridge/latest/userguide/eb-quota.html`,
  tags: `${DOCS}/tag-editor/latest/userguide/best-practices-and-strats.html`,
} as const;

const FEWER_DATASETS = 'give some of its datasets a slot in another part, before they are deployed (docs/adr/0017)';
const SHORTER = 'shorten it in the contract';

export const STACK_LIMITS: readonly StackLimit[] = [
  {
    what: 'resources of a stack',
    most: 500,
    measure: ({ template }) => Object.keys(template.Resources ?? {}).length,
    remedy: FEWER_DATASETS,
    see: SEE.cloudFormation,
  },
  {
    what: 'outputs of a stack',
    most: 200,
    measure: ({ template }) => Object.keys(template.Outputs ?? {}).length,
    remedy: FEWER_DATASETS,
    see: SEE.cloudFormation,
  },
  {
    what: 'bytes of a template',
    most: 1_000_000,
    measure: (stack) => stack.bytes,
    remedy: FEWER_DATASETS,
    see: SEE.cloudFormation,
  },
  {
    what: 'parameters of a stack',
    most: 200,
    measure: ({ template }) => Object.keys(template.Parameters ?? {}).length,
    remedy: 'pass fewer values in from outside',
    see: SEE.cloudFormation,
  },
  {
    what: 'mappings of a stack',
    most: 200,
    measure: ({ template }) => Object.keys(template.Mappings ?? {}).length,
    remedy: 'take some out',
    see: SEE.cloudFormation,
  },
  {
    what: 'characters of a stack name',
    most: 128,
    measure: ({ name }) => name.length,
    remedy: 'shorten the name of the domain or of the environment',
    see: SEE.stackName,
  },
  {
    what: "bytes of a template's description",
    most: 1024,
    measure: ({ template }) => bytes(template.Description),
    remedy: "shorten the environment's purpose",
    see: SEE.cloudFormation,
  },
  {
    what: "characters of an output's name",
    most: 255,
    measure: ({ template }) => largest(Object.keys(template.Outputs ?? {}), length),
    remedy: 'shorten the name of the dataset',
    see: SEE.cloudFormation,
  },
  {
    what: "characters of an export's name",
    most: 255,
    measure: ({ template }) => largest(at(Object.values(template.Outputs ?? {}), 'Export', 'Name'), length),
    remedy: 'shorten the name of the domain',
    see: SEE.cloudFormation,
  },
  {
    what: 'characters of a logical id',
    most: 255,
    measure: ({ template }) => largest(Object.keys(template.Resources ?? {}), length),
    remedy: 'shorten the name of the dataset',
    see: SEE.cloudFormation,
  },
];

export const RESOURCE_LIMITS: readonly ResourceLimit[] = [
  {
    what: 'tags of a resource',
    most: 50,
    measure: ({ Tags }) => count(Tags),
    remedy: "take some out of the environment's tags",
    see: SEE.tags,
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    what: 'characters of a managed policy',
    most: 6144,
    measure: ({ PolicyDocument }) => length(PolicyDocument),
    remedy: 'give the actor fewer datasets',
    see: SEE.iam,
  },
  {
    type: 'AWS::IAM::Role',
    what: "characters of a role's trust policy, unless the quota is raised",
    most: 2048,
    measure: ({ AssumeRolePolicyDocument }) => length(AssumeRolePolicyDocument),
    remedy: 'let fewer principals assume it',
    see: SEE.iam,
  },
  {
    type: 'AWS::Lambda::Function',
    what: "bytes of a function's environment variables",
    most: 4096,
    measure: ({ Environment }) => largest(at(Environment, 'Variables'), bytes),
    remedy: 'put the value in a layer or a parameter',
    see: SEE.lambda,
  },
  {
    type: 'AWS::Lambda::Function',
    what: 'layers of a function',
    most: 5,
    measure: ({ Layers }) => count(Layers),
    remedy: 'join some',
    see: SEE.lambda,
  },
  {
    type: 'AWS::Lambda::Function',
    what: 'bytes of a function with its layers, unpacked',
    most: 250 * 1024 * 1024,
    measure: ({ Code, Layers }, stack) => {
      const layers = at(Layers, 'Ref').flatMap((id) =>
        at(stack.template.Resources?.[String(id)]?.Properties, 'Content', 'S3Key'),
      );
      return [...at(Code, 'S3Key'), ...layers].reduce<number>((sum, key) => sum + stack.assetBytes(String(key)), 0);
    },
    remedy: 'carry less in the bundle, or list fewer values in the contract',
    see: SEE.lambda,
  },
  {
    type: 'AWS::S3::Bucket',
    what: 'lifecycle rules of a bucket',
    most: 1000,
    measure: ({ LifecycleConfiguration }) => at(LifecycleConfiguration, 'Rules').length,
    remedy: 'offer fewer retention classes',
    see: SEE.s3Lifecycle,
  },
  {
    type: 'AWS::S3::BucketPolicy',
    what: 'bytes of a bucket policy',
    most: 20 * 1024,
    measure: ({ PolicyDocument }) => bytes(PolicyDocument),
    remedy: 'admit actors by their path, not by their names',
    see: SEE.s3Policy,
  },
  {
    type: 'AWS::KMS::Key',
    what: 'bytes of a key policy',
    most: 32 * 1024,
    measure: ({ KeyPolicy }) => bytes(KeyPolicy),
    remedy: 'admit actors by their path, not by their names',
    see: SEE.kms,
  },
  {
    type: 'AWS::Glue::Table',
    what: "characters of a column's name",
    most: 255,
    measure: ({ TableInput }) => largest(columns(TableInput, 'Name'), length),
    remedy: SHORTER,
    see: SEE.glueColumn,
  },
  {
    type: 'AWS::Glue::Table',
    what: "bytes of a column's comment",
    most: 255,
    measure: ({ TableInput }) => largest(columns(TableInput, 'Comment'), bytes),
    remedy: SHORTER,
    see: SEE.glueColumn,
  },
  {
    type: 'AWS::Glue::Table',
    what: "characters of a column's type",
    most: 131_072,
    measure: ({ TableInput }) => largest(columns(TableInput, 'Type'), length),
    remedy: 'divide the object into columns',
    see: SEE.glueColumn,
  },
  {
    type: 'AWS::Glue::Table',
    what: "characters of a table's name",
    most: 255,
    measure: ({ TableInput }) => largest(at(TableInput, 'Name'), length),
    remedy: SHORTER,
    see: SEE.glueTable,
  },
  {
    type: 'AWS::Glue::Table',
    what: "bytes of a table's description",
    most: 2048,
    measure: ({ TableInput }) => largest(at(TableInput, 'Description'), bytes),
    remedy: SHORTER,
    see: SEE.glueTable,
  },
  {
    type: 'AWS::Glue::Table',
    what: "characters of a view's text",
    most: 409_600,
    measure: ({ TableInput }) => largest(at(TableInput, 'ViewOriginalText'), length),
    remedy: 'divide the dataset: its view lists every column',
    see: SEE.glueTable,
  },
  {
    type: 'AWS::Glue::Table',
    what: "bytes of a table's parameter",
    most: 512_000,
    measure: ({ TableInput }) =>
      largest(
        at(TableInput, 'Parameters').flatMap((all) => Object.values(all as Readonly<Record<string, unknown>>)),
        bytes,
      ),
    remedy: SHORTER,
    see: SEE.glueTable,
  },
  {
    type: 'AWS::Glue::Database',
    what: "characters of a database's name",
    most: 255,
    measure: ({ DatabaseInput }) => largest(at(DatabaseInput, 'Name'), length),
    remedy: 'shorten the name of the domain',
    see: SEE.glueDatabase,
  },
  {
    type: 'AWS::Athena::NamedQuery',
    what: 'bytes of a query',
    most: 262_144,
    measure: ({ QueryString }) => bytes(QueryString),
    remedy: 'divide the question',
    see: SEE.athena,
  },
  {
    type: 'AWS::Athena::NamedQuery',
    what: "characters of a named query's name",
    most: 128,
    measure: ({ Name }) => length(Name),
    remedy: 'shorten the name of the question',
    see: SEE.athenaQuery,
  },
  {
    type: 'AWS::Athena::NamedQuery',
    what: "characters of a named query's description",
    most: 1024,
    measure: ({ Description }) => length(Description),
    remedy: 'shorten the description of the question',
    see: SEE.athenaQuery,
  },
  {
    type: 'AWS::Athena::PreparedStatement',
    what: 'bytes of a prepared statement',
    most: 262_144,
    measure: ({ QueryStatement }) => bytes(QueryStatement),
    remedy: 'divide the question',
    see: SEE.athena,
  },
  {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    what: "characters of a delivery's prefix",
    most: 1024,
    measure: ({ ExtendedS3DestinationConfiguration: destination }) =>
      largest(
        [
          ...at(destination, 'Prefix'),
          ...at(destination, 'ErrorOutputPrefix'),
          ...at(destination, 'S3BackupConfiguration', 'Prefix'),
          ...at(destination, 'S3BackupConfiguration', 'ErrorOutputPrefix'),
        ],
        length,
      ),
    remedy: 'shorten the name of the domain or of the dataset',
    see: SEE.firehosePrefix,
  },
  {
    type: 'AWS::Logs::LogGroup',
    what: "characters of a log group's name",
    most: 512,
    measure: ({ LogGroupName }) => length(LogGroupName),
    remedy: 'leave the name to CloudFormation',
    see: SEE.logs,
  },
  {
    type: 'AWS::S3::Bucket',
    what: "characters of a bucket's name",
    most: 63,
    measure: ({ BucketName }) => length(BucketName),
    remedy: 'shorten the name of the environment',
    see: SEE.s3Name,
  },
  {
    type: 'AWS::Athena::WorkGroup',
    what: "characters of a workgroup's name",
    most: 128,
    measure: ({ Name }) => length(Name),
    remedy: 'shorten the name of the group',
    see: SEE.athenaWorkGroup,
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    what: "characters of an alarm's description",
    most: 1024,
    measure: ({ AlarmDescription }) => length(AlarmDescription),
    remedy: "shorten the owner's name or the runbook's address",
    see: SEE.alarm,
  },
  {
    type: 'AWS::StepFunctions::StateMachine',
    what: "bytes of a state machine's definition",
    most: 1024 * 1024,
    measure: ({ Definition }) => bytes(Definition),
    remedy: 'divide the workflow',
    see: SEE.stateMachine,
  },
];

export const QUOTAS: readonly Quota[] = [
  { what: 'roles', regional: false, byDefault: 1000, most: 10_000, count: ofType('AWS::IAM::Role'), see: SEE.iam },
  {
    what: 'customer managed policies',
    regional: false,
    byDefault: 1500,
    most: 10_000,
    count: ofType('AWS::IAM::ManagedPolicy'),
    see: SEE.iam,
  },
  { what: 'buckets', regional: false, byDefault: 10_000, most: 1_000_000, count: ofType('AWS::S3::Bucket'), see: SEE.s3 },
  {
    what: 'on-demand streams',
    regional: true,
    byDefault: 50,
    count: (resource) => (streamShards(resource) === 0 ? 1 : 0),
    see: SEE.kinesis,
  },
  { what: 'shards', regional: true, byDefault: 1000, count: (resource) => streamShards(resource) ?? 0, see: SEE.kinesis },
  {
    what: 'Firehose streams',
    regional: true,
    byDefault: 5000,
    count: ofType('AWS::KinesisFirehose::DeliveryStream'),
    see: SEE.firehose,
  },
  { what: 'keys', regional: true, byDefault: 100_000, count: ofType('AWS::KMS::Key'), see: SEE.kms },
  { what: 'databases', regional: true, byDefault: 10_000, count: ofType('AWS::Glue::Database'), see: SEE.glue },
  { what: 'secrets', regional: true, byDefault: 500_000, count: ofType('AWS::SecretsManager::Secret'), see: SEE.secrets },
  { what: 'alarms', regional: true, byDefault: 5000, count: ofType('AWS::CloudWatch::Alarm'), see: SEE.alarms },
  { what: 'workgroups', regional: true, byDefault: 1000, count: ofType('AWS::Athena::WorkGroup'), see: SEE.athena },
  { what: 'VPCs', regional: true, byDefault: 5, count: ofType('AWS::EC2::VPC'), see: SEE.vpc },
  { what: 'event rules', regional: true, byDefault: 300, count: ofType('AWS::Events::Rule'), see: SEE.rules },
];

function ofType(type: string): Quota['count'] {
  return (resource) => (resource.Type === type ? 1 : 0);
}

/** Shards of a stream, 0 for one on demand; undefined for what is no stream. */
function streamShards({ Type, Properties = {} }: JudgedResource): number | undefined {
  if (Type !== 'AWS::Kinesis::Stream') return undefined;
  const [mode] = at(Properties, 'StreamModeDetails', 'StreamMode');
  return mode === 'ON_DEMAND' ? 0 : Number(Properties.ShardCount ?? 1);
}

const columns = (tableInput: unknown, key: string): unknown[] => [
  ...at(tableInput, 'StorageDescriptor', 'Columns', key),
  ...at(tableInput, 'PartitionKeys', key),
];
