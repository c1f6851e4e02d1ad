import { randomUUID } from 'node:crypto';
import { ServiceError, type Caller, type Log } from '../service.ts';
import { functionEvent, type TakenNotice } from './function-event.ts';

/** What policies are asked by who publishes: a role, or a service in its own name for one of its resources. */
export type Publisher = Caller | { readonly service: string; readonly sourceArn: string; readonly accountId: string };

export interface TopicsParts {
  readonly region: string;
  readonly now: () => number;
  /** @throws ServiceError AccessDeniedException */
  readonly check: (
    publisher: Publisher,
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ) => void;
  readonly onLog: Log;
  /** Gives a function that subscribes an event, for a topic. @throws ServiceError */
  readonly give: (topicArn: string, functionArn: string, event: object) => void;
}

/** A function that is told what a topic is told. */
export interface FunctionSubscription {
  readonly arn: string;
  readonly functionArn: string;
}

/** A notice that a topic would send to those who subscribe. */
export interface Notice {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** Whether the message holds what a client sent: it is then no line for people. @default false */
  readonly holdsData?: boolean;
}

/** The ARN of a customer's key; `aws/sns` for AWS's own. */
export type TopicKey = string;
export const AWS_KEY = 'aws/sns';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 100;

/** Services that publish as the account to which the default policy of a topic speaks; EventBridge is none of them. */
const BY_DEFAULT = ['cloudwatch.amazonaws.com'];

interface Topic {
  readonly key: TopicKey | undefined;
  hasPolicy: boolean;
  readonly functions: FunctionSubscription[];
}

/** SNS: topics, whose notices are written to the log, and given to functions that subscribe. Nobody else is sent anything. */
export class Topics {
  private readonly topics = new Map<string, Topic>();

  constructor(private readonly parts: TopicsParts) {}

  createTopic(arn: string, key: TopicKey | undefined): void {
    this.topics.set(arn, { key, hasPolicy: false, functions: [] });
  }

  /** @throws ServiceError NotFoundException */
  subscribe(topicArn: string, subscription: FunctionSubscription): void {
    this.find(topicArn).functions.push(subscription);
  }

  has(arn: string): boolean {
    return this.topics.has(arn);
  }

  /** Says that the topic has a policy in the place of the default one. @throws ServiceError NotFoundException */
  setPolicy(arn: string): void {
    this.find(arn).hasPolicy = true;
  }

  /** @throws ServiceError AccessDeniedException, NotFoundException, InvalidParameterException, and what KMS refuses */
  publish(publisher: Publisher, { topicArn, subject, message, holdsData = false }: Notice): string {
    const { now, check, onLog } = this.parts;
    const isLetIn =
      'service' in publisher && BY_DEFAULT.includes(publisher.service) && this.topics.get(topicArn)?.hasPolicy === false;
    if (!isLetIn) check(publisher, 'sns:Publish', topicArn);
    this.useKey(publisher, topicArn, this.find(topicArn).key);
    if (subject !== undefined && (subject === '' || subject.length > LONGEST_SUBJECT))
      throw new ServiceError('InvalidParameterException', 'Invalid parameter: Subject');
    const [messageId, time] = [randomUUID(), now()];
    onLog({ time, logGroup: topicArn, level: holdsData ? 'info' : 'notice', message: `${subject ?? ''}\n${message}` });
    this.tellFunctions({ topicArn, subject, message, messageId, time });
    return messageId;
  }

  private tellFunctions(notice: TakenNotice): void {
    const { region, onLog, give } = this.parts;
    const { topicArn, time } = notice;
    for (const { arn, functionArn } of this.find(topicArn).functions) {
      try {
        give(topicArn, functionArn, functionEvent(notice, { subscriptionArn: arn, region }));
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        onLog({ time, logGroup: topicArn, level: 'error', message: `${functionArn} was not invoked: ${error.message}` });
      }
    }
  }

  /** A publisher to an encrypted topic makes the data key itself. @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
  private useKey(publisher: Publisher, topicArn: string, key: TopicKey | undefined): void {
    if (key === undefined) return;
    if (key === AWS_KEY) {
      if ('service' in publisher)
        // its policy cannot be changed, and names no service
        throw new ServiceError('KMSAccessDeniedException', `${publisher.service} may not use the key alias/${AWS_KEY}`);
      return;
    }
    for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
      this.parts.check(publisher, action, key, {
        'kms:ViaService': `sns.${this.parts.region}.amazonaws.com`,
        'kms:CallerAccount': publisher.accountId,
        'kms:EncryptionContext:aws:sns:topicArn': topicArn,
        'kms:EncryptionContextKeys': ['aws:sns:topicArn'],
      });
    }
  }

  private find(arn: string): Topic {
    const topic = this.topics.get(arn);
    if (topic === undefined) throw new ServiceError('NotFoundException', 'Topic does not exist', 404);
    return topic;
  }
}
