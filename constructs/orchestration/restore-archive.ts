import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { restoreArchive } from '../../core/restore/restore-archive.ts';
import { allow, allowTopicKey } from '../security/statements.ts';
import type { LakeZone } from '../storage/lake.ts';
import { takeName } from '../lake-neighbours.ts';
import { takeEnvironment } from '../take-environment.ts';
import { workflow } from './workflow.ts';

/** What `RestoreArchive` needs. */
export interface RestoreArchiveProps {
  /**
   * Environment's name: a segment of the role's path and of the state machine's name.
   *
   * @throws {@link InvalidProps} `BadEnvironment`, and `RestoreTwice` where the app has one in this environment already
   */
  readonly environment: string;
  /** Where the cold days lie. */
  readonly clean: Pick<LakeZone, 'bucket'>;
  /** Is told what can be queried until when, and every failure. */
  readonly topic: sns.ITopic;
  /**
   * Key that `topic` is encrypted with; its policy must admit the actor `restore` through `sns`.
   *
   * @default - the topic has no key of the account's own
   */
  readonly topicKey?: kms.IKey;
  /**
   * Key of the executions' log; its policy must admit CloudWatch Logs.
   *
   * @default - the service's own key
   */
  readonly logKey?: kms.IKey;
  /**
   * How long the executions' log is kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
  /** What a deletion of the stack does to the log. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { logRetention: logs.RetentionDays.THREE_MONTHS } as const;

/** Keys of the classes that archive: nothing else can be listed or restored. */
const COLD_KEYS = ['keep*-deep/*', 'keep*-flexible/*'] as const;

/**
 * Makes cold days of a dataset queryable: a state machine, one for each environment, that says the price, restores, waits and tells
 * (docs/restore.md, docs/adr/0019).
 */
export class RestoreArchive extends Construct {
  /** `headwaters-<environment>-restore-archive`: what a person starts. */
  public readonly stateMachineName: string;
  /** For the policy of whoever may start it. */
  public readonly stateMachineArn: string;
  /** What runs. */
  public readonly stateMachine: stepfunctions.CfnStateMachine;

  constructor(scope: Construct, id: string, props: RestoreArchiveProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, clean, topic, removalPolicy } = props;
    const { partition, region, account } = Stack.of(this);
    // A Map in distributed mode starts its own state machine, so the role must name it before it exists.
    this.stateMachineName = `headwaters-${environment}-restore-archive`;
    takeName(this, environment, this.stateMachineName, 'RestoreTwice', "'RestoreArchive'");
    this.stateMachineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${this.stateMachineName}`;
    this.stateMachine = workflow(this, {
      environment,
      definition: restoreArchive({ environment, partition, bucket: clean.bucket.bucketName, topicArn: topic.topicArn }),
      runsAs: { id: 'Actor', actor: 'restore', description: 'Restores cold days of clean', statements: this.statements(props) },
      stateMachineName: this.stateMachineName,
      logName: this.stateMachineName,
      logRetention: props.logRetention ?? DEFAULTS.logRetention,
      logKey: props.logKey,
      removalPolicy,
    });
  }

  private statements({ clean, topic, topicKey }: RestoreArchiveProps): iam.PolicyStatement[] {
    const { partition, region, account } = Stack.of(this);
    return [
      allow('ListColdDays', ['s3:ListBucket'], [clean.bucket.bucketArn], { StringLike: { 's3:prefix': COLD_KEYS } }),
      allow(
        'RestoreColdDays',
        ['s3:RestoreObject'],
        COLD_KEYS.map((keys) => clean.bucket.arnForObjects(keys)),
      ),
      allow('Tell', ['sns:Publish'], [topic.topicArn]),
      ...(topicKey === undefined ? [] : [allowTopicKey(this, 'EncryptNotices', topic, topicKey)]),
      allow('RunDays', ['states:StartExecution'], [this.stateMachineArn]),
      allow(
        'WatchDays',
        ['states:DescribeExecution', 'states:StopExecution'],
        [`arn:${partition}:states:${region}:${account}:execution:${this.stateMachineName}:*`],
      ),
    ];
  }
}
