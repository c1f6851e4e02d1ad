import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

const home = (scope: IConstruct, service: string): string => {
  const { region } = Stack.of(scope);
  return `https://${region}.console.aws.amazon.com/${service}/home?region=${region}#`;
};

/** Pages of the AWS console on which the curves behind an alarm are seen. */
export const consolePage = {
  delivery: (scope: IConstruct, name: string): string => `${home(scope, 'firehose')}/details/${name}/monitoring`,
  stream: (scope: IConstruct, name: string): string => `${home(scope, 'kinesis')}/streams/details/${name}/monitoring`,
  function: (scope: IConstruct, name: string): string => `${home(scope, 'lambda')}/functions/${name}?tab=monitoring`,
  alarms: (scope: IConstruct): string => `${home(scope, 'cloudwatch')}alarmsV2:`,
  bucket: (scope: IConstruct, name: string): string =>
    `https://s3.console.aws.amazon.com/s3/buckets/${name}?region=${Stack.of(scope).region}&tab=metrics`,
} as const;
