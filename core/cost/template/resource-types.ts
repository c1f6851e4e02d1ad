/** Types that the parts of a bill price. */
export const PRICED_TYPES: readonly string[] = [
  'AWS::Athena::WorkGroup',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::FlowLog',
  'AWS::EC2::VPCEndpoint',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Kinesis::StreamConsumer',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::Route53Resolver::FirewallDomainList',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
  'Custom::IcebergTable',
];

const NETWORK = 'AWS bills what passes a network, not its parts';
const CATALOG = 'the first million objects and requests of the catalog are free';
const CODE = 'the first 75 GB of code are free';
const IDENTITY = 'identities and policies are free';
const QUERY = 'a text; the query it runs is billed with its workgroup';

/** Types that cost nothing, and why. */
export const FREE_TYPES: Readonly<Record<string, string>> = {
  'AWS::Athena::NamedQuery': QUERY,
  'AWS::Athena::PreparedStatement': QUERY,
  'AWS::Budgets::Budget': 'a budget without actions is free',
  'AWS::CDK::Metadata': 'says which constructs were used',
  'AWS::EC2::RouteTable': NETWORK,
  'AWS::EC2::SecurityGroup': NETWORK,
  'AWS::EC2::SecurityGroupEgress': NETWORK,
  'AWS::EC2::SecurityGroupIngress': NETWORK,
  'AWS::EC2::Subnet': NETWORK,
  'AWS::EC2::SubnetRouteTableAssociation': NETWORK,
  'AWS::EC2::VPC': NETWORK,
  'AWS::Events::Rule': 'rules for events of AWS are free; what S3 tells them is billed with its bucket',
  'AWS::Glue::Database': CATALOG,
  'AWS::Glue::Table': CATALOG,
  'AWS::IAM::ManagedPolicy': IDENTITY,
  'AWS::IAM::Policy': IDENTITY,
  'AWS::IAM::Role': IDENTITY,
  'AWS::KMS::Alias': 'a name of a key that is billed',
  'AWS::Lambda::Alias': 'a name of a version',
  'AWS::Lambda::LayerVersion': CODE,
  'AWS::Lambda::Permission': IDENTITY,
  'AWS::Lambda::Version': CODE,
  'AWS::Logs::LogStream': 'a part of a log group that is billed',
  'AWS::Route53Resolver::FirewallRuleGroup': 'AWS bills the names that it lists and the queries that it judges',
  'AWS::S3::BucketPolicy': IDENTITY,
  'AWS::SNS::TopicPolicy': IDENTITY,
};

/** Properties that would cost what no part prices. */
export const UNPRICED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Kinesis::Stream': ['WarmThroughputMiBps'],
  'AWS::Lambda::Alias': ['ProvisionedConcurrencyConfig'],
  'AWS::Lambda::Function': ['EphemeralStorage', 'FileSystemConfigs', 'SnapStart', 'DurableConfig', 'CapacityProviderConfig'],
  'AWS::Lambda::Version': ['ProvisionedConcurrencyConfig', 'ProvisionedPollerConfig'],
  'AWS::S3::Bucket': [
    'AccelerateConfiguration',
    'AnalyticsConfigurations',
    'IntelligentTieringConfigurations',
    'InventoryConfigurations',
    'MetadataConfiguration',
    'MetadataTableConfiguration',
    'MetricsConfigurations',
  ],
  'AWS::Events::Rule': ['EventBusName'],
};
