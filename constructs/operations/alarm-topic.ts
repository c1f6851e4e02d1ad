import { Fn, Stack, Token, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { isEmail } from './email.ts';
import { exportName } from '../../core/naming.ts';
import { exportValue } from '../export-value.ts';
import { importScope } from '../import-scope.ts';
import { InvalidProps } from '../invalid-props.ts';
import { keyStatements } from '../storage/key-statements.ts';
import { administration } from '../storage/zone-key.ts';
import { takeEnvironment } from '../take-environment.ts';

/** What `AlarmTopic` needs. */
export interface AlarmTopicProps {
  /**
   * Environment's name: what mails show as their sender.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /**
   * Addresses that get a mail for each alarm and for its end; none where something else subscribes. Each must be confirmed once, by the link
   * in the first mail: until then nothing reaches it.
   *
   * @throws {@link InvalidProps} `InvalidEmail`, `RepeatedEmail`
   */
  readonly emails: readonly string[];
  /**
   * Whether budgets of this account may publish as well.
   *
   * @default false
   */
  readonly admitsBudgets?: boolean;
  /**
   * Whether the workflows that restore cold days and replay events may publish as well; in a region without them nobody needs it.
   *
   * @default true
   */
  readonly admitsWorkflows?: boolean;
  /** What a deletion of the stack does to the key. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { admitsBudgets: false, admitsWorkflows: true } as const;

const EXPORTS = { topicArn: 'AlarmTopicArn', keyArn: 'AlarmKeyArn' } as const;

/** A service that publishes, and for which of this account's resources. */
interface Publisher {
  readonly sid: string;
  readonly service: string;
  readonly sourceArn: string;
}

/**
 * Where alarms go: an encrypted topic that alarms of this account and region publish to, and, as it is asked, the workflows that restore
 * cold days and replay events, and budgets; nobody else. It knows no dataset.
 *
 * CloudWatch asks KMS itself before it publishes, which only a customer's key can allow; a refusal shows in the alarm's history and
 * nowhere else.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export class AlarmTopic extends Construct {
  /** What alarms name as their action. */
  public readonly topic: sns.ITopic;
  /** Encrypts what is published until it is delivered. */
  public readonly key: kms.IKey;
  private readonly environment: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    this.environment = props.environment;
    const emails = this.checked(props.emails);
    const publishers = this.publishers(props.admitsBudgets ?? DEFAULTS.admitsBudgets);
    this.key = new kms.Key(this, 'Key', {
      description: 'Alarms',
      enableKeyRotation: true,
      policy: new iam.PolicyDocument({
        statements: [
          administration(),
          ...publishers.map((publisher) => this.admit(publisher, ['kms:Decrypt', 'kms:GenerateDataKey'], '*')),
          ...keyStatements(this, {
            environment: props.environment,
            usedBy: (props.admitsWorkflows ?? DEFAULTS.admitsWorkflows) ? ['restore', 'replay-workflow'] : [],
            viaServices: ['sns'],
            encryptsLogs: false,
          }),
        ],
        minimize: false,
      }),
      removalPolicy: props.removalPolicy,
    });
    const topic = new sns.Topic(this, 'Topic', {
      displayName: `Headwaters ${props.environment}`,
      masterKey: this.key,
    });
    const statements = [
      ...publishers.map((publisher) => this.admit(publisher, ['sns:Publish'], topic.topicArn)),
      new iam.PolicyStatement({
        sid: 'RefusePlainHttp',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ];
    new sns.TopicPolicy(this, 'Policy', {
      topics: [topic],
      policyDocument: new iam.PolicyDocument({ statements, minimize: false }),
    });
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    this.topic = topic;
  }

  /**
   * Exports topic and key, by names that `importAlarmTopic` knows.
   *
   * @throws {@link InvalidProps} `ExportedTwice`
   */
  public export(): void {
    const values = { [EXPORTS.topicArn]: this.topic.topicArn, [EXPORTS.keyArn]: this.key.keyArn };
    for (const [name, value] of Object.entries(values))
      exportValue(this, name, { value, exportName: exportName(this.environment, name) });
  }

  private publishers(admitsBudgets: boolean): Publisher[] {
    const { account, partition, region } = Stack.of(this);
    const alarms = {
      sid: 'Alarms',
      service: 'cloudwatch.amazonaws.com',
      sourceArn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`,
    };
    // budgets have no region: @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    const budgets = { sid: 'Budgets', service: 'budgets.amazonaws.com', sourceArn: `arn:${partition}:budgets::${account}:*` };
    return admitsBudgets ? [alarms, budgets] : [alarms];
  }

  private admit({ sid, service, sourceArn }: Publisher, actions: string[], resource: string): iam.PolicyStatement {
    return new iam.PolicyStatement({
      sid,
      principals: [new iam.ServicePrincipal(service)],
      actions,
      resources: [resource],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account }, ArnLike: { 'aws:SourceArn': sourceArn } },
    });
  }

  private checked(emails: readonly string[]): readonly string[] {
    for (const [index, email] of emails.entries()) {
      if (!Token.isUnresolved(email) && !isEmail(email))
        throw new InvalidProps('InvalidEmail', this, `'emails' must hold e-mail addresses, got '${email}'; mend or remove it`);
      if (emails.indexOf(email) !== index)
        throw new InvalidProps('RepeatedEmail', this, `'emails' must hold each address once, got '${email}' again; remove one`);
    }
    return emails;
  }
}

/** The topic of another stack and its key, by their exports. @throws {@link InvalidProps} `BadEnvironment` */
export function importAlarmTopic(parent: Construct, environment: string): Pick<AlarmTopic, 'topic' | 'key'> {
  const scope = importScope(parent, 'AlarmTopic', environment);
  const value = (name: string): string => Fn.importValue(exportName(environment, name));
  return {
    topic: sns.Topic.fromTopicArn(scope, 'Topic', value(EXPORTS.topicArn)),
    key: kms.Key.fromKeyArn(scope, 'Key', value(EXPORTS.keyArn)),
  };
}
