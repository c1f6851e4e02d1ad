import { same } from '../../contract/compatibility/canonical.ts';
import { danger, type Danger } from '../danger.ts';
import type { Properties } from '../../aws/template.ts';
import { at, isObject, listOf, textOf } from '../value.ts';
import { takesAllMetrics, wayOfAlarm } from './alarm-expression.ts';
import { atLeast, atMost, harmless, inside, keepsAll, renamed, stays, unknownEffect, type Judge, type Whole } from './judge.ts';
import type { Way } from './metric-math.ts';
import type { ResourceRules, RulesByType } from './resource-rules.ts';

const relaxed = 'the alarm goes off later, or never';

/** The side from which an alarm looks at its threshold; undefined for a band, or where it changes. */
function sideOf({ before, after }: Whole): 'greater' | 'less' | undefined {
  const [old, now] = [before, after].map(
    (alarm) => /^(Greater|Less)Than(?:OrEqualTo)?Threshold$/.exec(textOf(at(alarm, 'ComparisonOperator')))?.[1],
  );
  return old === now && now !== undefined ? (now.toLowerCase() as 'greater' | 'less') : undefined;
}

const amount = { unit: '', does: relaxed };

/** Whether a greater threshold is further away depends on the side from which the alarm looks. */
const threshold: Judge = (before, after, path, whole) => {
  const side = sideOf(whole);
  if (side === undefined) return unknownEffect(before, after, path, whole);
  return (side === 'greater' ? atMost : atLeast)('AlarmRelaxed', amount)(before, after, path, whole);
};

/** To be at the threshold is enough, or not. */
const operator: Judge = (before, after, path, whole) => {
  const [old, now] = [before, after].map((value) => textOf(value).replace('OrEqualTo', ''));
  if (old !== now) return unknownEffect(before, after, path, whole);
  return textOf(after).includes('OrEqualTo')
    ? []
    : [danger('AlarmRelaxed', `'${path}' leaves out the threshold itself: ${relaxed}`)];
};

const periods: Judge = atMost('AlarmRelaxed', { absent: 1, unit: 'periods', does: relaxed });

/**
 * Where it is said how many of the last periods must be beyond the threshold, to look at more of them finds more.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
const evaluated: Judge = (before, after, path, whole) => {
  const isSaid = [whole.before, whole.after].every((alarm) => at(alarm, 'DatapointsToAlarm') !== undefined);
  return isSaid
    ? atLeast('AlarmRelaxed', { absent: 1, unit: 'periods', does: relaxed })(before, after, path, whole)
    : periods(before, after, path, whole);
};

/** Only 'breaching' goes off when nothing comes; the others differ in whether the alarm keeps its state, leaves it or says that it knows none. */
const missing: Judge = (_before, after, path) =>
  after === 'breaching'
    ? []
    : [danger('AlarmRelaxed', `'${path}' is ${textOf(after ?? 'missing')}: when nothing comes, it says otherwise than it did`)];

/** Statistics that a shorter period leaves as large: what is counted or added up is less in less time. */
const OF_ONE_POINT = /^(?:Maximum|Minimum|Average|p\d+(?:\.\d+)?)$/;

/** A period tells at its end; a shorter one tells sooner, of what does not add up. */
const period =
  (statistic: unknown): Judge =>
  (before, after, path, whole) => {
    const longer = atMost('AlarmRelaxed', { unit: 'seconds', does: relaxed })(before, after, path, whole);
    return longer.length > 0 || OF_ONE_POINT.test(textOf(statistic)) ? longer : unknownEffect(before, after, path, whole);
  };

/** Queries by their ids; undefined where one has none. */
function queriesOf(value: unknown): ReadonlyMap<string, Properties> | undefined {
  const queries = listOf(value).filter(isObject);
  const ids = queries.map(({ Id }) => Id);
  return value !== undefined && ids.length === listOf(value).length && ids.every((id) => typeof id === 'string')
    ? new Map(queries.map((query) => [String(query.Id), query]))
    : undefined;
}

/**
 * A number or a term of what is computed, by the way in which all expressions together move the value. A query of Metrics Insights is not
 * read: nobody here knows what another one finds.
 */
const expression =
  (way: Way): Judge =>
  (before, after, path, whole) => {
    const side = sideOf(whole);
    if (side === undefined || way === 'unknown') return unknownEffect(before, after, path, whole);
    return isRelaxed(way, side)
      ? [danger('AlarmRelaxed', `'${path}' from '${textOf(before)}' to '${textOf(after)}': ${relaxed}`)]
      : [];
  };

const isRelaxed = (way: Way, side: 'greater' | 'less'): boolean => way === (side === 'greater' ? 'down' : 'up');

const queryJudge = (before: Properties, way: Way): Judge =>
  inside({
    Label: harmless,
    Expression: expression(way),
    Period: period('none'),
    MetricStat: inside({ Period: period(at(before.MetricStat, 'Stat')) }),
  });

/** Queries are known by their ids: one that is gone is looked at no longer, and one that is new does nothing by itself. */
const metrics: Judge = (before, after, path, whole) => {
  const [old, now] = [queriesOf(before), queriesOf(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  const way = wayOfAlarm(old, now);
  const come = [...now].filter(([id]) => !old.has(id));
  const isRead = ({ ReturnData }: Properties) => ReturnData !== false || takesAllMetrics(now);
  return [
    ...[...old].flatMap(([id, query]): readonly Danger[] => {
      const other = now.get(id);
      if (other !== undefined) return same(query, other) ? [] : queryJudge(query, way)(query, other, `${path}.${id}`, whole);
      return query.Expression !== undefined && way === 'none' // it is written out where its id stood
        ? []
        : [danger('AlarmRelaxed', `'${path}' lost '${id}': what it looked at, it looks at no longer`)];
    }),
    ...come
      .filter(([, query]) => isRead(query))
      .flatMap(([id, query]) => unknownEffect(undefined, query, `${path}.${id}`, whole)),
  ];
};

const common = {
  AlarmName: renamed,
  AlarmDescription: harmless,
  ActionsEnabled: stays(true, 'AlarmDisabled', 'nobody is told', true),
  AlarmActions: keepsAll('AlarmActionsCut', 'who was told is told no longer', { harmless: 'one more is told' }),
  OKActions: harmless,
  InsufficientDataActions: harmless,
  Tags: harmless,
};

const removal: ResourceRules['removal'] = { code: 'AlarmRemoved', does: 'what it watched can fail unseen' };

export const ALARM_RULES: RulesByType = {
  'AWS::CloudWatch::Alarm': {
    addition: { harmless: 'more is noticed' },
    removal,
    properties: {
      ...common,
      ComparisonOperator: operator,
      Threshold: threshold,
      Metrics: metrics,
      Period: (before, after, path, whole) =>
        period(at(whole.after, 'Statistic') ?? at(whole.after, 'ExtendedStatistic'))(before, after, path, whole),
      EvaluationPeriods: evaluated,
      DatapointsToAlarm: (before, after, path, whole) =>
        before === undefined || after === undefined
          ? [danger('AlarmRelaxed', `'${path}' is counted otherwise: ${relaxed}`)]
          : periods(before, after, path, whole),
      TreatMissingData: missing,
    },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    addition: { harmless: 'alarms go off without it: whom they told, they tell' },
    removal,
    properties: common,
  },
};
