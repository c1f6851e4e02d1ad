import { Stack } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';

/** Consoles of partitions that have one of their own; a region that only a deployment knows is taken for one of `aws`. */
const CONSOLES: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

const ownConsole = (region: string): string | undefined => CONSOLES[RegionInfo.get(region).partition ?? ''];

const home = (scope: IConstruct, service: string): string => {
  const { region } = Stack.of(scope);
  return `https://${region}.${ownConsole(region) ?? 'console.aws.amazon.com'}/${service}/home?region=${region}#`;
};

/** Pages of the AWS console on which the curves behind an alarm are seen. */
export const consolePage = {
  delivery: (scope: IConstruct, name: string): string => `${home(scope, 'firehose')}/details/${name}/monitoring`,
  stream: (scope: IConstruct, name: string): string => `${home(scope, 'kinesis')}/streams/details/${name}/monitoring`,
  function: (scope: IConstruct, name: string): string => `${home(scope, 'lambda')}/functions/${name}?tab=monitoring`,
  stateMachine: (scope: IConstruct, arn: string): string => `${home(scope, 'states')}/statemachines/view/${arn}`,
  alarms: (scope: IConstruct): string => `${home(scope, 'cloudwatch')}alarmsV2:`,
  bucket: (scope: IConstruct, name: string): string => {
    const { region } = Stack.of(scope);
    return `https://${ownConsole(region) ?? 's3.console.aws.amazon.com'}/s3/buckets/${name}?region=${region}&tab=metrics`;
  },
} as const;
