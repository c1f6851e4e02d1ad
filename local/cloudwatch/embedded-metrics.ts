import { isRecord } from '../input.ts';
import type { Metric } from './metric.ts';

/** A metric and a value of it that a line holds. */
export interface Embedded {
  readonly metric: Metric;
  readonly value: number;
}

/**
 * The values that CloudWatch Logs takes out of a line in the embedded metric format; none of a line that is in another, or malformed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(line: string): readonly Embedded[] {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
  const root = parsed(line);
  const metadata = isRecord(root?._aws) ? root._aws : undefined;
  if (root === undefined || metadata === undefined || typeof metadata.Timestamp !== 'number') return [];
  return listOf(metadata.CloudWatchMetrics)
    .filter(isRecord)
    .flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) => {
      if (typeof namespace !== 'string') return [];
      const names = listOf(metrics).flatMap((one) => (isRecord(one) && typeof one.Name === 'string' ? [one.Name] : []));
      const dimensions = listOf(sets)
        .map((set) => dimensionsOf(listOf(set), root))
        .filter((found) => found !== undefined);
      return dimensions.flatMap((own) =>
        names.flatMap((name) => numbersOf(root[name]).map((value) => ({ metric: { namespace, name, dimensions: own }, value }))),
      );
    });
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const LARGEST = 2 ** 360;

/** A metric's value is a number or a list of some. */
const numbersOf = (value: unknown): readonly number[] =>
  listOf(value).filter((one): one is number => typeof one === 'number' && Math.abs(one) <= LARGEST);

/** Values of dimensions are texts that stand in the line itself; undefined where one does not. */
function dimensionsOf(names: readonly unknown[], root: Readonly<Record<string, unknown>>): Metric['dimensions'] | undefined {
  const found = names.map((name) => [String(name), root[String(name)]] as const);
  return found.every(([, value]) => typeof value === 'string') ? (Object.fromEntries(found) as Metric['dimensions']) : undefined;
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
