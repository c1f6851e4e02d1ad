import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { importAlarmTopic, MonthlyBudget } from '../../constructs/operations/index.ts';
import { RestoreArchive } from '../../constructs/orchestration/index.ts';
import { importLake } from '../../constructs/storage/index.ts';
import { outputKey } from '../../core/naming.ts';
import type { Environment } from '../config/environment.ts';

export interface OperationsStackProps extends StackProps {
  readonly environment: Environment;
}

/** What a whole environment is run by: what brings cold days back, and what it may cost. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { environment, ...props }: OperationsStackProps) {
    super(scope, id, props);
    const { name, monthlyBudget, logRetention, removalPolicy } = environment;
    const { topic, key: topicKey } = importAlarmTopic(this, name);
    const { clean, logKey } = importLake(this, name);
    const restore = new RestoreArchive(this, 'Restore', {
      environment: name,
      clean,
      topic,
      topicKey,
      logKey,
      logRetention,
      removalPolicy,
    });
    new CfnOutput(this, outputKey.restoreArchive, { value: restore.stateMachineArn });
    if (monthlyBudget !== undefined) new MonthlyBudget(this, 'Budget', { environment: name, limit: monthlyBudget, topic });
  }
}
