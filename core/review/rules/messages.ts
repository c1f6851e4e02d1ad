import { danger, type Danger } from '../danger.ts';
import type { Properties } from '../../aws/template.ts';
import { at, listOf } from '../value.ts';
import {
  atLeast,
  createOnly,
  encryptionKey,
  harmless,
  keepsAll,
  kept,
  renamed,
  stays,
  toldAsPermission,
  unknownEffect,
} from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
const QUEUE_SECONDS = 345_600;

const who = 'who was told is told no longer';

/** Ways that end in AWS, where the account in the endpoint's ARN says whose it is; all others leave it. */
const WITHIN_AWS = ['sqs', 'lambda', 'firehose', 'application'];

const leaving = (subscription: unknown): readonly Danger[] =>
  WITHIN_AWS.includes(String(at(subscription, 'Protocol')))
    ? []
    : [danger('UnknownEffect', 'every message goes to an address outside of AWS from now on; see whose it is before you merge')];

const toldAsPermissions = { harmless: 'whom it lets in is told as permissions' };

export const MESSAGE_RULES: RulesByType = {
  'AWS::SQS::Queue': {
    holds: 'messages that nobody has taken yet',
    addition: { harmless: 'SQS encrypts it unasked, and nobody sends to it yet' },
    properties: {
      QueueName: renamed,
      FifoQueue: createOnly,
      MessageRetentionPeriod: atLeast('MessageRetentionShortened', {
        absent: QUEUE_SECONDS,
        unit: 'seconds',
        does: 'older messages go untaken',
      }),
      RedrivePolicy: kept('DeadLettersOff', 'a message that fails goes when its time is up', unknownEffect),
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
    addition: toldAsPermissions,
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Queues: createOnly, PolicyDocument: toldAsPermission },
  },
  'AWS::SNS::Topic': {
    holds: 'its subscriptions',
    addition: ({ Subscription }: Properties) => listOf(Subscription).flatMap(leaving),
    properties: {
      TopicName: renamed,
      FifoTopic: createOnly,
      KmsMasterKeyId: encryptionKey,
      Subscription: keepsAll('ProcessRemoved', who, unknownEffect),
      DataProtectionPolicy: kept('DataProtectionOff', 'what it masked is shown', unknownEffect),
      DisplayName: harmless,
      SignatureVersion: harmless,
      TracingConfig: harmless,
      Tags: harmless,
    },
  },
  'AWS::SNS::TopicPolicy': {
    addition: toldAsPermissions,
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Topics: createOnly, PolicyDocument: toldAsPermission },
  },
  'AWS::SNS::Subscription': {
    addition: leaving,
    removal: { code: 'ProcessRemoved', does: who },
    properties: {
      Endpoint: createOnly,
      Protocol: createOnly,
      TopicArn: createOnly,
      RedrivePolicy: kept('DeadLettersOff', 'a message that fails is lost', unknownEffect),
    },
  },
};
