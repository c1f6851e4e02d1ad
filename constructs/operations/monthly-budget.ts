import { Token } from 'aws-cdk-lib/core';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { refuseEnvironment } from '../environment-name.ts';
import { TAGS } from '../domain/tags.ts';
import { InvalidProps } from '../invalid-props.ts';

/** What `MonthlyBudget` needs. */
export interface MonthlyBudgetProps {
  /**
   * Environment's name: the value of the tag whose costs are counted.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /**
   * US dollars a month; above 0.
   *
   * @throws {@link InvalidProps} `BudgetNotPositive`
   */
  readonly limit: number;
  /**
   * Takes the notifications; an encrypted one must admit budgets, as an `AlarmTopic` with `admitsBudgets` does.
   *
   * @default - none
   * @throws {@link InvalidProps} `NobodyNotified` where there are no `emails` either
   */
  readonly topic?: sns.ITopic;
  /**
   * Addresses that get the notifications, with nothing to confirm; at most 10.
   *
   * @default - none
   * @throws {@link InvalidProps} `TooManyEmails`
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html
   */
  readonly emails?: readonly string[];
  /**
   * Key of the tag that tells environments apart. It counts only once it is activated as a cost allocation tag in the billing console, by hand
   * and in the account that pays; what was spent before is not counted.
   *
   * @default - headwaters:environment, which the constructs here give to all that they make
   * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
   */
  readonly tagKey?: string;
}

const MOST_EMAILS = 10;

/** When somebody is told: percent of the limit, of what was spent and of what the month will have cost. */
const NOTIFICATIONS = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const;

/**
 * What an environment may cost a month, before credits and refunds. It tells, and stops nothing. What carries no tag is not counted: calls to
 * KMS, data transfer, metrics and alarms among others. CloudFormation lacks budgets in some regions.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2177
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, props: MonthlyBudgetProps) {
    super(scope, id);
    refuseEnvironment(this, props.environment);
    const { limit, emails = [] } = props;
    if (!Token.isUnresolved(limit) && !(limit > 0))
      throw new InvalidProps('BudgetNotPositive', this, `'limit' must be above 0 US dollars, got ${limit}; raise it`);
    if (emails.length > MOST_EMAILS)
      throw new InvalidProps(
        'TooManyEmails',
        this,
        `'emails' must hold ${MOST_EMAILS} addresses at most, got ${emails.length}; give a 'topic' instead`,
      );
    const subscribers = [
      ...(props.topic === undefined ? [] : [{ subscriptionType: 'SNS', address: props.topic.topicArn }]),
      ...emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ];
    if (subscribers.length === 0)
      throw new InvalidProps('NobodyNotified', this, "'topic' or 'emails' must name somebody, got neither; give one");
    // unnamed: a change of its subscribers replaces it, which a name of its own would forbid
    new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limit, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${props.tagKey ?? TAGS.environment}$${props.environment}`] },
        costTypes: { includeCredit: false, includeRefund: false },
      },
      notificationsWithSubscribers: NOTIFICATIONS.map((notification) => ({
        notification: { ...notification, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
        subscribers,
      })),
    });
  }
}
