import { isRecord, Members } from '../../input.ts';
import { causeOf } from '../../java-cause.ts';
import { ServiceError } from '../../service.ts';
import type { Topics } from '../../sns/topics.ts';
import { StatesError } from '../states-error.ts';
import type { Task } from './task.ts';

const MEMBERS = ['TopicArn', 'Subject', 'Message', 'MessageDeduplicationId', 'MessageGroupId'];

/** JSON, but for what is a text already. */
function messageIn(input: Members): string {
  const message = input.raw('Message');
  return message === undefined || typeof message === 'string' ? input.text('Message') : JSON.stringify(message);
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const publish =
  (topics: Pick<Topics, 'publish'>): Task =>
  async (raw, caller) => {
    const refuse = (message: string) => new StatesError('States.Runtime', message);
    const input = new Members(isRecord(raw) ? raw : {}, refuse).only(MEMBERS);
    const [topicArn, subject, message] = [input.text('TopicArn'), input.optionalText('Subject'), messageIn(input)];
    const [groupId, deduplicationId] = [input.optionalText('MessageGroupId'), input.optionalText('MessageDeduplicationId')];
    try {
      const { messageId, sequenceNumber } = topics.publish(caller, { topicArn, subject, message, groupId, deduplicationId });
      return { MessageId: messageId, ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }) };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const code = error.code === 'AccessDeniedException' ? 'AuthorizationErrorException' : error.code;
      throw new StatesError(`SNS.${code}`, causeOf('AmazonSNS', error, code.replace(/Exception$/, '')));
    }
  };
