import { ACCOUNT, REGION } from './accounts.ts';

type Json = Readonly<Record<string, unknown>>;

/** How a resource of the template is called in requests. */
export interface ArnForm {
  /** The service and the type of resource, as the catalogue of actions calls them. */
  readonly kind: string;
  /** The property that names it. @default - CloudFormation makes a name up */
  readonly name?: string;
  /** @param made A name that CloudFormation would make up */
  readonly arn: (name: string, properties: Json) => string;
  /** What Ref gives. @default 'name' */
  readonly ref?: 'arn';
}

const regional =
  (service: string, prefix = '') =>
  (name: string): string =>
    `arn:aws:${service}:${REGION}:${ACCOUNT}:${prefix}${name}`;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const input = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const pathOf = (properties: Json): string => text(properties.Path) || '/';
const inGlue = regional('glue');
const ofFunction = (properties: Json): string => text(properties.FunctionName).replace(/^.*:function:/, '');

/** Resources that an action can be about. A type that is missing here can be reached by nobody's policy, or the witness of a statement says so. */
export const ARN_FORMS: Readonly<Record<string, ArnForm>> = {
  'AWS::Athena::WorkGroup': { kind: 'athena:workgroup', name: 'Name', arn: regional('athena', 'workgroup/') },
  'AWS::CloudTrail::Trail': { kind: 'cloudtrail:trail', name: 'TrailName', arn: regional('cloudtrail', 'trail/') },
  'AWS::CloudWatch::Alarm': { kind: 'cloudwatch:alarm', name: 'AlarmName', arn: regional('cloudwatch', 'alarm:') },
  'AWS::EC2::RouteTable': { kind: 'ec2:route-table', arn: regional('ec2', 'route-table/') },
  'AWS::EC2::SecurityGroup': { kind: 'ec2:security-group', arn: regional('ec2', 'security-group/') },
  'AWS::EC2::Subnet': { kind: 'ec2:subnet', arn: regional('ec2', 'subnet/') },
  'AWS::EC2::VPC': { kind: 'ec2:vpc', arn: regional('ec2', 'vpc/') },
  'AWS::EC2::VPCEndpoint': { kind: 'ec2:vpc-endpoint', arn: regional('ec2', 'vpc-endpoint/') },
  'AWS::Events::Rule': { kind: 'events:rule', name: 'Name', arn: regional('events', 'rule/') },
  'AWS::Glue::Database': {
    kind: 'glue:database',
    arn: (_, { DatabaseInput }) => inGlue(`database/${text(input(DatabaseInput).Name)}`),
  },
  'AWS::Glue::Table': {
    kind: 'glue:table',
    arn: (_, { DatabaseName, TableInput }) => inGlue(`table/${text(DatabaseName)}/${text(input(TableInput).Name)}`),
  },
  'AWS::IAM::ManagedPolicy': {
    kind: 'iam:policy',
    name: 'ManagedPolicyName',
    arn: (name, properties) => `arn:aws:iam::${ACCOUNT}:policy${pathOf(properties)}${name}`,
    ref: 'arn',
  },
  'AWS::IAM::Role': {
    kind: 'iam:role',
    name: 'RoleName',
    arn: (name, properties) => `arn:aws:iam::${ACCOUNT}:role${pathOf(properties)}${name}`,
  },
  'AWS::KMS::Alias': { kind: 'kms:alias', name: 'AliasName', arn: regional('kms') },
  'AWS::KMS::Key': { kind: 'kms:key', arn: regional('kms', 'key/') },
  'AWS::Kinesis::Stream': { kind: 'kinesis:stream', name: 'Name', arn: regional('kinesis', 'stream/') },
  'AWS::KinesisFirehose::DeliveryStream': {
    kind: 'firehose:deliverystream',
    name: 'DeliveryStreamName',
    arn: regional('firehose', 'deliverystream/'),
  },
  'AWS::Lambda::Alias': {
    kind: 'lambda:function alias',
    arn: (_, properties) => regional('lambda', 'function:')(`${ofFunction(properties)}:${text(properties.Name)}`),
    ref: 'arn',
  },
  'AWS::Lambda::Function': { kind: 'lambda:function', name: 'FunctionName', arn: regional('lambda', 'function:') },
  'AWS::Lambda::LayerVersion': {
    kind: 'lambda:layerVersion',
    arn: (name) => regional('lambda', 'layer:')(`${name}:1`),
    ref: 'arn',
  },
  'AWS::Lambda::Version': {
    kind: 'lambda:function version',
    arn: (_, properties) => regional('lambda', 'function:')(`${ofFunction(properties)}:1`),
    ref: 'arn',
  },
  'AWS::Logs::LogGroup': {
    kind: 'logs:log-group',
    name: 'LogGroupName',
    arn: (name) => regional('logs', 'log-group:')(`${name}:*`), // as requests and Fn::GetAtt have it
  },
  'AWS::Logs::LogStream': {
    kind: 'logs:log-stream',
    arn: (_, { LogGroupName, LogStreamName }) =>
      regional('logs', 'log-group:')(`${text(LogGroupName)}:log-stream:${text(LogStreamName)}`),
  },
  'AWS::S3::Bucket': { kind: 's3:bucket', name: 'BucketName', arn: (name) => `arn:aws:s3:::${name.toLowerCase()}` },
  'AWS::SNS::Topic': { kind: 'sns:topic', name: 'TopicName', arn: regional('sns'), ref: 'arn' },
  'AWS::SQS::Queue': { kind: 'sqs:queue', name: 'QueueName', arn: regional('sqs') },
  'AWS::DynamoDB::Table': { kind: 'dynamodb:table', name: 'TableName', arn: regional('dynamodb', 'table/') },
  'AWS::SecretsManager::Secret': {
    kind: 'secretsmanager:Secret',
    name: 'Name',
    arn: (name) => regional('secretsmanager', 'secret:')(`${name}-AbCdEf`),
    ref: 'arn',
  },
  'AWS::StepFunctions::StateMachine': {
    kind: 'states:statemachine',
    name: 'StateMachineName',
    arn: regional('states', 'stateMachine:'),
    ref: 'arn',
  },
};
