import { withServices } from '../../iam/index.ts';
import { isRecord, type Members } from '../../input.ts';
import { isProtocol } from '../../sns/subscription.ts';
import { AWS_KEY } from '../../sns/topics.ts';
import { stableUuid } from '../physical-name.ts';
import type { ResourceType } from '../resource-type.ts';
import { filterOf } from './subscription-filter.ts';

/** What is said of a topic and changes nothing here. */
const DESCRIBED = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

export const topic: ResourceType = {
  acted: ['FifoTopic', 'TopicName', ...DESCRIBED],
  recorded: ['Tags'],
  recordedOnly:
    'what subscribes lies outside of this machine, but for functions and queues: what is published is written to the log',
  create: (properties, creation) => {
    if (properties.optionalBoolean('FifoTopic') === true) throw properties.invalid('FifoTopic', 'must be false here');
    const keyId = properties.optionalText('KmsMasterKeyId');
    const keyArn = creation.keyArn(keyId) ?? (keyId === undefined ? undefined : AWS_KEY);
    const name = creation.name(properties.optionalText('TopicName'), { longest: 256 });
    const arn = creation.arn('sns', name);
    const settings = DESCRIBED.flatMap((setting) => {
      const value = properties.optionalText(setting);
      return value === undefined ? [] : [[setting, value] as const];
    });
    creation.services.topics.createTopic(arn, keyArn, Object.fromEntries(settings));
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
function deadLetterOf(properties: Members): string | undefined {
  const given = properties.raw('RedrivePolicy');
  if (given === undefined) return undefined;
  const arn = isRecord(given) ? given.deadLetterTargetArn : parsed(given)?.deadLetterTargetArn;
  if (typeof arn === 'string' && QUEUE.test(arn) && !arn.endsWith('.fifo')) return arn;
  throw properties.invalid('RedrivePolicy', "must name a standard queue as its 'deadLetterTargetArn'");
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
    if (protocol === 'sqs' && endpoint.endsWith('.fifo'))
      throw properties.invalid('Endpoint', 'must be no FIFO queue: FIFO SQS Queues can not be subscribed to standard SNS topics');
    const deadLetterArn = deadLetterOf(properties);
    const own = properties.has('FilterPolicy') ? { FilterPolicyScope: 'MessageAttributes', ...described } : described;
    creation.services.topics.subscribe(topicArn, { arn, protocol, endpoint, isRaw, deadLetterArn, accepts, described: own });
    return { ref: arn, attributes: { Arn: arn } };
  },
};
