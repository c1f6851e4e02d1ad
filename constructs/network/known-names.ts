import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { CALLED_SERVICES, hostName } from './called-services.ts';

/** What `KnownNames` needs. */
export interface KnownNamesProps {
  readonly vpcId: string;
}

/** Lower is asked first. An association's is 101 to 9,899, the rest being AWS Firewall Manager's. */
const PRIORITY = { association: 101, known: 1, others: 2 } as const;

/**
 * Lets a VPC look up the names of the services that functions call, and no other. Security groups do not filter what goes to the VPC's
 * resolver, which asks the internet: a name that is looked up can carry data to whoever answers for it.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 */
export class KnownNames extends Construct {
  constructor(scope: Construct, id: string, { vpcId }: KnownNamesProps) {
    super(scope, id);
    const names = (part: string, domains: readonly string[]): string =>
      new resolver.CfnFirewallDomainList(this, part, { domains: [...domains] }).attrId;
    const rules = new resolver.CfnFirewallRuleGroup(this, 'Rules', {
      firewallRules: [
        {
          priority: PRIORITY.known,
          action: 'ALLOW',
          firewallDomainListId: names(
            'Services',
            CALLED_SERVICES.map((service) => hostName(this, service)),
          ),
          firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN', // a service's name may lead to its endpoint's own
        },
        {
          priority: PRIORITY.others,
          action: 'BLOCK',
          blockResponse: 'NXDOMAIN',
          firewallDomainListId: names('Others', ['*']),
        },
      ],
    });
    new resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: rules.attrId,
      vpcId,
      priority: PRIORITY.association,
    });
  }
}
