import type { ResourceType } from './resource-type.ts';
import { namedQuery, preparedStatement, workGroup } from './types/athena.ts';
import { trail } from './types/audit.ts';
import { database, table } from './types/catalog.ts';
import { customResource } from './types/custom-resource.ts';
import { eventInvokeConfig } from './types/event-invoke.ts';
import { functionAlias, lambdaFunction, layerVersion, permission, version } from './types/compute.ts';
import { eventSourceMapping } from './types/event-source.ts';
import { eventBus, eventBusPolicy, rule } from './types/events.ts';
import { managedPolicy, policy, role, secret } from './types/identity.ts';
import { nestedStack } from './types/nested-stack.ts';
import {
  firewallDomainList,
  firewallRuleGroup,
  firewallRuleGroupAssociation,
  flowLog,
  routeTable,
  securityGroup,
  securityGroupEgress,
  securityGroupIngress,
  subnet,
  subnetRouteTableAssociation,
  vpc,
  vpcEndpoint,
} from './types/network.ts';
import { subscription, topic, topicPolicy } from './types/notifications.ts';
import { alarm, budget } from './types/operations.ts';
import { stateMachine } from './types/orchestration.ts';
import { queue, queueInlinePolicy, queuePolicy } from './types/queues.ts';
import { parameter } from './types/parameters.ts';
import { schedule, scheduleGroup } from './types/scheduler.ts';
import { alias, bucket, bucketPolicy, key } from './types/storage.ts';
import { dynamodbTable, globalTable } from './types/tables.ts';
import { deliveryStream, logGroup, logStream, stream } from './types/streams.ts';

/** Every type the runtime knows. A type outside this list is an error: a resource that is silently missing would make the run say more than AWS does. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::Athena::NamedQuery': namedQuery,
  'AWS::Athena::PreparedStatement': preparedStatement,
  'AWS::Athena::WorkGroup': workGroup,
  'AWS::EC2::FlowLog': flowLog,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupEgress': securityGroupEgress,
  'AWS::EC2::SecurityGroupIngress': securityGroupIngress,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SubnetRouteTableAssociation': subnetRouteTableAssociation,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::Budgets::Budget': budget,
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudFormation::Stack': nestedStack,
  'AWS::CloudTrail::Trail': trail,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::DynamoDB::GlobalTable': globalTable,
  'AWS::DynamoDB::Table': dynamodbTable,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::EventBusPolicy': eventBusPolicy,
  'AWS::Events::Rule': rule,
  'AWS::Glue::Database': database,
  'AWS::Glue::Table': table,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::KMS::Alias': alias,
  'AWS::KMS::Key': key,
  'AWS::Kinesis::Stream': stream,
  'AWS::KinesisFirehose::DeliveryStream': deliveryStream,
  'AWS::Lambda::Alias': functionAlias,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::LayerVersion': layerVersion,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::Version': version,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::LogStream': logStream,
  'AWS::Route53Resolver::FirewallDomainList': firewallDomainList,
  'AWS::Route53Resolver::FirewallRuleGroup': firewallRuleGroup,
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': firewallRuleGroupAssociation,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueueInlinePolicy': queueInlinePolicy,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::SSM::Parameter': parameter,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
  'AWS::SecretsManager::Secret': secret,
  'AWS::StepFunctions::StateMachine': stateMachine,
};

/** The type of a resource, if the runtime knows it; a type of the template's own, `Custom::…`, is a custom resource's. */
export function resourceType(name: string): ResourceType | undefined {
  const known = name.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : name;
  return Object.hasOwn(RESOURCE_TYPES, known) ? RESOURCE_TYPES[known] : undefined;
}

/** Types that say nothing about the platform. */
export const IGNORED_TYPES: readonly string[] = ['AWS::CDK::Metadata'];

/** Types of which Ref is what tells one from another, in an account and its region. */
export const NAMED_TYPES: readonly string[] = [
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::Events::Rule',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'AWS::StepFunctions::StateMachine',
];
