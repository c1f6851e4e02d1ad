import { Names, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { replayWorkflow } from '../../core/replay/workflow.ts';
import { announceDomain } from '../lake-neighbours.ts';
import { workflow } from '../orchestration/workflow.ts';
import { allow, allowTopicKey } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { ReplayFunction, type Replayed } from './replay-function.ts';

/** What `Replay` needs. */
export interface ReplayProps {
  /**
   * Environment's name: a segment of role paths.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The domain of the datasets: a segment of their keys. */
  readonly domain: string;
  /** Each dataset with its stream; 16 at most, for one policy names them all. */
  readonly datasets: readonly Replayed[];
  /** Where originals lie, and the keys. The policies of keys and buckets must admit the actor `replay`, as those of `LakeStorage` do. */
  readonly lake: Pick<Lake, 'raw' | 'quarantine' | 'streamKey' | 'logKey'>;
  /**
   * Is told what every run has come to, and every failure.
   *
   * @default - a run tells nobody but whoever looks
   */
  readonly topic?: sns.ITopic;
  /**
   * Key that `topic` is encrypted with; its policy must admit the actor `replay-workflow` through `sns`.
   *
   * @default - the topic has no key of the account's own
   */
  readonly topicKey?: kms.IKey;
  /**
   * How long the logs of the function and of the runs are kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /** What a deletion of the stack does to the logs. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { logRetention: logs.RetentionDays.TWO_WEEKS } as const;

/**
 * Brings originals back that a contract accepts by now: a state machine that goes through quarantine or `raw`, and a function that judges them anew and
 * puts what is accepted into the dataset's stream (docs/replay.md, docs/adr/0024).
 */
export class Replay extends Construct {
  /** What a person starts. */
  public readonly stateMachine: stepfunctions.CfnStateMachine;
  /** What the state machine calls; the local runtime's command calls it too. */
  public readonly functionName: string;

  constructor(scope: Construct, id: string, props: ReplayProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, domain, lake, removalPolicy, topic } = props;
    announceDomain(this, environment, domain);
    const { partition } = Stack.of(this);
    const logRetention = props.logRetention ?? DEFAULTS.logRetention;
    const { code } = new ReplayFunction(this, 'Function', { ...props, logRetention });
    this.functionName = code.functionName;
    this.stateMachine = workflow(this, {
      environment,
      definition: replayWorkflow({
        environment,
        domain,
        partition,
        functionArn: code.functionArn,
        ...(topic === undefined ? {} : { topicArn: topic.topicArn }),
      }),
      runsAs: {
        id: 'Workflow',
        actor: 'replay-workflow',
        description: `Goes through what is replayed of ${domain}`,
        statements: this.statements(props, code.functionArn),
      },
      logName: Names.uniqueResourceName(this, { maxLength: 100, separator: '-' }),
      logRetention,
      logKey: lake.logKey,
      removalPolicy,
    });
  }

  private statements({ topic, topicKey }: ReplayProps, functionArn: string): iam.PolicyStatement[] {
    return [
      allow('Replay', ['lambda:InvokeFunction'], [functionArn]),
      ...(topic === undefined ? [] : [allow('Tell', ['sns:Publish'], [topic.topicArn])]),
      ...(topic === undefined || topicKey === undefined ? [] : [allowTopicKey(this, 'EncryptNotices', topic, topicKey)]),
    ];
  }
}
