import { randomUUID } from 'node:crypto';
import { ServiceError, type Caller, type Log, type QueryService } from '../service.ts';
import { Fifo } from './fifo.ts';
import { checkNotice, invalidParameter, messageFor, type Notice, type TakenNotice } from './notice.ts';
import { snsService } from './operations.ts';
import { restoreFifo, saveFifos } from './saved-topics.ts';
import type { Deliver, Subscription } from './subscription.ts';
import { AWS_KEY, isFifo, type Topic, type TopicKey } from './topic.ts';

export type { Notice } from './notice.ts';
export { AWS_KEY, type TopicKey } from './topic.ts';

/** What policies are asked by who publishes: a role, or a service in its own name for one of its resources. */
export type Publisher = Caller | { readonly service: string; readonly sourceArn: string; readonly accountId: string };

/** What is answered to who publishes. */
export interface Published {
  readonly messageId: string;
  /** Of a FIFO topic. */
  readonly sequenceNumber?: string;
}

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
  private readonly restored = new Set<string>();

  constructor(private readonly parts: TopicsParts) {
    this.service = snsService(this, parts);
  }

  createTopic(arn: string, key: TopicKey | undefined, settings: Topic['settings'] = {}): void {
    const { ContentBasedDeduplication, FifoThroughputScope } = settings;
    const fifo = isFifo(arn)
      ? new Fifo({
          isContentDeduplicated: ContentBasedDeduplication === 'true',
          deduplicatesGroups: FifoThroughputScope === 'MessageGroup',
        })
      : undefined;
    this.topics.set(arn, { arn, key, settings, policy: undefined, subscriptions: [], fifo });
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
  publish(publisher: Publisher, notice: Notice): Published {
    this.checkPublish(publisher, notice.topicArn);
    this.check(notice);
    return this.take(notice);
  }

  /** Whether a notice is one for its topic. @throws ServiceError NotFoundException, InvalidParameterException */
  check(notice: Notice): void {
    checkNotice(notice);
    const { fifo } = this.find(notice.topicArn);
    if (fifo !== undefined) fifo.check(notice);
    else if (notice.deduplicationId !== undefined)
      throw invalidParameter(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
  }

  /** Whether somebody may publish to a topic. @throws ServiceError AccessDeniedException, NotFoundException, and what KMS refuses */
  checkPublish(publisher: Publisher, topicArn: string): void {
    const topic = this.topics.get(topicArn);
    const isLetIn = 'service' in publisher && BY_DEFAULT.includes(publisher.service) && topic?.policy === undefined;
    if (!isLetIn || topic === undefined) this.parts.check(publisher, 'sns:Publish', topicArn);
    this.useKey(publisher, topicArn, this.find(topicArn).key);
  }

  /** Takes a notice that was checked; one that a FIFO topic knows again is told to nobody. @throws ServiceError NotFoundException */
  take(notice: Notice): Published {
    const { topicArn, subject, message, holdsData = false } = notice;
    const { settings, subscriptions, fifo } = this.find(topicArn);
    const { SignatureVersion: signatureVersion = '1' } = settings;
    const time = this.parts.now();
    const numbered = fifo?.take(notice, time, randomUUID);
    const answer: Published =
      numbered === undefined ? { messageId: randomUUID() } : { messageId: numbered.id, sequenceNumber: numbered.sequenceNumber };
    if (numbered?.isNew === false) return answer;
    const { deduplicationId } = numbered ?? {};
    const taken: TakenNotice = { ...notice, ...answer, deduplicationId, time, signatureVersion };
    const level = holdsData ? 'info' : 'notice';
    this.parts.onLog({ time: taken.time, logGroup: topicArn, level, message: `${subject ?? ''}\n${message}` });
    for (const subscription of subscriptions) this.tell(taken, subscription);
    return answer;
  }

  /**
   * Writes what FIFO topics know to a folder of its own.
   *
   * @param isWhole Whether every stack is there: of some, a topic may lie in another
   */
  save(folder: string, isWhole = true): void {
    const fifos = [...this.topics.values()].flatMap(({ arn, fifo }) =>
      fifo === undefined ? [] : [[nameOf(arn), fifo] as const],
    );
    const there = new Map(fifos);
    saveFifos(folder, there, (name) => isWhole && !there.has(name));
  }

  /** Takes over what an earlier process saved, once for each topic. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    for (const { arn, fifo } of this.topics.values()) {
      if (fifo === undefined || this.restored.has(arn)) continue;
      this.restored.add(arn);
      restoreFifo(folder, nameOf(arn), fifo);
    }
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

const nameOf = (arn: string): string => arn.split(':')[5] ?? '';
