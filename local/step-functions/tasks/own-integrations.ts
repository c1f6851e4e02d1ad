import type { Athena } from '../../athena/index.ts';
import type { DynamoDb } from '../../dynamodb/index.ts';
import type { EventBus } from '../../eventbridge/event-bus.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { S3 } from '../../s3/index.ts';
import type { Topics } from '../../sns/topics.ts';
import type { Queues } from '../../sqs/index.ts';
import type { StateMachines } from '../state-machines.ts';
import { athenaIntegrations } from './athena.ts';
import { dynamodbIntegrations } from './dynamodb.ts';
import { putEvents } from './events.ts';
import type { Integration } from './integration.ts';
import { callFunction, invokeFunction } from './lambda.ts';
import { nestedIntegrations } from './nested.ts';
import { listObjectsV2, restoreObject } from './s3.ts';
import { publish } from './sns.ts';
import { sendMessage } from './sqs.ts';

export interface CalledServices {
  readonly athena: Athena;
  readonly events: Pick<EventBus, 'service'>;
  readonly lambda: Lambda;
  readonly s3: S3;
  readonly topics: Topics;
  readonly queues: Queues;
  readonly tables: DynamoDb;
  readonly states: () => StateMachines;
}

/** Every integration that is written for its service, by what follows `:states:::` in the ARN of a task's resource. */
export const ownIntegrations = ({
  athena,
  events,
  lambda,
  s3,
  topics,
  queues,
  tables,
  states,
}: CalledServices): Readonly<Record<string, Integration>> => ({
  lambda: { call: callFunction(lambda) },
  'lambda:invoke': { call: invokeFunction(lambda), waits: true },
  'events:putEvents': { call: putEvents(() => events.service), waits: true },
  'sns:publish': { call: publish(topics), waits: true },
  'sqs:sendMessage': { call: sendMessage(queues), waits: true },
  ...athenaIntegrations(athena),
  ...dynamodbIntegrations(tables),
  ...nestedIntegrations(states),
  'aws-sdk:s3:listObjectsV2': { call: listObjectsV2(s3), waits: true },
  'aws-sdk:s3:restoreObject': { call: restoreObject(s3), waits: true },
});
