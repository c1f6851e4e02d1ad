import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AlarmTopic, CopyAlarms } from '../../constructs/operations/index.ts';
import { ReplicaStorage } from '../../constructs/storage/index.ts';
import { outputKey } from '../../core/naming.ts';
import type { Environment } from '../config/environment.ts';

export interface ReplicaStackProps extends StackProps {
  readonly environment: Environment;
}

/** Copies of what rests, in a second region, and what tells that they come late: deployed before Foundation, which writes to it by name. */
export class ReplicaStack extends Stack {
  constructor(scope: Construct, id: string, { environment, ...props }: ReplicaStackProps) {
    super(scope, id, props);
    const { name, removalPolicy, accessLogRetention, alarms, costCentre, runbookUrl } = environment;
    const { copies } = new ReplicaStorage(this, 'Replica', { environment: name, removalPolicy, accessLogRetention });
    if (alarms === undefined) return;
    const { topic } = new AlarmTopic(this, 'ReplicaAlarms', {
      environment: name,
      emails: alarms.emails,
      admitsWorkflows: false,
      removalPolicy,
    });
    new CfnOutput(this, outputKey.replicaAlarmTopic, { value: topic.topicArn });
    new CopyAlarms(this, 'CopyAlarms', { environment: name, owner: costCentre, copies, topic, runbookUrl });
  }
}
