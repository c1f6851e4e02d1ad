import type { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { importNetwork, Zones } from '../../../constructs/network/index.ts';
import { policyStatements, readable, resourcesOf, resourcesOfType, synth, testApp, theResource } from '../../support/synth.ts';
import { someNetwork } from './network.ts';

const template = synth((stack) => {
  someNetwork(stack).export();
});
const all = (type: string, of = template): unknown[] =>
  Object.values(resourcesOfType(of, type)).map(({ Properties }) => readable(Properties));
const one = (type: string, part = ''): unknown => readable(theResource(template, type, part).Properties);

test('is these resources and no other: no gateway, no address, no route, no resource of somebody’s code', () => {
  const counts: Record<string, number> = {};
  for (const { Type } of Object.values(resourcesOf(template))) counts[Type] = (counts[Type] ?? 0) + 1;
  expect(counts).toEqual({
    'AWS::EC2::FlowLog': 1,
    'AWS::EC2::RouteTable': 1,
    'AWS::EC2::SecurityGroup': 2,
    'AWS::EC2::SecurityGroupIngress': 1,
    'AWS::EC2::Subnet': 2,
    'AWS::EC2::SubnetRouteTableAssociation': 2,
    'AWS::EC2::VPC': 1,
    'AWS::EC2::VPCEndpoint': 2,
    'AWS::IAM::ManagedPolicy': 1,
    'AWS::IAM::Role': 1,
    'AWS::Logs::LogGroup': 1,
    'AWS::Route53Resolver::FirewallDomainList': 2,
    'AWS::Route53Resolver::FirewallRuleGroup': 1,
    'AWS::Route53Resolver::FirewallRuleGroupAssociation': 1,
  });
});

test('stands in the first two zones that CloudFormation lists, a quarter of the block in each, on a table without a route', () => {
  expect(all('AWS::EC2::VPC')).toEqual([{ CidrBlock: '10.0.0.0/24', EnableDnsHostnames: true, EnableDnsSupport: true }]);
  expect(all('AWS::EC2::Subnet')).toEqual(
    ['10.0.0.0/26', '10.0.0.64/26'].map((CidrBlock, index) => ({
      VpcId: '${NetworkVpc.VpcId}',
      AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] },
      CidrBlock,
      MapPublicIpOnLaunch: false,
    })),
  );
  expect(all('AWS::EC2::SubnetRouteTableAssociation')).toEqual(
    [1, 2].map((zone) => ({ SubnetId: `\${NetworkSubnet${zone}.SubnetId}`, RouteTableId: '${NetworkNoWayOut.RouteTableId}' })),
  );
});

test('takes zones by name; one more leaves those before it as they are', () => {
  const subnets = (...names: string[]): unknown[] =>
    all(
      'AWS::EC2::Subnet',
      synth((stack) => void someNetwork(stack, { zones: Zones.named(names), cidr: '10.1.0.0/16' })),
    );
  const three = subnets('eu-west-1b', 'eu-west-1c', 'eu-west-1a');
  expect(three).toMatchObject([
    { AvailabilityZone: 'eu-west-1b', CidrBlock: '10.1.0.0/18' },
    { AvailabilityZone: 'eu-west-1c', CidrBlock: '10.1.64.0/18' },
    { AvailabilityZone: 'eu-west-1a', CidrBlock: '10.1.128.0/18' },
  ]);
  expect(subnets('eu-west-1b', 'eu-west-1c')).toEqual(three.slice(0, 2));
});

test('functions speak to the endpoints over HTTPS, and the endpoints to nobody', () => {
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
  expect(one('AWS::EC2::SecurityGroup', 'FunctionGroup')).toEqual({
    VpcId: '${NetworkVpc.VpcId}',
    GroupDescription: 'Functions of prod',
    SecurityGroupEgress: [
      { ...https, DestinationSecurityGroupId: '${NetworkEndpointsEndpointGroup.GroupId}', Description: 'To the endpoints' },
    ],
  });
  expect(one('AWS::EC2::SecurityGroup', 'EndpointGroup')).toEqual({
    VpcId: '${NetworkVpc.VpcId}',
    GroupDescription: 'Endpoints that functions of prod call',
    SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nowhere' }],
  });
  expect(all('AWS::EC2::SecurityGroupIngress')).toEqual([
    {
      ...https,
      GroupId: '${NetworkEndpointsEndpointGroup.GroupId}',
      SourceSecurityGroupId: '${NetworkEndpointsFunctionGroup.GroupId}',
      Description: 'From functions',
    },
  ]);
});

test.each([
  [
    'Firehose',
    'kinesis-firehose',
    'firehose:PutRecordBatch',
    'arn:${AWS::Partition}:firehose:eu-west-1:111122223333:deliverystream/*',
  ],
  [
    'Secrets',
    'secretsmanager',
    'secretsmanager:GetSecretValue',
    'arn:${AWS::Partition}:secretsmanager:eu-west-1:111122223333:secret:*',
  ],
])(
  'the endpoint of %s takes one action, of the account’s functions, on the account’s resources',
  (id, service, Action, Resource) => {
    expect(one('AWS::EC2::VPCEndpoint', id)).toEqual({
      VpcId: '${NetworkVpc.VpcId}',
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.eu-west-1.${service}`,
      PrivateDnsEnabled: true,
      SubnetIds: ['${NetworkSubnet1.SubnetId}', '${NetworkSubnet2.SubnetId}'],
      SecurityGroupIds: ['${NetworkEndpointsEndpointGroup.GroupId}'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'CallByFunctions',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action,
            Resource,
            Condition: {
              ArnLike: { 'aws:PrincipalArn': ['arn:${AWS::Partition}:iam::111122223333:role/headwaters/prod/transform/*'] },
            },
          },
        ],
      },
    });
  },
);

test('the names of those services are looked up, and no other', () => {
  expect(one('AWS::Route53Resolver::FirewallDomainList', 'Services')).toEqual({
    Domains: ['firehose.eu-west-1.${AWS::URLSuffix}', 'secretsmanager.eu-west-1.${AWS::URLSuffix}'],
  });
  expect(one('AWS::Route53Resolver::FirewallDomainList', 'Others')).toEqual({ Domains: ['*'] });
  expect(one('AWS::Route53Resolver::FirewallRuleGroup')).toEqual({
    FirewallRules: [
      {
        Priority: 1,
        Action: 'ALLOW',
        FirewallDomainListId: '${NetworkKnownNamesServices.Id}',
        FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
      },
      { Priority: 2, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', FirewallDomainListId: '${NetworkKnownNamesOthers.Id}' },
    ],
  });
  expect(one('AWS::Route53Resolver::FirewallRuleGroupAssociation')).toEqual({
    VpcId: '${NetworkVpc.VpcId}',
    FirewallRuleGroupId: '${NetworkKnownNamesRules.Id}',
    Priority: 101,
  });
});

test('logs all traffic to an encrypted group, by a role that may do nothing else', () => {
  const { Properties, DependsOn } = theResource(template, 'AWS::EC2::FlowLog');
  expect(readable(Properties)).toEqual({
    ResourceType: 'VPC',
    ResourceId: '${NetworkVpc.VpcId}',
    TrafficType: 'ALL',
    LogDestinationType: 'cloud-watch-logs',
    LogGroupName: '${NetworkFlowLogGroup}',
    DeliverLogsPermissionArn: '${NetworkFlowLogActorRole.Arn}',
  });
  expect(DependsOn).toEqual([theResource(template, 'AWS::IAM::ManagedPolicy').id]);
  expect(one('AWS::Logs::LogGroup')).toEqual({ KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/log', RetentionInDays: 90 });
  expect(policyStatements(template, 'FlowLog')).toEqual([
    {
      Sid: 'WriteFlowLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: '${NetworkFlowLogGroup.Arn}',
    },
  ]);
  expect(readable(theResource(template, 'AWS::IAM::Role').Properties)).toMatchObject({
    Path: '/headwaters/prod/flow-log/',
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          Effect: 'Allow',
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        },
      ],
    },
  });
});

test('keeps the flow log as long as is asked', () => {
  expect(
    all(
      'AWS::Logs::LogGroup',
      synth((stack) => void someNetwork(stack, { flowLogRetention: RetentionDays.ONE_YEAR })),
    ),
  ).toMatchObject([{ RetentionInDays: 365 }]);
});

const exportsOf = (of: Template): unknown[] =>
  Object.values(of.toJSON().Outputs as Record<string, { Export: { Name: string }; Value: unknown }>).map(({ Export, Value }) => [
    Export.Name,
    readable(Value),
  ]);

test('exports a fixed list, and is imported by it', () => {
  expect(exportsOf(template)).toEqual([
    ['headwaters-prod-FunctionSubnet1Id', '${NetworkSubnet1.SubnetId}'],
    ['headwaters-prod-FunctionSubnet2Id', '${NetworkSubnet2.SubnetId}'],
    ['headwaters-prod-FunctionSecurityGroupId', '${NetworkEndpointsFunctionGroup.GroupId}'],
  ]);
  const stack = new Stack(testApp(), 'Domain');
  expect(readable(stack.resolve(importNetwork(stack, 'prod', 2)))).toEqual({
    subnetIds: ['${import headwaters-prod-FunctionSubnet1Id}', '${import headwaters-prod-FunctionSubnet2Id}'],
    securityGroupIds: ['${import headwaters-prod-FunctionSecurityGroupId}'],
  });
});

test('a template of an app without account and region asks nothing of AWS', () => {
  const app = testApp();
  const stack = new Stack(app, 'Anywhere');
  someNetwork(stack);
  expect(app.synth().manifest.missing).toBeUndefined();
  const located = testApp();
  someNetwork(new Stack(located, 'Somewhere', { env: { account: '111122223333', region: 'eu-west-1' } }));
  expect(located.synth().manifest.missing).toBeUndefined();
});

test.each([
  ['10.0.0.0', "got '10.0.0.0'"],
  ['10.0.0.0/27', "got '10.0.0.0/27'"],
  ['10.0.0.0/15', "got '10.0.0.0/15'"],
  ['10.0.0.64/24', "got '10.0.0.64/24'"],
  ['10.0.0.256/24', "got '10.0.0.256/24'"],
  ['fd00::/24', "got 'fd00::/24'"],
])('fails with InvalidCidr for %s', (cidr, got) => {
  const stack = new Stack(testApp(), 'Test');
  expect(() => someNetwork(stack, { cidr })).toThrow(
    `Test/Network: InvalidCidr: 'cidr' must be an IPv4 block of /16 to /26 that begins at its first address, ${got}; write one such as '10.0.0.0/24'`,
  );
});

test.each([
  ['none', Zones.first(0), 'be 1 to 4, got 0'],
  ['five', Zones.first(5), 'be 1 to 4, got 5'],
  ['one twice', Zones.named(['eu-west-1a', 'eu-west-1b', 'eu-west-1a']), "name each zone once, got 'eu-west-1a' twice"],
])('fails with InvalidZones for %s', (_what, zones, message) => {
  const stack = new Stack(testApp(), 'Test');
  expect(() => someNetwork(stack, { zones })).toThrow(`Test/Network: InvalidZones: 'zones' must ${message}; mend the list`);
});
