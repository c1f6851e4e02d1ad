import type { Resource } from '../../aws/template.ts';
import { danger, type Danger } from '../danger.ts';
import { at, isObject, listOf, textOf } from '../value.ts';
import { createOnly, harmless, toldAsPermission } from './judge.ts';
import type { ResourceRules, RulesByType } from './resource-rules.ts';

const NO_WAY = 'who called by this way reaches nothing';

/** A network holds nothing, and any change of it may cut a way or open one: only what is new or only read is passed. */
const known: ResourceRules = {
  addition: { harmless: 'nothing is in it, and its ways out are resources of their own' },
  removal: { code: 'ProcessRemoved', does: NO_WAY },
  properties: { Tags: harmless },
};

/** What is refused or watched by it, and is not without it. */
const guard: ResourceRules = {
  addition: { harmless: 'a group of rules decides, and says so itself' },
  removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
  properties: { Name: harmless, Tags: harmless },
};

/**
 * Addresses that nobody outside has, and the loopback.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6890
 */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const ADDRESS_BITS = 32;

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

interface Block {
  readonly address: number;
  readonly bits: number;
}
function blockOf(cidr: string): Block | undefined {
  const numbers = CIDR.exec(cidr)?.slice(1).map(Number);
  if (numbers === undefined) return undefined;
  const [bits = 0, ...octets] = numbers.reverse();
  return { address: octets.reduceRight((address, octet) => address * 256 + octet, 0), bits };
}

const isWithin = (inner: Block, outer: Block): boolean => {
  const size = 2 ** (ADDRESS_BITS - outer.bits);
  return inner.bits >= outer.bits && Math.floor(inner.address / size) === Math.floor(outer.address / size);
};

/** Unique local addresses of version 6 are as private. */
const UNIQUE_LOCAL = /^f[cd][0-9a-f]{2}:[0-9a-f:]*\/(?:[7-9]|\d{2,3})$/i;

function isPrivate(cidr: string): boolean {
  const block = blockOf(cidr);
  if (block === undefined) return cidr === '::1/128' || UNIQUE_LOCAL.test(cidr);
  return PRIVATE.map(blockOf).some((outer) => outer !== undefined && isWithin(block, outer));
}

/** The block of a network of the platform. */
const isBlockOf = (cidr: unknown): boolean => /^\$\{\w+\.(?:CidrBlock|Ipv6CidrBlocks)\}$/.test(textOf(cidr));

type Way = 'send to it' | 'be sent to by it';

/** A rule names a security group, a network of the platform or private addresses, or it is told. */
function openedBy(rule: unknown, way: Way): readonly Danger[] {
  if (!isObject(rule)) return [danger('UnknownEffect', `a rule that nobody can read says who may ${way}`)];
  const cidrs = [rule.CidrIp, rule.CidrIpv6].filter((cidr) => cidr !== undefined && !isBlockOf(cidr));
  const lists = [rule.SourcePrefixListId, rule.DestinationPrefixListId].filter((list) => list !== undefined);
  return [
    ...cidrs
      .filter((cidr) => typeof cidr !== 'string' || !isPrivate(cidr))
      .map((cidr) => danger('OpenedToAnyone', `addresses of ${textOf(cidr)} may ${way}, beyond any private network`)),
    ...lists.map((list) => danger('UnknownEffect', `who is on the list ${textOf(list)} may ${way}; see who that is`)),
  ];
}

/** A group is asked before those of a higher number: what it allows, none of them refuses. */
function allowsAll(rules: readonly unknown[], resources: ReadonlyMap<string, Resource>): readonly Danger[] {
  if (!rules.some((rule) => at(rule, 'Action') === 'BLOCK'))
    return [danger('UnknownEffect', 'a new group of rules refuses no name: it may allow what another one refuses')];
  const isListed = (rule: unknown): boolean => {
    const [id = ''] = /^\$\{(\w+)/.exec(textOf(at(rule, 'FirewallDomainListId')))?.slice(1) ?? [];
    const domains = listOf(resources.get(id)?.properties.Domains);
    return domains.length > 0 && domains.every((domain) => !textOf(domain).includes('*'));
  };
  return rules.filter((rule) => at(rule, 'Action') === 'ALLOW').every(isListed)
    ? []
    : [danger('UnknownEffect', 'a new group of rules allows names that it does not list: it may allow what another one refuses')];
}

export const NETWORK_RULES: RulesByType = {
  'AWS::EC2::VPC': known,
  'AWS::EC2::Subnet': known,
  'AWS::EC2::RouteTable': known,
  'AWS::EC2::SubnetRouteTableAssociation': { ...known, properties: {} },
  'AWS::EC2::SecurityGroup': {
    ...known,
    addition: ({ SecurityGroupIngress, SecurityGroupEgress }) => [
      ...listOf(SecurityGroupIngress).flatMap((rule) => openedBy(rule, 'send to it')),
      ...listOf(SecurityGroupEgress).flatMap((rule) => openedBy(rule, 'be sent to by it')),
      ...(listOf(SecurityGroupEgress).length === 0
        ? [danger('OpenedToAnyone', 'it has no rule of what it may send: AWS lets it send to every address')]
        : []),
    ],
  },
  'AWS::EC2::SecurityGroupIngress': {
    addition: (properties) => openedBy(properties, 'send to it'),
    removal: { code: 'ProcessRemoved', does: NO_WAY },
    properties: { Description: harmless },
  },
  'AWS::EC2::SecurityGroupEgress': {
    addition: (properties) => openedBy(properties, 'be sent to by it'),
    removal: { code: 'ProcessRemoved', does: NO_WAY },
    properties: { Description: harmless },
  },
  'AWS::EC2::VPCEndpoint': {
    addition: { harmless: 'what passes through it is told as permissions' },
    removal: { code: 'ProcessRemoved', does: NO_WAY },
    properties: { PolicyDocument: toldAsPermission, ServiceName: createOnly, VpcId: createOnly, Tags: harmless },
  },
  'AWS::Route53Resolver::FirewallDomainList': guard,
  'AWS::Route53Resolver::FirewallRuleGroup': {
    ...guard,
    addition: ({ FirewallRules }, resources) => allowsAll(listOf(FirewallRules), resources),
  },
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': guard,
};
