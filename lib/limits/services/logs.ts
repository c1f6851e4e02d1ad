import type { ServiceLimits } from '../limit.ts';
import { length } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html';

/** What CloudWatch Logs takes. */
export const logs: ServiceLimits = {
  resources: [
    {
      type: 'AWS::Logs::LogGroup',
      what: "characters of a log group's name",
      most: 512,
      measure: ({ LogGroupName }) => length(LogGroupName),
      remedy: 'leave the name to CloudFormation',
      see: SEE,
    },
  ],
  quotas: [],
};
