import { atLeast, createOnly, encryptionKey, harmless, keepsAll, kept, renamed, stays, toldAsPermission } from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
const QUEUE_SECONDS = 345_600;

const who = 'who was told is told no longer';

export const MESSAGE_RULES: RulesByType = {
  'AWS::SQS::Queue': {
    holds: 'messages that nobody has taken yet',
    properties: {
      QueueName: renamed,
      FifoQueue: createOnly,
      MessageRetentionPeriod: atLeast('MessageRetentionShortened', {
        absent: QUEUE_SECONDS,
        unit: 'seconds',
        does: 'older messages go untaken',
      }),
      RedrivePolicy: kept('DeadLettersOff', 'a message that fails goes when its time is up'),
      KmsMasterKeyId: encryptionKey,
      SqsManagedSseEnabled: stays(true, 'EncryptionRemoved', 'messages are stored in clear', true),
      VisibilityTimeout: harmless,
      DelaySeconds: harmless,
      ReceiveMessageWaitTimeSeconds: harmless,
      KmsDataKeyReusePeriodSeconds: harmless,
      Tags: harmless,
    },
  },
  'AWS::SQS::QueuePolicy': {
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Queues: createOnly, PolicyDocument: toldAsPermission },
  },
  'AWS::SNS::Topic': {
    holds: 'its subscriptions',
    properties: {
      TopicName: renamed,
      FifoTopic: createOnly,
      KmsMasterKeyId: encryptionKey,
      Subscription: keepsAll('ProcessRemoved', who),
      DataProtectionPolicy: kept('DataProtectionOff', 'what it masked is shown'),
      DisplayName: harmless,
      SignatureVersion: harmless,
      TracingConfig: harmless,
      Tags: harmless,
    },
  },
  'AWS::SNS::TopicPolicy': {
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Topics: createOnly, PolicyDocument: toldAsPermission },
  },
  'AWS::SNS::Subscription': {
    removal: { code: 'ProcessRemoved', does: who },
    properties: {
      Endpoint: createOnly,
      Protocol: createOnly,
      TopicArn: createOnly,
      RedrivePolicy: kept('DeadLettersOff', 'a message that fails is lost'),
    },
  },
};
