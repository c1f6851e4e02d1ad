import { randomUUID } from 'node:crypto';
import type { DeadLetter, EventBus } from '../eventbridge/event-bus.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';
import type { Topics } from '../sns/topics.ts';
import type { Queues } from '../sqs/index.ts';
import type { StateMachines } from '../step-functions/index.ts';
import type { ScheduleTarget } from './settings.ts';
import { universalAction } from './universal-action.ts';
import type { Universal } from './universal.ts';

export interface CallParts {
  readonly accountId: string;
  readonly region: string;
  readonly now: () => number;
  readonly access: Access;
  readonly topics: Pick<Topics, 'publish'>;
  readonly queues: Pick<Queues, 'send'>;
  readonly events: Pick<EventBus, 'put'>;
  readonly lambda: () => Pick<Lambda, 'enqueue'>;
  readonly states: () => Pick<StateMachines, 'machine' | 'start'>;
  readonly kinesis: () => JsonService;
  readonly firehose: () => JsonService;
  /** Calls an action that a target names which is no resource; undefined for one that is not served. */
  readonly universal: (action: string) => Universal | undefined;
  /** @throws ServiceError where the role does not trust the service for schedules of this group */
  readonly assume: (roleArn: string, groupArn: string) => Caller;
}

/** Calls a target as its role. @throws ServiceError where the role, its policies or the target refuse */
export type CallTarget = (target: ScheduleTarget, groupArn: string, input: string) => Promise<void>;

/** Sends a dead letter as a target's role. @throws ServiceError where the role, its policies, the queue or its key refuse */
export type Bury = (target: ScheduleTarget, groupArn: string, queueArn: string, letter: DeadLetter) => void;

type Call = (parts: CallParts, caller: Caller, target: ScheduleTarget, input: string) => unknown;

const bytes = (text: string): string => Buffer.from(text).toString('base64');
const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** By the service in the target's ARN. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
const CALLS: Readonly<Record<string, Call>> = {
  events: ({ accountId, region, now, access, events }, caller, { arn, event }, input) => {
    access.check(caller, 'events:PutEvents', arn);
    events.put({
      version: '0',
      id: randomUUID(),
      'detail-type': event?.detailType,
      source: event?.source,
      account: accountId,
      time: new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: [],
      detail: JSON.parse(input) as unknown,
    });
  },
  firehose: ({ firehose }, caller, { arn }, input) =>
    firehose().operations.PutRecord?.({ DeliveryStreamName: lastOf(arn), Record: { Data: bytes(input) } }, caller),
  kinesis: ({ kinesis }, caller, { arn, partitionKey }, input) =>
    kinesis().operations.PutRecord?.({ StreamARN: arn, PartitionKey: partitionKey, Data: bytes(input) }, caller),
  lambda: ({ lambda }, caller, { arn }, input) => {
    lambda().enqueue(caller, arn, JSON.parse(input));
  },
  sns: ({ topics }, caller, { arn }, input) => {
    topics.publish(caller, { topicArn: arn, subject: undefined, message: input });
  },
  sqs: ({ queues }, caller, { arn, messageGroupId }, input) => {
    queues.send(caller, arn, { body: input, attributes: new Map(), groupId: messageGroupId });
  },
  states: ({ access, states }, caller, { arn }, input) => {
    access.check(caller, 'states:StartExecution', arn);
    states().start(states().machine(arn), input, randomUUID());
  },
};

export const callTarget =
  (parts: CallParts): CallTarget =>
  async (target, groupArn, input) => {
    const service = target.arn.split(':')[2] ?? '';
    const action = universalAction(target.arn);
    const universal = action === undefined ? undefined : parts.universal(action);
    const call: Call | undefined =
      universal === undefined ? CALLS[service] : (_parts, caller) => universal(JSON.parse(input), caller);
    if (call === undefined) throw new ServiceError('NotImplemented', `targets of '${service}' are not simulated`, 501);
    await call(parts, parts.assume(target.roleArn, groupArn), target, input);
  };

export const bury =
  ({ assume, queues }: Pick<CallParts, 'assume' | 'queues'>): Bury =>
  ({ roleArn }, groupArn, queueArn, letter) => {
    queues.send(assume(roleArn, groupArn), queueArn, letter);
  };
