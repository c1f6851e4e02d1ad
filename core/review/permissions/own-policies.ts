import type { Resource } from '../../aws/template.ts';
import { tablePolicies, type PartPolicy } from './table-policies.ts';

export const ENDPOINT = 'AWS::EC2::VPCEndpoint';

/** What AWS puts in the place of a policy that is not there. */
const OPEN = { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };
const BY_IAM = { Statement: { Effect: 'Allow', Principal: { AWS: 'the account' }, Action: 'kms:*', Resource: '*' } };

interface OwnPolicy {
  /** Those that are there. */
  readonly documents: (resource: Resource) => readonly PartPolicy[];
  /** What it is about, where that is another resource. */
  readonly about?: string;
  readonly absent?: unknown;
}

const stated = (document: unknown): readonly PartPolicy[] => (document === undefined ? [] : [{ document }]);

const own = (property: string, about?: string, absent?: unknown): OwnPolicy => ({
  documents: ({ properties }) => stated(properties[property]),
  ...(about === undefined ? {} : { about }),
  ...(absent === undefined ? {} : { absent }),
});

/** Where resources carry policies of their own. */
export const OWN_POLICIES: Readonly<Record<string, OwnPolicy>> = {
  'AWS::S3::BucketPolicy': own('PolicyDocument', 'Bucket'),
  'AWS::KMS::Key': own('KeyPolicy', undefined, BY_IAM),
  'AWS::KMS::ReplicaKey': own('KeyPolicy', undefined, BY_IAM),
  'AWS::SNS::TopicPolicy': own('PolicyDocument', 'Topics'),
  'AWS::SQS::QueuePolicy': own('PolicyDocument', 'Queues'),
  'AWS::SecretsManager::ResourcePolicy': own('ResourcePolicy', 'SecretId'),
  'AWS::Kinesis::ResourcePolicy': own('ResourcePolicy', 'ResourceArn'),
  'AWS::Logs::ResourcePolicy': own('PolicyDocument'),
  'AWS::Logs::LogGroup': own('ResourcePolicyDocument'),
  [ENDPOINT]: own('PolicyDocument', undefined, OPEN),
  'AWS::Events::EventBus': own('Policy'),
  'AWS::Events::EventBusPolicy': {
    documents: ({ properties }) => stated(properties.Statement === undefined ? undefined : { Statement: properties.Statement }),
    about: 'EventBusName',
  },
  'AWS::DynamoDB::Table': { documents: tablePolicies },
  'AWS::DynamoDB::GlobalTable': { documents: tablePolicies },
};
