import { Stack } from 'aws-cdk-lib/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { takeEnvironment } from '../take-environment.ts';
import { CALLED_SERVICES, endpointPolicy } from './called-services.ts';
import type { FunctionNetwork } from './function-network.ts';

/** What `FunctionEndpoints` needs. */
export interface FunctionEndpointsProps {
  /**
   * Environment's name: a segment of the paths of the roles that may call.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The VPC, with DNS support and host names. It must not have an endpoint with a private name for one of the services already. */
  readonly vpcId: string;
  /** Where the endpoints and the functions stand: subnets of the VPC, each in a zone of its own. */
  readonly subnetIds: readonly string[];
}

const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 } as const;

/**
 * A rule that reaches nobody: a group without a rule for its way out gets one to everywhere.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
 */
const NOWHERE = { ipProtocol: '-1', cidrIp: '127.0.0.1/32', description: 'Nowhere' } as const;

/**
 * What lets functions in a VPC reach the services that they call, and nothing else: an interface endpoint for each of Firehose and Secrets
 * Manager with a policy of its own, and two security groups that know only each other.
 *
 * Each endpoint costs USD 0.01 an hour in each zone, USD 29.20 a month for both in two zones, and USD 0.01 a GB (us-east-1).
 *
 * @see https://aws.amazon.com/privatelink/pricing/
 */
export class FunctionEndpoints extends Construct implements FunctionNetwork {
  public readonly subnetIds: readonly string[];
  public readonly securityGroupIds: readonly [string];

  constructor(scope: Construct, id: string, { environment, vpcId, subnetIds }: FunctionEndpointsProps) {
    super(scope, id);
    takeEnvironment(this, environment);
    const { region } = Stack.of(this);
    const endpoints = new ec2.CfnSecurityGroup(this, 'EndpointGroup', {
      vpcId,
      groupDescription: `Endpoints that functions of ${environment} call`,
      securityGroupEgress: [NOWHERE],
    });
    const functions = new ec2.CfnSecurityGroup(this, 'FunctionGroup', {
      vpcId,
      groupDescription: `Functions of ${environment}`,
      securityGroupEgress: [{ ...HTTPS, destinationSecurityGroupId: endpoints.attrGroupId, description: 'To the endpoints' }],
    });
    new ec2.CfnSecurityGroupIngress(this, 'FromFunctions', {
      ...HTTPS,
      groupId: endpoints.attrGroupId,
      sourceSecurityGroupId: functions.attrGroupId,
      description: 'From functions',
    });
    for (const service of CALLED_SERVICES) {
      new ec2.CfnVPCEndpoint(this, service.id, {
        vpcId,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${region}.${service.endpoint}`,
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [endpoints.attrGroupId],
        policyDocument: endpointPolicy(this, environment, service),
      });
    }
    this.subnetIds = subnetIds;
    this.securityGroupIds = [functions.attrGroupId];
  }
}
