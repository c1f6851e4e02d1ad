import type { Members } from '../../input.ts';
import { idOf, type Metric } from '../metric.ts';
import { pageOf, placeIn } from './page.ts';
import { dimensionList, invalidValue, lacking, optionalChoice, type OperationParts, type Run } from './request.ts';

const HOUR = 3_600_000;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
const PAGE = 500;
const MOST_FILTERS = 10;
const LISTED_FOR = 14 * 24 * HOUR;
const RECENT = 3 * HOUR;

/** The metrics that have a value of the last two weeks, at once: AWS takes up to 15 minutes. */
export const listMetrics =
  ({ clock, access, metrics }: OperationParts): Run =>
  (input, caller) => {
    for (const name of ['IncludeLinkedAccounts', 'OwningAccount']) if (input.has(name)) throw lacking('ListMetrics', `'${name}'`);
    input.only(['Namespace', 'MetricName', 'Dimensions', 'NextToken', 'RecentlyActive']);
    access.check(caller, 'cloudwatch:ListMetrics', '*');
    const isAsked = filterOf(input);
    const since = clock.now() - (optionalChoice(input, 'RecentlyActive', ['PT3H']) === undefined ? LISTED_FOR : RECENT);
    const found = metrics
      .all()
      .filter(({ metric, points }) => isAsked(metric) && (points.all.at(-1)?.[0] ?? 0) >= since)
      .map(({ metric }) => ({ id: idOf(metric), metric }))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const from = placeIn(input, () => invalidValue("'NextToken' must come from an earlier answer"));
    const { items, rest } = pageOf(found, PAGE, from);
    const listed = items.map(({ metric: { namespace, name, dimensions } }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensionList(dimensions),
    }));
    return { Metrics: listed, ...rest };
  };

/** A metric may have further dimensions than those that are asked for. */
function filterOf(input: Members): (metric: Metric) => boolean {
  const [namespace, name] = [input.optionalText('Namespace'), input.optionalText('MetricName')];
  const filters = input.objects('Dimensions').map((one) => {
    one.only(['Name', 'Value']);
    return { name: one.text('Name'), value: one.optionalText('Value') };
  });
  if (filters.length > MOST_FILTERS) throw input.invalid('Dimensions', `must be at most ${MOST_FILTERS}`);
  return (metric) =>
    (namespace === undefined || metric.namespace === namespace) &&
    (name === undefined || metric.name === name) &&
    filters.every((filter) => {
      if (!Object.hasOwn(metric.dimensions, filter.name)) return false;
      return filter.value === undefined || filter.value === metric.dimensions[filter.name];
    });
}
