import type { RemovalPolicy } from 'aws-cdk-lib/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow } from '../security/statements.ts';

/** What `FlowLog` needs. */
export interface FlowLogProps {
  readonly environment: string;
  readonly vpcId: string;
  /** Its policy must admit CloudWatch Logs. */
  readonly logKey: kms.IKey;
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** Who spoke to whom in a VPC, accepted or refused; never what was said. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogProps) {
    super(scope, id);
    const group = new logs.LogGroup(this, 'Group', {
      retention: props.retention,
      encryptionKey: props.logKey,
      removalPolicy: props.removalPolicy,
    });
    const actor = new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'flow-log',
      assumedBy: serviceOfThisAccount(this, 'vpc-flow-logs.amazonaws.com'),
      description: `Writes the flow log of ${props.environment}`,
      statements: [
        allow('WriteFlowLog', ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [group.logGroupArn]),
      ],
    });
    new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceType: 'VPC',
      resourceId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: group.logGroupName,
      deliverLogsPermissionArn: actor.role.roleArn,
    }).node.addDependency(actor.policy);
  }
}
