import { danger } from '../danger.ts';
import { at } from '../value.ts';
import { atLeast, atMost, harmless, keepsAll, renamed, stays, staysIn, unknownEffect, type Judge } from './judge.ts';
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

const alarm = {
  AlarmName: renamed,
  AlarmDescription: harmless,
  ActionsEnabled: stays(true, 'AlarmDisabled', 'nobody is told', true),
  AlarmActions: keepsAll('AlarmActionsCut', 'who was told is told no longer'),
  OKActions: harmless,
  InsufficientDataActions: harmless,
  Tags: harmless,
};

const watches = (does: string, properties: Readonly<Record<string, Judge>> = {}) => ({
  removal: { code: 'WatchRemoved', does } as const,
  properties,
});

export const WATCH_RULES: RulesByType = {
  'AWS::CloudWatch::Alarm': {
    removal: { code: 'AlarmRemoved', does: 'what it watched can fail unseen' },
    properties: {
      ...alarm,
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: (before, after, path, whole) =>
        before === undefined || after === undefined
          ? [danger('AlarmRelaxed', `'${path}' is counted otherwise: ${relaxed}`)]
          : periods(before, after, path, whole),
      TreatMissingData: staysIn(['breaching'], 'AlarmRelaxed', 'it says nothing when nothing comes'),
    },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    removal: { code: 'AlarmRemoved', does: 'what it watched can fail unseen' },
    properties: alarm,
  },
  'AWS::CloudWatch::AnomalyDetector': watches('alarms on its band see nothing'),
  'AWS::CloudWatch::Dashboard': { properties: { DashboardName: harmless, DashboardBody: harmless, Tags: harmless } },
  'AWS::ApplicationSignals::ServiceLevelObjective': watches('nobody counts the promise any more', {
    Description: harmless,
    Tags: harmless,
  }),
  'AWS::Budgets::Budget': watches('nobody is told when the bill grows', { ResourceTags: harmless }),
  'AWS::CE::AnomalyMonitor': watches('nobody is told when the bill grows'),
  'AWS::CE::AnomalySubscription': watches('nobody is told when the bill grows'),
  'AWS::EC2::FlowLog': watches('traffic leaves no trace', { Tags: harmless }),
};
