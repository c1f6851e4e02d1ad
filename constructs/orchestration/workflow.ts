import type { RemovalPolicy } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Actor } from '../../core/naming.ts';
import type { StateMachineDefinition } from '../../core/aws/asl.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow } from '../security/statements.ts';

/** What `workflow` needs. */
export interface WorkflowProps {
  readonly environment: string;
  readonly definition: StateMachineDefinition;
  /** Whom it runs as; what it may log and trace is added to `statements`. */
  readonly runsAs: {
    readonly id: string;
    readonly actor: Actor;
    readonly description: string;
    readonly statements: readonly iam.PolicyStatement[];
  };
  /** @default - CloudFormation makes one */
  readonly stateMachineName?: string;
  /** How the log group's name ends. */
  readonly logName: string;
  readonly logRetention: logs.RetentionDays;
  /** @default - the service's own key */
  readonly logKey?: kms.IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/** A state machine of `scope` with its log and its role. What an execution is given and answers is in no log. */
export function workflow(scope: Construct, props: WorkflowProps): stepfunctions.CfnStateMachine {
  const { environment, definition, runsAs, stateMachineName, logKey } = props;
  const log = new logs.LogGroup(scope, 'Log', {
    logGroupName: `/aws/vendedlogs/states/${props.logName}`, // other names use up CloudWatch Logs' one resource policy
    retention: props.logRetention,
    ...(logKey === undefined ? {} : { encryptionKey: logKey }),
    removalPolicy: props.removalPolicy,
  });
  const { role, policy } = new ActorRole(scope, runsAs.id, {
    environment,
    actor: runsAs.actor,
    assumedBy: serviceOfThisAccount(scope, 'states.amazonaws.com'),
    description: runsAs.description,
    statements: [...runsAs.statements, logAndTrace()],
  });
  const stateMachine = new stepfunctions.CfnStateMachine(scope, 'StateMachine', {
    ...(stateMachineName === undefined ? {} : { stateMachineName }),
    stateMachineType: 'STANDARD',
    roleArn: role.roleArn,
    definition,
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
    },
    tracingConfiguration: { enabled: true },
  });
  stateMachine.node.addDependency(policy);
  return stateMachine;
}

/** Neither service knows a resource for these. @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const logAndTrace = (): iam.PolicyStatement =>
  allow(
    'LogAndTrace',
    [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    ['*'],
  );
