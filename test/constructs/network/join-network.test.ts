import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib/core';
import { joinNetwork, networkStatements } from '../../../constructs/network/join-network.ts';
import type { FunctionNetwork } from '../../../constructs/network/index.ts';
import { ActorRole, serviceOfThisAccount } from '../../../constructs/security/index.ts';
import { allow } from '../../../constructs/security/statements.ts';
import { evaluate, parsePolicyDocument } from '../../../core/aws/iam/index.ts';
import { policyStatements, resourcesOfType, synth, theResource } from '../../support/synth.ts';
import { foreignNetwork } from './network.ts';

/** Made with its current version, which is there once it is asked for. */
function someFunction(stack: Stack, network?: FunctionNetwork): lambda.IVersion {
  const { role } = new ActorRole(stack, 'Actor', {
    environment: 'prod',
    actor: 'transform',
    assumedBy: serviceOfThisAccount(stack, 'lambda.amazonaws.com'),
    description: 'Transforms',
    statements: network === undefined ? [allow('Any', ['s3:GetObject'], ['*'])] : networkStatements(stack, network),
  });
  const code = new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('x'),
    role: role.withoutPolicyUpdates(),
  });
  if (network !== undefined) joinNetwork(code, network);
  return code.currentVersion;
}
const template = synth((stack) => {
  someFunction(stack, foreignNetwork);
});
const ec2 = 'arn:${AWS::Partition}:ec2:eu-west-1:111122223333:';
const six = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:CreateNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
  'ec2:DeleteNetworkInterface',
];

test('allows six actions, as narrow as AWS takes them, and denies them all to the function’s own code', () => {
  expect(policyStatements(template, 'Actor')).toEqual([
    { Sid: 'DescribeNetwork', Effect: 'Allow', Action: six.slice(0, 2), Resource: '*' },
    {
      Sid: 'CreateInterfaces',
      Effect: 'Allow',
      Action: 'ec2:CreateNetworkInterface',
      Resource: ['subnet/subnet-1', 'subnet/subnet-2', 'security-group/sg-1', 'network-interface/*'].map((end) => ec2 + end),
    },
    {
      Sid: 'AddressInterfaces',
      Effect: 'Allow',
      Action: ['ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
      Resource: `${ec2}network-interface/*`,
      Condition: { ArnEquals: { 'ec2:Subnet': [`${ec2}subnet/subnet-1`, `${ec2}subnet/subnet-2`] } },
    },
    { Sid: 'DeleteInterfaces', Effect: 'Allow', Action: 'ec2:DeleteNetworkInterface', Resource: `${ec2}*/*` },
    {
      Sid: 'DenyNetworkToCode',
      Effect: 'Deny',
      Action: six,
      Resource: '*',
      Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    },
  ]);
});

describe('of interfaces', () => {
  const arn = (end: string): string => `arn:aws:ec2:eu-west-1:111122223333:${end}`;
  const policies = [
    parsePolicyDocument({
      Version: '2012-10-17',
      Statement: JSON.parse(
        JSON.stringify(policyStatements(template, 'Actor')).replaceAll('${AWS::Partition}', 'aws'),
      ) as unknown,
    }),
  ];
  const fromCode = { 'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:111122223333:function:any' };
  const ours = { 'ec2:Subnet': arn('subnet/subnet-2') };
  test.each<[string, string, Record<string, string>, string]>([
    ['ec2:CreateNetworkInterface', arn('subnet/subnet-1'), {}, 'allowed'],
    ['ec2:CreateNetworkInterface', arn('subnet/subnet-3'), {}, 'implicitlyDenied'],
    ['ec2:CreateNetworkInterface', arn('security-group/sg-2'), {}, 'implicitlyDenied'],
    ['ec2:AssignPrivateIpAddresses', arn('network-interface/eni-1'), ours, 'allowed'],
    [
      'ec2:AssignPrivateIpAddresses',
      arn('network-interface/eni-1'),
      { 'ec2:Subnet': arn('subnet/subnet-3') },
      'implicitlyDenied',
    ],
    ['ec2:DeleteNetworkInterface', arn('network-interface/eni-1'), {}, 'allowed'],
    ['ec2:DeleteNetworkInterface', arn('network-interface/eni-1'), fromCode, 'explicitlyDenied'],
    ['ec2:DescribeSubnets', '*', fromCode, 'explicitlyDenied'],
    ['ec2:CreateNetworkInterface', arn('subnet/subnet-1'), fromCode, 'explicitlyDenied'],
  ])('%s on %s under %j is %s', (action, resource, context, expected) => {
    expect(evaluate({ policies, action, resource, context }).decision).toBe(expected);
  });
});

test('the function stands in the network, and its role has no policy of AWS', () => {
  expect(theResource(template, 'AWS::Lambda::Function').Properties.VpcConfig).toEqual({
    SubnetIds: ['subnet-1', 'subnet-2'],
    SecurityGroupIds: ['sg-1'],
  });
  expect(theResource(template, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
  expect(JSON.stringify(template.toJSON())).not.toContain(':iam::aws:policy/');
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('a function that joins a network gets a new version', () => {
  const version = (network?: FunctionNetwork): string[] =>
    Object.keys(
      resourcesOfType(
        synth((stack) => {
          someFunction(stack, network);
        }),
        'AWS::Lambda::Version',
      ),
    );
  expect(version(foreignNetwork)).not.toEqual(version());
});
