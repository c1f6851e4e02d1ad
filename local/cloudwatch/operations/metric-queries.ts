import type { Expression } from '../../../core/aws/metric-math.ts';
import { writtenOut } from '../../../core/aws/metric-math.ts';
import type { Members } from '../../input.ts';
import type { Watched } from '../alarm-settings.ts';
import { STATISTICS } from '../datapoints.ts';
import { isPeriod } from './span.ts';
import { lacking, metricOf, validationError } from './request.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MOST_QUERIES = 500;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
const ID = /^[a-z]\w{0,254}$/;

/** One query: what it is computed of, by the ids that its expression names. */
export interface MetricQuery {
  readonly id: string;
  readonly label: string;
  readonly returnsData: boolean;
  readonly metrics: ReadonlyMap<string, Watched>;
  readonly expression: Expression;
  /** Seconds: of an expression that says none the longest of its metrics'. */
  readonly period: number;
}

interface Written {
  readonly id: string;
  readonly input: Members;
  readonly text: string | undefined;
  readonly watched: Watched | undefined;
}

/** The queries of a request. @throws ServiceError ValidationException, NotImplemented for what is not simulated */
export function queriesOf(input: Members): readonly MetricQuery[] {
  const given = input.objects('MetricDataQueries');
  if (given.length < 1 || given.length > MOST_QUERIES) throw input.invalid('MetricDataQueries', `must be 1 to ${MOST_QUERIES}`);
  const written = given.map(readQuery);
  const byId = new Map(written.map((query) => [query.id, query]));
  if (byId.size < written.length) throw input.invalid('MetricDataQueries', 'must have an Id each');
  const label = labelsOf(written);
  return written.map((query) => queryOf(query, byId, label));
}

/** Labels of metrics that have none: the name, with what tells the request's metrics apart of statistic and period. */
function labelsOf(written: readonly Written[]): (watched: Watched) => string {
  const all = written.flatMap(({ watched }) => watched ?? []);
  const differ = (part: 'statistic' | 'period'): boolean => new Set(all.map((one) => one[part])).size > 1;
  const parts = (['statistic', 'period'] as const).filter(differ);
  return (watched) => [watched.metric.name, ...parts.map((part) => watched[part])].join(' ');
}

function readQuery(input: Members, index: number): Written {
  if (input.has('AccountId')) throw lacking('GetMetricData', "'AccountId'");
  input.only(['Id', 'MetricStat', 'Expression', 'Label', 'ReturnData', 'Period']);
  const id = input.text('Id');
  if (!ID.test(id)) throw input.invalid('Id', 'must begin with a small letter, and have letters, digits and underscores');
  const [stat, text] = [input.optionalObject('MetricStat'), input.optionalText('Expression')];
  if ((stat === undefined) === (text === undefined))
    throw input.invalid('Id', `names a query that must have either MetricStat or Expression, got '${id}'`);
  if (input.optionalText('Label')?.includes('${') === true) throw lacking('GetMetricData', 'a dynamic label');
  return { id, input, text, watched: stat && watchedOf(stat, index + 1) };
}

function watchedOf(stat: Members, place: number): Watched {
  if (stat.has('Unit')) throw lacking('GetMetricData', "'Unit'");
  stat.only(['Metric', 'Period', 'Stat']);
  const asked = stat.text('Stat');
  const statistic = STATISTICS.find((one) => one === asked);
  if (statistic === undefined) {
    if (/^(p|tm|tc|ts|wm|TM|TC|TS|WM|PR|IQM)/.test(asked)) throw lacking('GetMetricData', `the statistic '${asked}'`);
    throw validationError(
      `The value ${asked} for parameter MetricDataQueries.member.${place}.MetricStat.Stat is not a valid statistic.`,
    );
  }
  const metric = stat.object('Metric').only(['Namespace', 'MetricName', 'Dimensions']);
  return { metric: metricOf(metric), statistic, period: periodIn(stat, stat.number('Period')) };
}

function periodIn(input: Members, period: number): number {
  if (isPeriod(period)) return period;
  throw input.invalid('Period', 'must be 1, 5, 10, 20, 30 or a multiple of 60');
}

function queryOf(query: Written, byId: ReadonlyMap<string, Written>, labelOf: (watched: Watched) => string): MetricQuery {
  const { id, input, text, watched } = query;
  const label = input.optionalText('Label');
  const returnsData = input.optionalBoolean('ReturnData') ?? true;
  if (watched !== undefined) {
    const expression: Expression = { kind: 'name', name: id };
    return {
      id,
      label: label ?? labelOf(watched),
      returnsData,
      metrics: new Map([[id, watched]]),
      expression,
      period: watched.period,
    };
  }
  const expression = writtenOut(id, (name) => byId.get(name)?.text);
  if (expression === undefined) throw lacking('GetMetricData', `the expression '${text ?? ''}'`);
  const metrics = new Map(
    namesIn(expression).flatMap((name) => {
      const found = byId.get(name)?.watched;
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
  const asked = input.optionalNumber('Period');
  const period = asked === undefined ? Math.max(0, ...[...metrics.values()].map((one) => one.period)) : periodIn(input, asked);
  if (period === 0) throw validationError(`the expression '${text ?? ''}' of '${id}' must name a metric of the request`);
  return { id, label: label ?? id, returnsData, metrics, expression, period };
}

/** @param seen Parts that were looked at: one may stand in several places */
function namesIn(expression: Expression, seen = new Set<Expression>()): readonly string[] {
  if (seen.has(expression)) return [];
  seen.add(expression);
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'operation':
      return [...namesIn(expression.left, seen), ...namesIn(expression.right, seen)];
    case 'call':
      return expression.parts.flatMap((part) => namesIn(part, seen));
  }
}
