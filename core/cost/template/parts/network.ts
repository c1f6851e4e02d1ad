import * as z from 'zod';
import { GB, PRICES } from '../../prices.ts';
import { billItem, total, type BillItem } from '../bill.ts';
import { readProperties } from '../resource-set.ts';
import type { Scene } from '../scene.ts';

const endpointShape = z.looseObject({
  VpcEndpointType: z.enum(['Interface', 'Gateway']).default('Gateway'),
  ServiceName: z.unknown().optional(),
  SubnetIds: z.array(z.unknown()).default([]),
});
const listShape = z.looseObject({ Domains: z.array(z.unknown()).default([]) });

/** Endpoints by zone and hour, and what they carry; the names that a firewall knows and is asked for. */
export function networkItems({ resources, functions, workload, month }: Scene): BillItem[] {
  const { network } = PRICES;
  const inside = functions.filter(({ inNetwork, invocations }) => inNetwork && invocations > 0);
  const sent = total(inside, ({ sentBytes }) => sentBytes) / GB;
  const asked = inside.length * workload.dnsQueriesPerDay * month.days;
  return [
    ...resources.ofType('AWS::EC2::VPCEndpoint').flatMap((one) => {
      const { VpcEndpointType, ServiceName, SubnetIds } = readProperties(one, endpointShape);
      if (VpcEndpointType === 'Gateway') return [];
      const carries = JSON.stringify(ServiceName).includes('firehose') ? sent : 0;
      return [
        billItem('network', one, 'endpoint', SubnetIds.length * month.hours, network.endpointHour),
        billItem('network', one, 'carried', carries, network.endpointGb),
      ];
    }),
    ...resources
      .ofType('AWS::Route53Resolver::FirewallDomainList')
      .map((one) =>
        billItem('network', one, 'names listed', readProperties(one, listShape).Domains.length, network.firewallDomain),
      ),
    ...resources
      .ofType('AWS::Route53Resolver::FirewallRuleGroupAssociation')
      .map((one) => billItem('network', one, 'names asked', asked, network.firewallQuery)),
  ];
}
