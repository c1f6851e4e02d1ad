import { isJson } from '../eventbridge/target-input.ts';
import { Members, isRecord } from '../input.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { ServiceError, type Caller, type JsonService } from '../service.ts';
import type { Topics } from '../sns/topics.ts';
import { servedOperation, StatesError } from '../step-functions/index.ts';

/** Calls an action with its request, as a caller. @throws ServiceError what the service refuses */
export type Universal = (request: unknown, caller: Caller) => unknown;

export interface UniversalParts {
  readonly services: () => readonly JsonService[];
  readonly lambda: () => Pick<Lambda, 'arnOf' | 'enqueue'>;
  readonly topics: Pick<Topics, 'publish'>;
}

const read = (request: unknown): Members => new Members(isRecord(request) ? request : {});

/** Services that the endpoint serves otherwise than over JSON. */
const OWN: Readonly<Record<string, (parts: UniversalParts) => Universal>> = {
  'lambda:invoke':
    ({ lambda }) =>
    (request, caller) => {
      const input = read(request).only(['FunctionName', 'InvocationType', 'Payload', 'Qualifier']);
      if (input.optionalText('InvocationType') !== 'Event')
        throw new ServiceError('NotImplemented', "an 'InvocationType' other than 'Event' is not simulated", 501);
      const arn = lambda().arnOf(input.text('FunctionName'), input.optionalText('Qualifier'), caller);
      const payload = input.optionalText('Payload') ?? '{}';
      if (!isJson(payload)) throw new ServiceError('InvalidRequestContentException', 'the payload is no JSON');
      lambda().enqueue(caller, arn, JSON.parse(payload));
    },
  'sns:publish':
    ({ topics }) =>
    (request, caller) => {
      const input = read(request).only(['Message', 'Subject', 'TopicArn']);
      const [topicArn, subject, message] = [input.text('TopicArn'), input.optionalText('Subject'), input.text('Message')];
      topics.publish(caller, { topicArn, subject, message });
    },
};

/** Actions that schedules may call: `sqs:sendMessage`. @returns undefined for one that is not served */
export const universal =
  (parts: UniversalParts) =>
  (action: string): Universal | undefined => {
    if (Object.hasOwn(OWN, action)) return OWN[action]?.(parts);
    const [service = '', operation = ''] = action.split(':');
    const served = servedOperation(parts.services(), service, operation);
    return served && (async (request, caller) => served.ask(request, caller).catch(inOwnWords));
  };

/** A member that the SDK does not have is wrong in whatever is asked of it. */
function inOwnWords(error: unknown): never {
  throw error instanceof StatesError ? new ServiceError('ValidationException', error.reason ?? error.message) : error;
}
