import { ALARM_PROPERTIES, parseAlarm } from '../../cloudwatch/alarm-settings.ts';
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

export const budget: ResourceType = {
  acted: [],
  recorded: ['Budget', 'NotificationsWithSubscribers', 'ResourceTags'],
  recordedOnly: 'nothing is billed here',
  create: (properties, creation) => {
    const name = properties.object('Budget').optionalText('BudgetName');
    return { ref: creation.name(name, { longest: 100 }), attributes: {} };
  },
};
