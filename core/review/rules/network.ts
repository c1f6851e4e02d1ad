import { danger, type Danger } from '../danger.ts';
import type { Properties } from '../template.ts';
import { at, listOf } from '../value.ts';
import { createOnly, harmless, toldAsPermission } from './judge.ts';
import type { ResourceRules, RulesByType } from './resource-rules.ts';

/** A network holds nothing, and any change of it may cut a way or open one: only what is new or only read is passed. */
const known: ResourceRules = { properties: { Tags: harmless } };
const untagged: ResourceRules = { properties: {} };

/** What is refused or watched by it, and is not without it. */
const guard: ResourceRules = {
  removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
  properties: { Name: harmless, Tags: harmless },
};

const ANYWHERE = ['0.0.0.0/0', '::/0'];
const isOpen = (rule: unknown): boolean =>
  [at(rule, 'CidrIp'), at(rule, 'CidrIpv6')].some((cidr) => ANYWHERE.includes(String(cidr)));

const opened = (rules: readonly unknown[]): readonly Danger[] =>
  rules.some(isOpen) ? [danger('OpenedToAnyone', 'every address may send to it')] : [];

export const NETWORK_RULES: RulesByType = {
  'AWS::EC2::VPC': known,
  'AWS::EC2::Subnet': known,
  'AWS::EC2::RouteTable': known,
  'AWS::EC2::SubnetRouteTableAssociation': untagged,
  'AWS::EC2::SecurityGroup': {
    ...known,
    addition: ({ SecurityGroupIngress }: Properties) => opened(listOf(SecurityGroupIngress)),
  },
  'AWS::EC2::SecurityGroupIngress': { properties: { Description: harmless }, addition: (properties) => opened([properties]) },
  'AWS::EC2::SecurityGroupEgress': { properties: { Description: harmless } },
  'AWS::EC2::VPCEndpoint': {
    removal: { code: 'ProcessRemoved', does: 'who called through it reaches nothing' },
    properties: { PolicyDocument: toldAsPermission, ServiceName: createOnly, VpcId: createOnly, Tags: harmless },
  },
  'AWS::Route53Resolver::FirewallDomainList': guard,
  'AWS::Route53Resolver::FirewallRuleGroup': guard,
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': guard,
};
