import { stableUuid } from '../physical-name.ts';
import type { ResourceType } from '../resource-type.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_DESCRIPTION = 1024;

export const alarm: ResourceType = {
  acted: ['AlarmDescription', 'AlarmName'],
  recorded: [
    'ActionsEnabled',
    'AlarmActions',
    'ComparisonOperator',
    'DatapointsToAlarm',
    'Dimensions',
    'EvaluateLowSampleCountPercentile',
    'EvaluationPeriods',
    'ExtendedStatistic',
    'InsufficientDataActions',
    'MetricName',
    'Metrics',
    'Namespace',
    'OKActions',
    'Period',
    'Statistic',
    'Tags',
    'Threshold',
    'ThresholdMetricId',
    'TreatMissingData',
    'Unit',
  ],
  recordedOnly: 'no service here measures anything yet, so no alarm is evaluated',
  create: (properties, creation) => {
    const description = properties.optionalText('AlarmDescription') ?? '';
    if (description.length > LONGEST_DESCRIPTION)
      throw properties.invalid(
        'AlarmDescription',
        `must hold at most ${LONGEST_DESCRIPTION} characters, got ${description.length}`,
      );
    const name = creation.name(properties.optionalText('AlarmName'), { longest: 255 });
    return { ref: name, attributes: { Arn: creation.arn('cloudwatch', `alarm:${name}`) } };
  },
};

export const rule: ResourceType = {
  acted: ['Name'],
  recorded: ['Description', 'EventPattern', 'State', 'Tags'],
  recordedOnly: 'no event is told to anybody here',
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('Name'), { longest: 64 });
    return { ref: name, attributes: { Arn: creation.arn('events', `rule/${name}`) } };
  },
};

export const topic: ResourceType = {
  acted: ['FifoTopic', 'KmsMasterKeyId', 'TopicName'],
  recorded: ['DisplayName', 'SignatureVersion', 'Tags', 'TracingConfig'],
  recordedOnly: 'what subscribes lies outside of this machine: what a state machine publishes is written to the log',
  create: (properties, creation) => {
    if (properties.optionalBoolean('FifoTopic') === true) throw properties.invalid('FifoTopic', 'must be false here');
    const keyArn = creation.keyArn(properties.optionalText('KmsMasterKeyId'));
    const name = creation.name(properties.optionalText('TopicName'), { longest: 256 });
    const arn = creation.arn('sns', name);
    creation.services.topics.set(arn, keyArn);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
};

export const topicPolicy: ResourceType = {
  acted: [],
  recorded: ['PolicyDocument', 'Topics'],
  recordedOnly: 'policies of topics are recorded, not evaluated: the publisher’s own decide',
  create: (_properties, creation) => {
    const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
    return { ref: id, attributes: { Id: id } };
  },
};

export const subscription: ResourceType = {
  acted: ['TopicArn'],
  recorded: [
    'DeliveryPolicy',
    'Endpoint',
    'FilterPolicy',
    'FilterPolicyScope',
    'Protocol',
    'RawMessageDelivery',
    'RedrivePolicy',
  ],
  recordedOnly: 'what subscribes lies outside of this machine',
  create: (properties, creation) => {
    const arn = `${properties.text('TopicArn')}:${stableUuid(`${creation.stack}/${creation.logicalId}`)}`;
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
