import { danger } from '../danger.ts';
import { at, textOf } from '../value.ts';
import { atLeast, atMost, harmless, keepsAll, renamed, stays, unknownEffect, type Judge } from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

const relaxed = 'the alarm goes off later, or never';

/** Whether a greater threshold is further away depends on the side from which the alarm looks. */
const threshold: Judge = (before, after, path, whole) => {
  const operator = String(at(whole.after, 'ComparisonOperator'));
  if (operator !== at(whole.before, 'ComparisonOperator')) return unknownEffect(before, after, path, whole);
  const amount = { unit: '', does: relaxed };
  if (/^Greater\w*Threshold$/.test(operator)) return atMost('AlarmRelaxed', amount)(before, after, path, whole);
  return /^Less\w*Threshold$/.test(operator)
    ? atLeast('AlarmRelaxed', amount)(before, after, path, whole)
    : unknownEffect(before, after, path, whole);
};

const periods: Judge = atMost('AlarmRelaxed', { absent: 1, unit: 'periods', does: relaxed });

/** Only 'breaching' goes off when nothing comes; the others differ in whether the alarm keeps its state, leaves it or says that it knows none. */
const missing: Judge = (_before, after, path) =>
  after === 'breaching'
    ? []
    : [danger('AlarmRelaxed', `'${path}' is ${textOf(after ?? 'missing')}: when nothing comes, it says otherwise than it did`)];

const alarm = {
  AlarmName: renamed,
  AlarmDescription: harmless,
  ActionsEnabled: stays(true, 'AlarmDisabled', 'nobody is told', true),
  AlarmActions: keepsAll('AlarmActionsCut', 'who was told is told no longer', { harmless: 'one more is told' }),
  OKActions: harmless,
  InsufficientDataActions: harmless,
  Tags: harmless,
};

const noticed = { harmless: 'more is noticed' };

const watches = (does: string, properties: Readonly<Record<string, Judge>> = {}) => ({
  addition: noticed,
  removal: { code: 'WatchRemoved', does } as const,
  properties,
});

export const WATCH_RULES: RulesByType = {
  'AWS::CloudWatch::Alarm': {
    addition: noticed,
    removal: { code: 'AlarmRemoved', does: 'what it watched can fail unseen' },
    properties: {
      ...alarm,
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: (before, after, path, whole) =>
        before === undefined || after === undefined
          ? [danger('AlarmRelaxed', `'${path}' is counted otherwise: ${relaxed}`)]
          : periods(before, after, path, whole),
      TreatMissingData: missing,
    },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    addition: { harmless: 'alarms go off without it: whom they told, they tell' },
    removal: { code: 'AlarmRemoved', does: 'what it watched can fail unseen' },
    properties: alarm,
  },
  'AWS::CloudWatch::AnomalyDetector': watches('alarms on its band see nothing'),
  'AWS::CloudWatch::Dashboard': {
    addition: noticed,
    removal: { harmless: 'alarms watch, and a dashboard is for eyes' },
    properties: { DashboardName: harmless, DashboardBody: harmless, Tags: harmless },
  },
  'AWS::ApplicationSignals::ServiceLevelObjective': watches('nobody counts the promise any more', {
    Description: harmless,
    Tags: harmless,
  }),
  'AWS::Budgets::Budget': watches('nobody is told when the bill grows', { ResourceTags: harmless }),
  'AWS::CE::AnomalyMonitor': watches('nobody is told when the bill grows'),
  'AWS::CE::AnomalySubscription': watches('nobody is told when the bill grows'),
  'AWS::EC2::FlowLog': watches('traffic leaves no trace', { Tags: harmless }),
};
