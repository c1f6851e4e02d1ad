import { withServices } from '../../iam/index.ts';
import { ALARM_PROPERTIES, parseAlarm } from '../../cloudwatch/alarm-settings.ts';
import { isRecord } from '../../input.ts';
import { AWS_KEY } from '../../sns/topics.ts';
import { stableUuid } from '../physical-name.ts';
import type { ResourceType } from '../resource-type.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_DESCRIPTION = 1024;

export const alarm: ResourceType = {
  acted: ALARM_PROPERTIES,
  recorded: ['EvaluateLowSampleCountPercentile', 'Tags', 'Unit'],
  create: (properties, creation) => {
    const description = properties.optionalText('AlarmDescription') ?? '';
    if (description.length > LONGEST_DESCRIPTION)
      throw properties.invalid(
        'AlarmDescription',
        `must hold at most ${LONGEST_DESCRIPTION} characters, got ${description.length}`,
      );
    const name = creation.name(properties.optionalText('AlarmName'), { longest: 255 });
    const arn = creation.arn('cloudwatch', `alarm:${name}`);
    creation.services.cloudwatch.createAlarm(parseAlarm(properties, name, arn));
    return { ref: name, attributes: { Arn: arn } };
  },
};

export const topic: ResourceType = {
  acted: ['FifoTopic', 'KmsMasterKeyId', 'TopicName'],
  recorded: ['DisplayName', 'SignatureVersion', 'Tags', 'TracingConfig'],
  recordedOnly: 'what subscribes lies outside of this machine: what is published is written to the log',
  create: (properties, creation) => {
    if (properties.optionalBoolean('FifoTopic') === true) throw properties.invalid('FifoTopic', 'must be false here');
    const keyId = properties.optionalText('KmsMasterKeyId');
    const keyArn = creation.keyArn(keyId) ?? (keyId === undefined ? undefined : AWS_KEY);
    const name = creation.name(properties.optionalText('TopicName'), { longest: 256 });
    const arn = creation.arn('sns', name);
    creation.services.topics.createTopic(arn, keyArn);
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
      creation.services.topics.setPolicy(arn);
      creation.services.iam.addResourcePolicy({ arn, document: withServices(document), code: 'InvalidParameter' });
    }
    const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
    return { ref: id, attributes: { Id: id } };
  },
};

export const subscription: ResourceType = {
  acted: ['Endpoint', 'FilterPolicy', 'Protocol', 'RawMessageDelivery', 'RedrivePolicy', 'TopicArn'],
  recorded: ['DeliveryPolicy', 'FilterPolicyScope'],
  recordedOnly: 'what subscribes lies outside of this machine, but for functions, which are told',
  create: (properties, creation) => {
    const topicArn = properties.text('TopicArn');
    const arn = `${topicArn}:${stableUuid(`${creation.stack}/${creation.logicalId}`)}`;
    if (properties.optionalText('Protocol') === 'lambda') {
      const unknown = ['FilterPolicy', 'RedrivePolicy'].find((name) => properties.has(name));
      if (unknown !== undefined) throw properties.invalid(unknown, 'is not simulated for functions');
      if (properties.optionalBoolean('RawMessageDelivery') === true)
        throw properties.invalid(
          'RawMessageDelivery',
          'must not be true: Delivery protocol [lambda] does not support raw message delivery.',
        );
      creation.services.topics.subscribe(topicArn, { arn, functionArn: properties.text('Endpoint') });
    }
    return { ref: arn, attributes: { Arn: arn } };
  },
};

export const budget: ResourceType = {
  acted: [],
  recorded: ['Budget', 'NotificationsWithSubscribers', 'ResourceTags'],
  recordedOnly: 'nothing is billed here',
  create: (properties, creation) => {
    const name = properties.object('Budget').optionalText('BudgetName');
    return { ref: creation.name(name, { longest: 100 }), attributes: {} };
  },
};
