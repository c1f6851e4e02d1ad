import { createHash } from 'node:crypto';
import type { Members } from '../../input.ts';
import type { Caller } from '../../service.ts';
import type { Created, Creation, ResourceType } from '../resource-type.ts';

const NO_NETWORK = 'recorded: the run has no network of its own, and a function reaches whatever the machine reaches';

/** A type that is only recorded: its id in the form that AWS gives it, and what Fn::GetAtt gives besides. */
const recorded = (
  prefix: string,
  properties: readonly string[],
  attributes: (id: string, properties: Members, creation: Creation) => Created['attributes'],
): ResourceType => ({
  acted: [],
  recorded: properties,
  recordedOnly: NO_NETWORK,
  create: (given, creation) => {
    const id = `${prefix}-${hex(`${creation.stack}/${creation.logicalId}`)}`;
    return { ref: id, attributes: attributes(id, given, creation) };
  },
});

const hex = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 17);

export const vpc = recorded(
  'vpc',
  ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'],
  (id, properties) => ({
    VpcId: id,
    CidrBlock: properties.text('CidrBlock'),
    DefaultNetworkAcl: `acl-${hex(id)}`,
    DefaultSecurityGroup: `sg-${hex(id)}`,
  }),
);

export const subnet = recorded(
  'subnet',
  ['AssignIpv6AddressOnCreation', 'AvailabilityZone', 'CidrBlock', 'MapPublicIpOnLaunch', 'Tags', 'VpcId'],
  (id, properties, { services }) => ({
    SubnetId: id,
    VpcId: properties.text('VpcId'),
    CidrBlock: properties.text('CidrBlock'),
    AvailabilityZone: properties.optionalText('AvailabilityZone') ?? `${services.region}a`,
    NetworkAclAssociationId: `aclassoc-${hex(id)}`,
  }),
);

export const routeTable = recorded('rtb', ['Tags', 'VpcId'], (id) => ({ RouteTableId: id }));

export const subnetRouteTableAssociation = recorded('rtbassoc', ['RouteTableId', 'SubnetId'], (id) => ({ Id: id }));

export const vpcEndpoint = recorded(
  'vpce',
  [
    'PolicyDocument',
    'PrivateDnsEnabled',
    'RouteTableIds',
    'SecurityGroupIds',
    'ServiceName',
    'SubnetIds',
    'Tags',
    'VpcEndpointType',
    'VpcId',
  ],
  (id) => ({ Id: id }),
);

export const securityGroup = recorded(
  'sg',
  ['GroupDescription', 'GroupName', 'SecurityGroupEgress', 'SecurityGroupIngress', 'Tags', 'VpcId'],
  (id, properties) => ({ GroupId: id, Id: id, VpcId: properties.text('VpcId') }),
);

const RULE = ['CidrIp', 'CidrIpv6', 'Description', 'FromPort', 'GroupId', 'IpProtocol', 'ToPort'];

export const securityGroupIngress = recorded('sgr', [...RULE, 'SourcePrefixListId', 'SourceSecurityGroupId'], (id) => ({
  Id: id,
}));

export const securityGroupEgress = recorded('sgr', [...RULE, 'DestinationPrefixListId', 'DestinationSecurityGroupId'], (id) => ({
  Id: id,
}));

export const flowLog = recorded(
  'fl',
  [
    'DeliverLogsPermissionArn',
    'LogDestination',
    'LogDestinationType',
    'LogFormat',
    'LogGroupName',
    'MaxAggregationInterval',
    'ResourceId',
    'ResourceType',
    'Tags',
    'TrafficType',
  ],
  (id) => ({ Id: id }),
);

const named = (kind: string) => (id: string, _properties: Members, creation: Creation) => ({
  Id: id,
  Arn: creation.arn('route53resolver', `${kind}/${id}`),
});

export const firewallDomainList = recorded('rslvr-fdl', ['Domains', 'Name', 'Tags'], named('firewall-domain-list'));

export const firewallRuleGroup = recorded('rslvr-frg', ['FirewallRules', 'Name', 'Tags'], named('firewall-rule-group'));

export const firewallRuleGroupAssociation = recorded(
  'rslvr-frgassoc',
  ['FirewallRuleGroupId', 'MutationProtection', 'Name', 'Priority', 'Tags', 'VpcId'],
  named('firewall-rule-group-association'),
);

/**
 * Lambda creates no function in a network whose role may not make its interfaces.
 *
 * @throws Error in the words of Lambda
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function checkInterfaces(config: Members, caller: Caller, creation: Creation): void {
  const { iam } = creation.services;
  const arn = (resource: string): string => creation.arn('ec2', resource);
  config.only(['Ipv6AllowedForDualStack', 'SecurityGroupIds', 'SubnetIds']);
  const groups = config.texts('SecurityGroupIds').map((id) => `security-group/${id}`);
  const subnets = config.texts('SubnetIds').map((id) => `subnet/${id}`);
  const needed: readonly (readonly [action: string, resources: readonly string[]])[] = [
    ['CreateNetworkInterface', [...subnets, ...groups, 'network-interface/*'].map(arn)],
    ['DescribeNetworkInterfaces', ['*']],
    ['DeleteNetworkInterface', [arn('*/*')]],
  ];
  for (const [action, resources] of needed) {
    try {
      for (const resource of resources) iam.check(caller, `ec2:${action}`, resource);
    } catch (cause) {
      throw new Error(`The provided execution role does not have permissions to call ${action} on EC2`, { cause });
    }
  }
}
