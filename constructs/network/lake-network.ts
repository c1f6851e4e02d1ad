import type { RemovalPolicy } from 'aws-cdk-lib/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { exportName } from '../../core/naming.ts';
import { exportValue } from '../export-value.ts';
import { InvalidProps } from '../invalid-props.ts';
import { takeEnvironment } from '../take-environment.ts';
import { FlowLog } from './flow-log.ts';
import { FunctionEndpoints } from './function-endpoints.ts';
import { networkExports, type FunctionNetwork } from './function-network.ts';
import { KnownNames } from './known-names.ts';
import { quarterCidr } from './quarter-cidr.ts';
import { Zones } from './zones.ts';

/** What `LakeNetwork` needs. */
export interface LakeNetworkProps {
  /**
   * Environment's name: a segment of role paths and export names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /**
   * The VPC's IPv4 block, of 64 to 65,536 addresses: `/26` to `/16`. Each zone takes a quarter; nothing leads out of it, so any block will do.
   *
   * @default '10.0.0.0/24'
   * @throws {@link InvalidProps} `InvalidCidr`
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly cidr?: string;
  /**
   * Availability zones, 1 to 4.
   *
   * @default Zones.first(2)
   * @throws {@link InvalidProps} `InvalidZones`
   */
  readonly zones?: Zones;
  /** Key of the flow log; its policy must admit CloudWatch Logs. */
  readonly logKey: kms.IKey;
  /**
   * How long the flow log is kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly flowLogRetention?: logs.RetentionDays;
  /** What a deletion of the stack does to the flow log. */
  readonly removalPolicy: RemovalPolicy;
}

/** A quarter of the block for each: a zone that is added moves no other. */
const MOST_ZONES = 4;

const DEFAULTS = { cidr: '10.0.0.0/24', zones: Zones.first(2), flowLogRetention: logs.RetentionDays.THREE_MONTHS } as const;

/**
 * A network without a way out: subnets that lead nowhere, endpoints for what functions call, no name looked up but theirs, and a log of who
 * spoke to whom (docs/adr/0018).
 *
 * In two zones it costs USD 29.20 a month for the endpoints (us-east-1), whatever passes; then USD 0.01 for each GB that does, which are
 * rejects and one secret a start of a function, and USD 0.50 a GB of flow log.
 */
export class LakeNetwork extends Construct implements FunctionNetwork {
  /** The VPC, for whoever watches or extends it. */
  public readonly vpcId: string;
  public readonly subnetIds: readonly string[];
  public readonly securityGroupIds: readonly [string];
  private readonly environment: string;

  constructor(scope: Construct, id: string, props: LakeNetworkProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    this.environment = props.environment;
    const { environment, removalPolicy, cidr = DEFAULTS.cidr } = props;
    const zones = this.checkZones(props.zones ?? DEFAULTS.zones);
    const blocks = this.divide(cidr);

    const vpc = new ec2.CfnVPC(this, 'Vpc', { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true });
    this.vpcId = vpc.attrVpcId;
    const routes = new ec2.CfnRouteTable(this, 'NoWayOut', { vpcId: this.vpcId }); // a route in the VPC's main table is none of theirs
    const subnets = zones.map((availabilityZone, index) => {
      const subnet = new ec2.CfnSubnet(this, `Subnet${index + 1}`, {
        vpcId: this.vpcId,
        availabilityZone,
        cidrBlock: blocks[index] ?? '',
        mapPublicIpOnLaunch: false,
      });
      new ec2.CfnSubnetRouteTableAssociation(this, `Subnet${index + 1}Routes`, {
        subnetId: subnet.attrSubnetId,
        routeTableId: routes.attrRouteTableId,
      });
      return subnet.attrSubnetId;
    });
    const endpoints = new FunctionEndpoints(this, 'Endpoints', { environment, vpcId: this.vpcId, subnetIds: subnets });
    this.subnetIds = endpoints.subnetIds;
    this.securityGroupIds = endpoints.securityGroupIds;
    new KnownNames(this, 'KnownNames', { vpcId: this.vpcId });
    new FlowLog(this, 'FlowLog', {
      environment,
      vpcId: this.vpcId,
      logKey: props.logKey,
      retention: props.flowLogRetention ?? DEFAULTS.flowLogRetention,
      removalPolicy,
    });
  }

  /**
   * Exports the fixed list of values that domains read, by names that `importNetwork` knows.
   *
   * @throws {@link InvalidProps} `ExportedTwice`
   */
  public export(): void {
    const [securityGroupId] = this.securityGroupIds;
    for (const [name, value] of Object.entries(networkExports(this.subnetIds, securityGroupId))) {
      exportValue(this, name, { value, exportName: exportName(this.environment, name) });
    }
  }

  private checkZones({ names }: Zones): readonly string[] {
    const refuse = (rule: string, got: string): InvalidProps =>
      new InvalidProps('InvalidZones', this, `'zones' must ${rule}, got ${got}; mend the list`);
    if (names.length < 1 || names.length > MOST_ZONES) throw refuse(`be 1 to ${MOST_ZONES}`, String(names.length));
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) throw refuse('name each zone once', `'${twice}' twice`);
    return names;
  }

  private divide(cidr: string): readonly string[] {
    const blocks = quarterCidr(cidr);
    if (blocks === undefined)
      throw new InvalidProps(
        'InvalidCidr',
        this,
        `'cidr' must be an IPv4 block of /16 to /26 that begins at its first address, got '${cidr}'; write one such as '${DEFAULTS.cidr}'`,
      );
    return blocks;
  }
}
