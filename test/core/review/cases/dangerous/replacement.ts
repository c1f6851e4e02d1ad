import type { DangerousCase } from '../case.ts';
import { BUCKET, clean, DESTINATION, KEY, LOG_GROUP, partitioned, projected, ROLE, STREAM, WORK_GROUP } from '../finders.ts';
import { aTable, fromStream, TABLE } from '../givens.ts';
import { part } from '../platform-copy.ts';

/** A new, empty one takes a place or a name. */
export const REPLACEMENT: readonly DangerousCase[] = [
  {
    name: 'a construct of a stream is renamed',
    edit: (platform) => {
      platform.rename(platform.the(STREAM), 'RenamedStream');
    },
    dangers: ['LogicalIdChanged'],
  },
  {
    name: 'a logical id gets another type',
    edit: (platform) => {
      platform.the(STREAM).resource.Type = 'AWS::SQS::Queue';
    },
    dangers: ['TypeChanged'],
  },
  {
    name: 'a bucket gets a physical name',
    edit: (platform) => {
      platform.the(BUCKET).properties.BucketName = 'lake';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a Glue database is renamed',
    edit: (platform) => {
      part(platform.the('AWS::Glue::Database').properties, 'DatabaseInput').Name = 'renamed';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a Glue table is renamed',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput').Name = 'renamed';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a workgroup is renamed',
    edit: (platform) => {
      platform.the(WORK_GROUP).properties.Name = 'renamed';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a log group gets a physical name',
    edit: (platform) => {
      platform.the(LOG_GROUP).properties.LogGroupName = '/lake/delivery';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a key gets another spec',
    edit: (platform) => {
      platform.the(KEY).properties.KeySpec = 'RSA_2048';
    },
    dangers: ['KeySpecChanged'],
  },
  {
    name: 'a key spans regions',
    edit: (platform) => {
      platform.the(KEY).properties.MultiRegion = true;
    },
    dangers: ['KeySpecChanged'],
  },
  {
    name: 'object lock is switched on',
    edit: (platform) => {
      clean(platform).properties.ObjectLockEnabled = true;
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'a secret is generated longer',
    edit: (platform) => {
      part(platform.the('AWS::SecretsManager::Secret').properties, 'GenerateSecretString').PasswordLength = 32;
    },
    dangers: ['SecretRegenerated'],
  },
  {
    name: 'a delivery gets another source',
    edit: (platform) => {
      part(fromStream(platform).properties, 'KinesisStreamSourceConfiguration').KinesisStreamARN =
        'arn:aws:kinesis:eu-west-1:111122223333:stream/other';
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'dynamic partitioning is switched off',
    edit: (platform) => {
      part(partitioned(platform).properties, DESTINATION, 'DynamicPartitioningConfiguration').Enabled = false;
    },
    dangers: ['DynamicPartitioningChanged'],
  },
  {
    name: 'a key of a table changes',
    given: aTable,
    edit: (platform) => {
      platform.the('AWS::DynamoDB::Table', ({ id }) => id === TABLE).properties.KeySchema = [
        { AttributeName: 'other', KeyType: 'HASH' },
      ];
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: "a role's path changes, by which keys and buckets admit it",
    edit: (platform) => {
      platform.the(ROLE).properties.Path = '/elsewhere/';
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'a stack goes to another account',
    edit: (platform) => {
      platform.move(platform.foundation, 'aws://999999999999/eu-west-1');
    },
    dangers: ['StackMoved'],
  },
  {
    name: 'a stack goes to another region',
    edit: (platform) => {
      platform.move(platform.foundation, 'aws://111122223333/eu-central-1');
    },
    dangers: ['StackMoved'],
  },
];
