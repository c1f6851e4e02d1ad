import type { ResourceType } from './resource-type.ts';
import { namedQuery, workGroup } from './types/athena.ts';
import { database, table } from './types/catalog.ts';
import { functionAlias, lambdaFunction, layerVersion, version } from './types/compute.ts';
import { managedPolicy, role, secret } from './types/identity.ts';
import { alias, bucket, bucketPolicy, key } from './types/storage.ts';
import { deliveryStream, logGroup, logStream, stream } from './types/streams.ts';

/** Every type the runtime knows. A type outside this list is an error: a resource that is silently missing would make the run say more than AWS does. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::Athena::NamedQuery': namedQuery,
  'AWS::Athena::WorkGroup': workGroup,
  'AWS::Glue::Database': database,
  'AWS::Glue::Table': table,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Role': role,
  'AWS::KMS::Alias': alias,
  'AWS::KMS::Key': key,
  'AWS::Kinesis::Stream': stream,
  'AWS::KinesisFirehose::DeliveryStream': deliveryStream,
  'AWS::Lambda::Alias': functionAlias,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::LayerVersion': layerVersion,
  'AWS::Lambda::Version': version,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::LogStream': logStream,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SecretsManager::Secret': secret,
};

/** Types that say nothing about the platform. */
export const IGNORED_TYPES: readonly string[] = ['AWS::CDK::Metadata'];
