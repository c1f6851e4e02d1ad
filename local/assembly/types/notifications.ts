import { withServices } from '../../iam/index.ts';
import { isRecord } from '../../input.ts';
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
  recordedOnly: 'what subscribes lies outside of this machine, but for functions: what is published is written to the log',
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

export const subscription: ResourceType = {
  acted: ['Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'Protocol', 'RawMessageDelivery', 'RedrivePolicy', 'TopicArn'],
  recorded: ['DeliveryPolicy'],
  recordedOnly: 'what subscribes lies outside of this machine, but for functions, which are told',
  create: (properties, creation) => {
    const topicArn = properties.text('TopicArn');
    const arn = `${topicArn}:${stableUuid(`${creation.stack}/${creation.logicalId}`)}`;
    const protocol = properties.text('Protocol');
    if (!isProtocol(protocol))
      throw properties.invalid('Protocol', `is none: Amazon SNS does not support this protocol string: ${protocol}`);
    const isRaw = properties.optionalBoolean('RawMessageDelivery') ?? false;
    if (protocol === 'lambda') {
      if (properties.has('RedrivePolicy')) throw properties.invalid('RedrivePolicy', 'is not simulated for functions');
      if (isRaw)
        throw properties.invalid(
          'RawMessageDelivery',
          'must not be true: Delivery protocol [lambda] does not support raw message delivery.',
        );
    }
    const accepts = filterOf(properties);
    const described = Object.fromEntries(
      ['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'].flatMap((name) => {
        const value = properties.raw(name);
        return value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
      }),
    ) as Record<string, string>;
    const endpoint = properties.optionalText('Endpoint') ?? '';
    const own = properties.has('FilterPolicy') ? { FilterPolicyScope: 'MessageAttributes', ...described } : described;
    creation.services.topics.subscribe(topicArn, { arn, protocol, endpoint, isRaw, accepts, described: own });
    return { ref: arn, attributes: { Arn: arn } };
  },
};
