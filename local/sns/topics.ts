import { randomUUID } from 'node:crypto';
import { ServiceError, type Caller, type Log, type QueryService } from '../service.ts';
import { checkNotice, messageFor, type Notice, type TakenNotice } from './notice.ts';
import { snsService } from './operations.ts';
import type { Deliver, Subscription } from './subscription.ts';
import { AWS_KEY, type Topic, type TopicKey } from './topic.ts';

export type { Notice } from './notice.ts';
export { AWS_KEY, type TopicKey } from './topic.ts';

/** What policies are asked by who publishes: a role, or a service in its own name for one of its resources. */
export type Publisher = Caller | { readonly service: string; readonly sourceArn: string; readonly accountId: string };

export interface TopicsParts {
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
  /** @throws ServiceError AccessDeniedException */
  readonly check: (
    publisher: Publisher,
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ) => void;
  readonly onLog: Log;
  /** Hands notices over, by the protocols of those who subscribe: of another protocol nobody is told. */
  readonly deliver: Readonly<Record<string, Deliver>>;
}

/** Services that publish as the account to which the default policy of a topic speaks; EventBridge is none of them. */
const BY_DEFAULT = ['cloudwatch.amazonaws.com'];

/** SNS: topics, whose notices are written to the log, and handed to those who subscribe and are within reach. */
export class Topics {
  readonly service: QueryService;
  private readonly topics = new Map<string, Topic>();

  constructor(private readonly parts: TopicsParts) {
    this.service = snsService(this, parts);
  }

  createTopic(arn: string, key: TopicKey | undefined, settings: Topic['settings'] = {}): void {
    this.topics.set(arn, { arn, key, settings, policy: undefined, subscriptions: [] });
  }

  /** @throws ServiceError NotFoundException */
  subscribe(topicArn: string, subscription: Subscription): void {
    this.find(topicArn).subscriptions.push(subscription);
  }

  has(arn: string): boolean {
    return this.topics.has(arn);
  }

  /** In the order of their ARNs. */
  all(): readonly Topic[] {
    return [...this.topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  /** Gives the topic a policy in the place of the default one. @throws ServiceError NotFoundException */
  setPolicy(arn: string, policy: object): void {
    this.find(arn).policy = policy;
  }

  /** @throws ServiceError AccessDeniedException, NotFoundException, InvalidParameterException, and what KMS refuses */
  publish(publisher: Publisher, notice: Notice): string {
    this.checkPublish(publisher, notice.topicArn);
    checkNotice(notice);
    return this.take(notice);
  }

  /** Whether somebody may publish to a topic. @throws ServiceError AccessDeniedException, NotFoundException, and what KMS refuses */
  checkPublish(publisher: Publisher, topicArn: string): void {
    const topic = this.topics.get(topicArn);
    const isLetIn = 'service' in publisher && BY_DEFAULT.includes(publisher.service) && topic?.policy === undefined;
    if (!isLetIn || topic === undefined) this.parts.check(publisher, 'sns:Publish', topicArn);
    this.useKey(publisher, topicArn, this.find(topicArn).key);
  }

  /** Takes a notice that was checked, and answers its id. @throws ServiceError NotFoundException */
  take(notice: Notice): string {
    const { topicArn, subject, message, holdsData = false } = notice;
    const { settings, subscriptions } = this.find(topicArn);
    const { SignatureVersion: signatureVersion = '1' } = settings;
    const taken = { ...notice, messageId: randomUUID(), time: this.parts.now(), signatureVersion };
    const level = holdsData ? 'info' : 'notice';
    this.parts.onLog({ time: taken.time, logGroup: topicArn, level, message: `${subject ?? ''}\n${message}` });
    for (const subscription of subscriptions) this.tell(taken, subscription);
    return taken.messageId;
  }

  private tell(notice: TakenNotice, subscription: Subscription): void {
    const { deliver, onLog } = this.parts;
    const { protocol, endpoint, accepts } = subscription;
    const own = { ...notice, message: messageFor(notice, protocol) };
    if (accepts?.(own) === false) return;
    try {
      deliver[protocol]?.(own, subscription);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const message = `${endpoint} was not ${protocol === 'lambda' ? 'invoked' : 'told'}: ${error.message}`;
      onLog({ time: notice.time, logGroup: notice.topicArn, level: 'error', message });
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

  /** @throws ServiceError NotFoundException */
  find(arn: string): Topic {
    const topic = this.topics.get(arn);
    if (topic === undefined) throw new ServiceError('NotFoundException', 'Topic does not exist', 404);
    return topic;
  }
}
