import { ofType, type ServiceLimits } from '../limit.ts';
import { length } from '../measures.ts';

const SEE = {
  alarm: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  quotas: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
} as const;

/** What CloudWatch takes. */
export const cloudwatch: ServiceLimits = {
  resources: [
    {
      type: 'AWS::CloudWatch::Alarm',
      what: "characters of an alarm's description",
      most: 1024,
      measure: ({ AlarmDescription }) => length(AlarmDescription),
      remedy: "shorten the owner's name or the runbook's address",
      see: SEE.alarm,
    },
  ],
  quotas: [{ what: 'alarms', regional: true, byDefault: 5000, count: ofType('AWS::CloudWatch::Alarm'), see: SEE.quotas }],
};
