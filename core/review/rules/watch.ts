import { harmless, type Judge } from './judge.ts';
import { strangePlaces } from './own-place.ts';
import type { RulesByType } from './resource-rules.ts';

const noticed = { harmless: 'more is noticed' };

const watches = (does: string, properties: Readonly<Record<string, Judge>> = {}) => ({
  addition: noticed,
  removal: { code: 'WatchRemoved', does } as const,
  properties,
});

export const WATCH_RULES: RulesByType = {
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
  'AWS::EC2::FlowLog': {
    ...watches('traffic leaves no trace', { Tags: harmless }),
    addition: ({ LogDestination, DeliverCrossAccountRole }, resources) =>
      strangePlaces('flow log', { LogDestination, DeliverCrossAccountRole }, resources),
  },
};
