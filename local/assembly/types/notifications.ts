import { withServices } from '../../iam/index.ts';
import { isRecord, type Members } from '../../input.ts';
import { isProtocol } from '../../sns/subscription.ts';
import { isFifo } from '../../sns/topic.ts';
import { AWS_KEY } from '../../sns/topics.ts';
import { stableUuid } from '../physical-name.ts';
import type { ResourceType } from '../resource-type.ts';
import { filterOf } from './subscription-filter.ts';

/** What is said of a topic and changes nothing here. */
const DESCRIBED = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];
const FIFO = ['ContentBasedDeduplication', 'FifoThroughputScope'];
const SCOPES = ['Topic', 'MessageGroup'];

/** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const NAME = /^[\w-]{1,256}$/;
const FIFO_NAME = /^[\w-]{1,251}\.fifo$/;

/** What a template says of a topic that is first in, first out. */
function fifoSettings(properties: Members, isFirstOut: boolean): Readonly<Record<string, string>> {
  const [isByContent, scope] = [
    properties.optionalBoolean('ContentBasedDeduplication'),
    properties.optionalText('FifoThroughputScope'),
  ];
  const wrong = isFirstOut ? undefined : FIFO.find((name) => properties.has(name));
  if (wrong !== undefined) throw properties.invalid(wrong, 'can be set for FIFO topics alone');
  if (scope !== undefined && !SCOPES.includes(scope))
    throw properties.invalid('FifoThroughputScope', `must be ${SCOPES.join(' or ')}`);
  return {
    ...(isFirstOut && { FifoTopic: 'true' }),
    ...(isByContent !== undefined && { ContentBasedDeduplication: String(isByContent) }),
    ...(scope !== undefined && { FifoThroughputScope: scope }),
  };
}

export const topic: ResourceType = {
  acted: ['FifoTopic', 'TopicName', ...FIFO, ...DESCRIBED],
  recorded: ['Tags'],
  recordedOnly:
    'what subscribes lies outside of this machine, but for functions and queues: what is published is written to the log',
  create: (properties, creation) => {
    const isFirstOut = properties.optionalBoolean('FifoTopic') === true;
    const keyId = properties.optionalText('KmsMasterKeyId');
    const keyArn = creation.keyArn(keyId) ?? (keyId === undefined ? undefined : AWS_KEY);
    const given = properties.optionalText('TopicName');
    const name =
      given ?? (isFirstOut ? `${creation.name(undefined, { longest: 251 })}.fifo` : creation.name(undefined, { longest: 256 }));
    if (!(isFirstOut ? FIFO_NAME : NAME).test(name))
      throw properties.invalid(
        'TopicName',
        `must be of letters, digits, hyphens and underscores${isFirstOut ? ', and end with .fifo' : ''}: Invalid parameter: Topic Name`,
      );
    const arn = creation.arn('sns', name);
    const settings = DESCRIBED.flatMap((setting) => {
      const value = properties.optionalText(setting);
      return value === undefined ? [] : [[setting, value] as const];
    });
    creation.services.topics.createTopic(arn, keyArn, {
      ...Object.fromEntries(settings),
      ...fifoSettings(properties, isFirstOut),
    });
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
};

export const topicPolicy: ResourceType = {
  acted: ['PolicyDocument', 'Topics'],
  recorded: [],
  create: (properties, creation) => {
    const document = properties.raw('PolicyDocument');
    if (!isRecord(document)) throw properties.invalid('PolicyDocument', 'must be an object');
    for (const arn of properties.texts('Topics')) {
      creation.services.topics.setPolicy(arn, document);
      creation.services.iam.addResourcePolicy({ arn, document: withServices(document), code: 'InvalidParameter' });
    }
    const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
    return { ref: id, attributes: { Id: id } };
  },
};

const QUEUE = /^arn:aws:sqs:[^:]+:\d{12}:[\w-]+(\.fifo)?$/;

/** The queue of a subscription's redrive policy, which the template may write as text. */
function deadLetterOf(properties: Members, isFifoQueue: boolean): string | undefined {
  const given = properties.raw('RedrivePolicy');
  if (given === undefined) return undefined;
  const arn = isRecord(given) ? given.deadLetterTargetArn : parsed(given)?.deadLetterTargetArn;
  if (typeof arn === 'string' && QUEUE.test(arn) && isFifo(arn) === isFifoQueue) return arn;
  throw properties.invalid(
    'RedrivePolicy',
    isFifoQueue
      ? "must name a FIFO queue as its 'deadLetterTargetArn': must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic."
      : "must name a standard queue as its 'deadLetterTargetArn'",
  );
}

function parsed(text: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const subscription: ResourceType = {
  acted: ['Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'Protocol', 'RawMessageDelivery', 'RedrivePolicy', 'TopicArn'],
  recorded: ['DeliveryPolicy'],
  recordedOnly: 'what subscribes lies outside of this machine, but for functions and queues, which are told',
  create: (properties, creation) => {
    const topicArn = properties.text('TopicArn');
    const arn = `${topicArn}:${stableUuid(`${creation.stack}/${creation.logicalId}`)}`;
    const protocol = properties.text('Protocol');
    if (!isProtocol(protocol))
      throw properties.invalid('Protocol', `is none: Amazon SNS does not support this protocol string: ${protocol}`);
    const isRaw = properties.optionalBoolean('RawMessageDelivery') ?? false;
    if (protocol === 'lambda' && isRaw)
      throw properties.invalid(
        'RawMessageDelivery',
        'must not be true: Delivery protocol [lambda] does not support raw message delivery.',
      );
    const accepts = filterOf(properties);
    const described = Object.fromEntries(
      ['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'].flatMap((name) => {
        const value = properties.raw(name);
        return value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
      }),
    ) as Record<string, string>;
    const endpoint = properties.optionalText('Endpoint') ?? '';
    if (protocol === 'sqs' && !QUEUE.test(endpoint))
      throw properties.invalid('Endpoint', 'must be the ARN of a queue: Invalid parameter: SQS endpoint ARN');
    if (isFifo(topicArn) && protocol !== 'sqs')
      throw properties.invalid('Protocol', 'must be sqs: queues alone subscribe to a FIFO topic');
    if (protocol === 'sqs' && isFifo(endpoint) && !isFifo(topicArn))
      throw properties.invalid('Endpoint', 'must be no FIFO queue: FIFO SQS Queues can not be subscribed to standard SNS topics');
    const deadLetterArn = deadLetterOf(properties, protocol === 'sqs' && isFifo(endpoint));
    const own = properties.has('FilterPolicy') ? { FilterPolicyScope: 'MessageAttributes', ...described } : described;
    creation.services.topics.subscribe(topicArn, { arn, protocol, endpoint, isRaw, deadLetterArn, accepts, described: own });
    return { ref: arn, attributes: { Arn: arn } };
  },
};
