import * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { LakeNetwork, type FunctionNetwork, type LakeNetworkProps } from '../../../constructs/network/index.ts';
import { keyArn } from '../../support/lake.ts';

/** A network of `prod`. */
export const someNetwork = (stack: Stack, props: Partial<LakeNetworkProps> = {}): LakeNetwork =>
  new LakeNetwork(stack, 'Network', {
    environment: 'prod',
    logKey: kms.Key.fromKeyArn(stack, 'LogKey', keyArn('log')),
    removalPolicy: RemovalPolicy.RETAIN,
    ...props,
  });

/** Somebody's own, by ids. */
export const foreignNetwork: FunctionNetwork = { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] };
