import { Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { allow } from '../security/statements.ts';
import type { FunctionNetwork } from './function-network.ts';

/** Neither takes a resource. */
const DESCRIBE = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
const CREATE = ['ec2:CreateNetworkInterface'];
const ADDRESS = ['ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];
const DELETE = ['ec2:DeleteNetworkInterface'];

/**
 * What Lambda needs of a function's role to give the function its interfaces in a network, and what keeps the function's own code from using
 * it: a request from inside a function names it, one that Lambda makes for it outside does not.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function networkStatements(scope: IConstruct, { subnetIds, securityGroupIds }: FunctionNetwork): iam.PolicyStatement[] {
  const { account, partition, region } = Stack.of(scope);
  const arn = (resource: string): string => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  const subnets = subnetIds.map((id) => arn(`subnet/${id}`));
  const interfaces = arn('network-interface/*');
  return [
    allow('DescribeNetwork', DESCRIBE, ['*']),
    allow('CreateInterfaces', CREATE, [...subnets, ...securityGroupIds.map((id) => arn(`security-group/${id}`)), interfaces]),
    allow('AddressInterfaces', ADDRESS, [interfaces], { ArnEquals: { 'ec2:Subnet': subnets } }),
    allow('DeleteInterfaces', DELETE, [arn('*/*')]), // Lambda asks for the right to all ids, and refuses a narrower pattern
    new iam.PolicyStatement({
      sid: 'DenyNetworkToCode',
      effect: iam.Effect.DENY,
      actions: [...DESCRIBE, ...CREATE, ...ADDRESS, ...DELETE],
      resources: ['*'],
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  ];
}

/** Puts a function into a network. The construct's own `vpc` would attach a policy of AWS to the role, so the resource is told. */
export function joinNetwork(code: lambda.Function, { subnetIds, securityGroupIds }: FunctionNetwork): void {
  (code.node.defaultChild as lambda.CfnFunction).vpcConfig = {
    subnetIds: [...subnetIds],
    securityGroupIds: [...securityGroupIds],
  };
}
