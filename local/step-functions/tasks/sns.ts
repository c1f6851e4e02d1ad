import { randomUUID } from 'node:crypto';
import { isRecord, Members } from '../../input.ts';
import { ServiceError, type Access } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import type { Task } from './task.ts';

/** A notice that a topic would send to those who subscribe. */
export interface Notice {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
}

export interface Topics {
  readonly access: Access;
  readonly region: string;
  /** The key of a topic; undefined for one that has none, and no entry for a topic that does not exist. */
  readonly keys: ReadonlyMap<string, string | undefined>;
  readonly tell: (notice: Notice) => void;
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 100;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const publish =
  ({ access, region, keys, tell }: Topics): Task =>
  async (raw, caller) => {
    const refuse = (message: string) => new StatesError('States.Runtime', message);
    const input = new Members(isRecord(raw) ? raw : {}, refuse).only(['TopicArn', 'Subject', 'Message']);
    const [topicArn, subject, message] = [input.text('TopicArn'), input.optionalText('Subject'), input.text('Message')];
    try {
      access.check(caller, 'sns:Publish', topicArn);
      if (!keys.has(topicArn)) throw new ServiceError('NotFoundException', 'Topic does not exist', 404);
      useKey(keys.get(topicArn));
      if (subject !== undefined && (subject === '' || subject.length > LONGEST_SUBJECT))
        throw new ServiceError('InvalidParameterException', 'Invalid parameter: Subject');
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const code = error.code === 'AccessDeniedException' ? 'AuthorizationErrorException' : error.code;
      throw new StatesError(`SNS.${code}`, `${error.message} (Service: AmazonSNS; Status Code: ${error.status})`);
    }
    tell({ topicArn, subject, message });
    return { MessageId: randomUUID() };

    /** A publisher to an encrypted topic makes the data key itself. @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
    function useKey(keyArn: string | undefined): void {
      if (keyArn === undefined) return;
      for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
        access.check(caller, action, keyArn, {
          'kms:ViaService': `sns.${region}.amazonaws.com`,
          'kms:CallerAccount': caller.accountId,
          'kms:EncryptionContext:aws:sns:topicArn': topicArn,
          'kms:EncryptionContextKeys': ['aws:sns:topicArn'],
        });
      }
    }
  };
