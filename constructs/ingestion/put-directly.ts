import { Stack } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { deliveryName } from '../../core/naming.ts';
import { allow } from '../security/statements.ts';

/** ARN of the delivery that events of a dataset are put straight into. */
function deliveryArn(scope: Construct, environment: string, domain: string, dataset: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:firehose:${region}:${account}:deliverystream/${deliveryName(environment, domain, dataset)}`;
}

/** What producers of some datasets may do. @param of What a further statement of one role is told apart by */
export const putDirectly = (
  scope: Construct,
  of: string,
  environment: string,
  domain: string,
  datasets: readonly string[],
): iam.PolicyStatement =>
  allow(
    `PutEvents${of}`,
    ['firehose:PutRecord', 'firehose:PutRecordBatch'],
    datasets.map((dataset) => deliveryArn(scope, environment, domain, dataset)),
  );
