import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { fixture, storage, writeAssembly, type Template } from './fixture.ts';

const running: LocalRuntime[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
});
async function deploy(assembly: string): Promise<LocalRuntime> {
  const runtime = await start({
    assembly,
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2001, 0, 1)),
  });
  running.push(runtime);
  return runtime;
}

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const inVpc = { VpcId: attribute('Vpc', 'VpcId') };

/** Everything of a private network, each in its plainest form. */
const network: Template['Resources'] = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/24', EnableDnsSupport: true } },
  Subnet: {
    Type: 'AWS::EC2::Subnet',
    Properties: { ...inVpc, CidrBlock: '10.0.0.0/26', AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
  },
  Routes: { Type: 'AWS::EC2::RouteTable', Properties: inVpc },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: attribute('Routes', 'RouteTableId') },
  },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { ...inVpc, GroupDescription: 'any' } },
  In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: attribute('Group', 'GroupId'), IpProtocol: '-1' } },
  Out: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: attribute('Group', 'Id'), IpProtocol: '-1' } },
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { ...inVpc, ServiceName: 'com.amazonaws.us-east-1.secretsmanager', VpcEndpointType: 'Interface' },
  },
  FlowLog: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: { Ref: 'Vpc' }, ResourceType: 'VPC', TrafficType: 'ALL' } },
  Names: { Type: 'AWS::Route53Resolver::FirewallDomainList', Properties: { Domains: ['*'] } },
  Rules: {
    Type: 'AWS::Route53Resolver::FirewallRuleGroup',
    Properties: { FirewallRules: [{ Priority: 1, Action: 'BLOCK', FirewallDomainListId: attribute('Names', 'Id') }] },
  },
  Filter: {
    Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    Properties: { ...inVpc, FirewallRuleGroupId: attribute('Rules', 'Id'), Priority: 101 },
  },
};

test('records a network, with ids in the form of AWS', async () => {
  const template = storage();
  Object.assign(template.Resources, network);
  template.Outputs = Object.fromEntries(
    [
      ['Vpc', 'VpcId'],
      ['Vpc', 'DefaultSecurityGroup'],
      ['Subnet', 'SubnetId'],
      ['Subnet', 'AvailabilityZone'],
      ['Group', 'GroupId'],
      ['Endpoint', 'Id'],
      ['Rules', 'Arn'],
    ].map(([id = '', name = '']) => [id + name, { Value: attribute(id, name) }]),
  );
  const { outputs, recordedOnly } = await deploy(writeAssembly({ Storage: { template } }));
  expect(outputs.Storage).toEqual({
    VpcVpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/) as string,
    VpcDefaultSecurityGroup: expect.stringMatching(/^sg-[0-9a-f]{17}$/) as string,
    SubnetSubnetId: expect.stringMatching(/^subnet-[0-9a-f]{17}$/) as string,
    SubnetAvailabilityZone: 'us-east-1a',
    GroupGroupId: expect.stringMatching(/^sg-[0-9a-f]{17}$/) as string,
    EndpointId: expect.stringMatching(/^vpce-[0-9a-f]{17}$/) as string,
    RulesArn: expect.stringMatching(
      /^arn:aws:route53resolver:us-east-1:123456789012:firewall-rule-group\/rslvr-frg-[0-9a-f]{17}$/,
    ) as string,
  });
  expect(recordedOnly.map(({ type }) => type).sort()).toEqual(
    Object.values(network)
      .map(({ Type }) => Type)
      .sort(),
  );
  for (const { reason } of recordedOnly) expect(reason).toContain('no network of its own');
});

const VPC_CONFIG = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
const ec2 = (end: string): string => `arn:aws:ec2:us-east-1:123456789012:${end}`;
const created = [ec2('subnet/subnet-1'), ec2('security-group/sg-1'), ec2('network-interface/*')];

/** The fixture with its function in a network, its role allowed what is given. */
const joined = (config: object, ...allowed: readonly (readonly [action: string, resource: string | string[]])[]): string =>
  fixture((resources) => {
    const code = resources.Function as { Properties: Record<string, unknown>; DependsOn?: string[] };
    code.Properties.VpcConfig = config;
    code.DependsOn = ['Interfaces'];
    resources.Interfaces = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Roles: [{ Ref: 'FunctionRole' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: allowed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
        },
      },
    };
  });
const CREATE: readonly [string, string[]] = ['ec2:CreateNetworkInterface', created];
const DESCRIBE = ['ec2:DescribeNetworkInterfaces', '*'] as const;
const DELETE = ['ec2:DeleteNetworkInterface', ec2('*/*')] as const;

test('takes a function into a network whose role may make its interfaces', async () => {
  await expect(deploy(joined(VPC_CONFIG, CREATE, DESCRIBE, DELETE))).resolves.toBeDefined();
});

const refusal = (action: string): string => `The provided execution role does not have permissions to call ${action} on EC2`;
test.each<[string, string, string]>([
  ['the role may not make interfaces', joined(VPC_CONFIG, DESCRIBE, DELETE), refusal('CreateNetworkInterface')],
  [
    'the role may make them in another subnet',
    joined({ ...VPC_CONFIG, SubnetIds: ['subnet-2'] }, CREATE, DESCRIBE, DELETE),
    refusal('CreateNetworkInterface'),
  ],
  ['the role may not list interfaces', joined(VPC_CONFIG, CREATE, DELETE), refusal('DescribeNetworkInterfaces')],
  [
    'the role may delete interfaces by a pattern that Lambda does not take',
    joined(VPC_CONFIG, CREATE, DESCRIBE, ['ec2:DeleteNetworkInterface', ec2('network-interface/*')]),
    refusal('DeleteNetworkInterface'),
  ],
  [
    'the network has a property that is not known',
    joined({ ...VPC_CONFIG, VpcId: 'vpc-1' }, CREATE, DESCRIBE, DELETE),
    "'VpcConfig.VpcId' is not known here",
  ],
])('fails where %s', async (_what, assembly, message) => {
  await expect(deploy(assembly)).rejects.toThrow(message);
});
