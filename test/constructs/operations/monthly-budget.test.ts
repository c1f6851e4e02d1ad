import * as sns from 'aws-cdk-lib/aws-sns';
import { MonthlyBudget, type MonthlyBudgetProps } from '../../../constructs/operations/index.ts';
import { synth, theResource } from '../../support/synth.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const budget = (rest: Partial<MonthlyBudgetProps>, hasTopic = false) =>
  synth((stack) => {
    new MonthlyBudget(stack, 'Budget', {
      environment: 'prod',
      limit: 250,
      ...(hasTopic ? { topic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC) } : {}),
      ...rest,
    });
  });
const properties = (rest: Partial<MonthlyBudgetProps>, hasTopic?: boolean) =>
  theResource(budget(rest, hasTopic), 'AWS::Budgets::Budget').Properties;

test('tells at 80 percent spent and at 100 percent foreseen, of what carries the tag of the environment', () => {
  const Subscribers = [
    { SubscriptionType: 'SNS', Address: TOPIC },
    { SubscriptionType: 'EMAIL', Address: 'finance@example.com' },
  ];
  const notification = (NotificationType: string, Threshold: number) => ({
    Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
    Subscribers,
  });
  expect(properties({ emails: ['finance@example.com'] }, true)).toEqual({
    Budget: {
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 250, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:headwaters:environment$prod'] },
      CostTypes: { IncludeCredit: false, IncludeRefund: false },
    },
    NotificationsWithSubscribers: [notification('ACTUAL', 80), notification('FORECASTED', 100)],
  });
});

test('another key can tell environments apart', () => {
  expect(properties({ tagKey: 'stage' }, true)).toMatchObject({ Budget: { CostFilters: { TagKeyValue: ['user:stage$prod'] } } });
});

const emails = (count: number) => Array.from({ length: count }, (_, index) => `a${index}@example.com`);

test('takes ten addresses', () => {
  expect(() => budget({ emails: emails(10) })).not.toThrow();
});

test.each([
  ['nobody to tell', {}, "NobodyNotified: 'topic' or 'emails' must name somebody, got neither; give one"],
  ['eleven addresses', { emails: emails(11) }, "TooManyEmails: 'emails' must hold 10 addresses at most, got 11"],
  [
    'a limit of nothing',
    { limit: 0, emails: emails(1) },
    "BudgetNotPositive: 'limit' must be above 0 US dollars, got 0; raise it",
  ],
  ['a limit that is no number', { limit: NaN, emails: emails(1) }, 'BudgetNotPositive'],
])('fails for %s', (_what, rest, message) => {
  expect(() => budget(rest)).toThrow(message);
});
