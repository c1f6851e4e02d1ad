import { causeOf } from '../../java-cause.ts';
import { ServiceError } from '../../service.ts';
import type { Queues } from '../../sqs/index.ts';
import { StatesError } from '../states-error.ts';
import { SDK_SERVICES } from './sdk-services.ts';
import { requestOf } from './sdk-shape.ts';
import { unlessLacking } from './sdk.ts';
import type { Task } from './task.ts';

const MEMBERS = ['DelaySeconds', 'MessageAttributes', 'MessageBody', 'MessageDeduplicationId', 'MessageGroupId', 'QueueUrl'];

/** Errors that Java's first SDK has a class for; every other one is an AmazonSQSException. @see https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services/sqs/model/package-summary.html */
const MODELED = [
  'InvalidMessageContents',
  'KmsAccessDenied',
  'KmsDisabled',
  'KmsInvalidState',
  'KmsNotFound',
  'QueueDoesNotExist',
];

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
export const sendMessage =
  (queues: Pick<Queues, 'service'>): Task =>
  async (asked, caller) => {
    const request = requestOf(SDK_SERVICES.sqs, asked);
    const stranger = Object.keys(request).find((member) => !MEMBERS.includes(member));
    if (stranger !== undefined)
      throw new StatesError('States.Runtime', `The field "${stranger}" is not supported by Step Functions`);
    const { operations, queryCode } = queues.service;
    try {
      return (await operations.SendMessage?.(request, caller)) ?? {}; // in the API's own spelling, as recorded
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const name = MODELED.includes(error.code) ? `${error.code}Exception` : 'AmazonSQSException';
      throw unlessLacking(error, () => new StatesError(`SQS.${name}`, causeOf('AmazonSQS', error, queryCode?.(error.code))));
    }
  };
