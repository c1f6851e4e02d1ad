import { randomUUID } from 'node:crypto';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Topics } from '../sns/topics.ts';
import type { Queue, Queues } from '../sqs/index.ts';
import type { StateMachines } from '../step-functions/index.ts';
import type { EventBusParts } from './event-bus.ts';
import type { Sent } from './outbox.ts';
import { isBus } from './sent-to.ts';
import { isJson } from './target-input.ts';

export interface TargetParts {
  readonly accountId: string;
  readonly access: Access;
  readonly topics: Pick<Topics, 'publish'>;
  readonly queues: Pick<Queues, 'find' | 'send'>;
  readonly lambda: () => Pick<Lambda, 'enqueueFor'>;
  readonly states: () => Pick<StateMachines, 'machine' | 'start'>;
  readonly kinesis: () => JsonService;
  readonly firehose: () => JsonService;
  /** Tells another bus an event that a rule hands it. @throws ServiceError where the caller may not, and for a bus that is not there */
  readonly relay: (caller: Caller, busArn: string, event: object) => void;
  /** @throws ServiceError where the role does not trust EventBridge */
  readonly assume: (roleArn: string, ruleArn: string) => Caller;
}

/** What EventBridge calls on topics as. */
const PRINCIPAL = 'events.amazonaws.com';

/** Topics, queues and functions are called by the service itself, as their policies let it; whatever else there is, by the target's role. */
export const invokeTarget =
  (parts: TargetParts): EventBusParts['invoke'] =>
  async (sent) => {
    const { target, event, rule, holdsData = false } = sent;
    const [, , kind = ''] = target.arn.split(':');
    if (kind !== 'sns' && !isJson(event))
      throw new ServiceError('NotImplemented', 'an input that is no JSON is not simulated for such a target', 501);
    const service = { service: PRINCIPAL, sourceArn: rule.arn, accountId: parts.accountId };
    if (kind === 'sns')
      parts.topics.publish(service, {
        topicArn: target.arn,
        subject: undefined,
        message: event,
        holdsData: holdsData && target.input === undefined,
      });
    else if (kind === 'sqs') {
      if (hasNoPolicy(parts.queues.find(target.arn))) throw noSuchQueue();
      parts.queues.send(service, target.arn, { body: event, attributes: new Map(), groupId: target.messageGroupId });
    } else if (kind === 'lambda') parts.lambda().enqueueFor(service, target.arn, JSON.parse(event));
    else await invokeAsRole(kind, sent, parts);
  };

/** EventBridge does not tell a queue that is not there from one that lets nobody in. */
const hasNoPolicy = (queue: Queue | undefined): boolean => (queue?.texts.get('Policy') ?? '') === '';
const noSuchQueue = (): ServiceError =>
  new ServiceError('QueueDoesNotExist', 'The specified queue does not exist or you do not have access to it.');

/** Sends dead letters as rules: a queue's policy and its key must let EventBridge in. */
export const bury =
  ({ accountId, queues }: Pick<TargetParts, 'accountId' | 'queues'>): EventBusParts['bury'] =>
  (ruleArn, queueArn, letter) => {
    queues.send({ service: PRINCIPAL, sourceArn: ruleArn, accountId }, queueArn, letter);
  };

async function invokeAsRole(kind: string, { target, event, rule, partitionKey }: Sent, parts: TargetParts): Promise<void> {
  const { access, states, kinesis, firehose, relay, assume } = parts;
  const { arn, roleArn } = target;
  const role = (): Caller => {
    if (roleArn === undefined) throw new ServiceError('ValidationException', 'the target has no role');
    try {
      return assume(roleArn, rule.arn);
    } catch (error) {
      throw error instanceof ServiceError
        ? new ServiceError(isBus(arn) ? 'NO_PERMISSIONS' : 'FAILED_TO_ASSUME_ROLE', error.message)
        : error;
    }
  };
  const Data = Buffer.from(event).toString('base64');
  if (kind === 'states') {
    access.check(role(), 'states:StartExecution', arn);
    states().start(states().machine(arn), event, randomUUID());
  } else if (kind === 'kinesis') {
    const record = { StreamARN: arn, PartitionKey: partitionKey ?? randomUUID(), Data };
    await kinesis().operations.PutRecord?.(record, role());
  } else if (kind === 'firehose') {
    const DeliveryStreamName = arn.slice(arn.indexOf('/') + 1);
    await firehose().operations.PutRecord?.({ DeliveryStreamName, Record: { Data } }, role());
  } else if (isBus(arn)) relay(role(), arn, JSON.parse(event) as object);
  else throw new ServiceError('NotImplemented', `targets other than ${KINDS} are not simulated`, 501);
}

const KINDS = 'functions, topics, queues, state machines, Kinesis and Firehose streams and event buses';
