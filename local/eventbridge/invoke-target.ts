import { randomUUID } from 'node:crypto';
import { ServiceError, type Access, type Caller } from '../service.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Topics } from '../sns/topics.ts';
import type { Queues } from '../sqs/index.ts';
import type { StateMachines } from '../step-functions/index.ts';
import type { EventBusParts } from './event-bus.ts';
import { isJson } from './target-input.ts';

export interface TargetParts {
  readonly accountId: string;
  readonly access: Access;
  readonly topics: Pick<Topics, 'publish'>;
  readonly queues: Pick<Queues, 'send'>;
  readonly lambda: () => Pick<Lambda, 'enqueueFor'>;
  readonly states: () => Pick<StateMachines, 'machine' | 'start'>;
  /** @throws ServiceError where the role does not trust EventBridge */
  readonly assume: (roleArn: string, ruleArn: string) => Caller;
}

/** What EventBridge calls on topics as. */
const PRINCIPAL = 'events.amazonaws.com';

/** Topics, queues and functions are called by the service itself, as their policies let it; state machines are started by the target's role. */
export const invokeTarget =
  ({ accountId, access, topics, queues, lambda, states, assume }: TargetParts): EventBusParts['invoke'] =>
  (target, event, rule) => {
    const [, , kind] = target.arn.split(':');
    if (kind !== 'sns' && !isJson(event))
      throw new ServiceError('NotImplemented', 'an input that is no JSON is not simulated for such a target', 501);
    const service = { service: PRINCIPAL, sourceArn: rule.arn, accountId };
    switch (kind) {
      case 'sns':
        topics.publish(service, { topicArn: target.arn, subject: undefined, message: event });
        return;
      case 'sqs':
        queues.send(service, target.arn, { body: event, attributes: new Map(), groupId: target.messageGroupId });
        return;
      case 'lambda':
        lambda().enqueueFor(service, target.arn, JSON.parse(event));
        return;
      case 'states': {
        if (target.roleArn === undefined) throw new ServiceError('ValidationException', 'the target has no role');
        access.check(assume(target.roleArn, rule.arn), 'states:StartExecution', target.arn);
        states().start(states().machine(target.arn), event, randomUUID());
        return;
      }
      default:
        throw new ServiceError(
          'NotImplemented',
          'targets other than functions, topics, queues and state machines are not simulated',
          501,
        );
    }
  };
