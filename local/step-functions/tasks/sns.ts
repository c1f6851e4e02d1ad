import { isRecord, Members } from '../../input.ts';
import { causeOf } from '../../java-cause.ts';
import { ServiceError } from '../../service.ts';
import type { Topics } from '../../sns/topics.ts';
import { StatesError } from '../states-error.ts';
import type { Task } from './task.ts';

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
    const input = new Members(isRecord(raw) ? raw : {}, refuse).only(['TopicArn', 'Subject', 'Message']);
    const [topicArn, subject, message] = [input.text('TopicArn'), input.optionalText('Subject'), messageIn(input)];
    try {
      return { MessageId: topics.publish(caller, { topicArn, subject, message }) };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const code = error.code === 'AccessDeniedException' ? 'AuthorizationErrorException' : error.code;
      throw new StatesError(`SNS.${code}`, causeOf('AmazonSNS', error, code.replace(/Exception$/, '')));
    }
  };
