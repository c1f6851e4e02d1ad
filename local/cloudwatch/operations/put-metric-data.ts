import type { Members } from '../../input.ts';
import type { StatisticSet } from '../datapoints.ts';
import { idOf, type Metric } from '../metric.ts';
import {
  dimensionsOf,
  invalidValue,
  lacking,
  named,
  optionalChoice,
  optionalTime,
  type OperationParts,
  type Run,
} from './request.ts';
import { samplesOf } from './samples.ts';

const HOUR = 3_600_000;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const MOST_METRICS = 1000;
const LONGEST_PAST = 14 * 24 * HOUR;
const LONGEST_AHEAD = 2 * HOUR;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const SIZES = [
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Count',
];
const UNITS = ['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None', ...SIZES, ...SIZES.map((size) => `${size}/Second`)];

interface Datum {
  readonly metric: Metric;
  readonly time: number;
  readonly set: StatisticSet | undefined;
  readonly unit: string;
}

/** AWS keeps what a metric has in each unit apart: nothing is added up here that is not of one. */
function checkUnits(data: readonly Datum[], unitOf: (metric: Metric) => string | undefined): void {
  const units = new Map<string, string>();
  for (const { metric, unit } of data) {
    const known = units.get(idOf(metric)) ?? unitOf(metric) ?? unit;
    if (known !== unit) throw lacking('PutMetricData', `a metric in '${unit}' that has been in '${known}'`);
    units.set(idOf(metric), unit);
  }
}

/** Takes values of metrics that are not AWS's, each metric's in one unit. They can be looked at at once. */
export const putMetricData =
  (parts: OperationParts): Run =>
  (input, caller) => {
    if (input.has('EntityMetricData')) throw lacking('PutMetricData', "'EntityMetricData'");
    input.only(['Namespace', 'MetricData', 'StrictEntityValidation']);
    const namespace = named(input, 'Namespace');
    parts.access.check(caller, 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': namespace });
    if (namespace.startsWith('AWS/') || namespace.startsWith(':'))
      throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
    const data = input.objects('MetricData');
    if (data.length < 1 || data.length > MOST_METRICS)
      throw invalidValue(`The collection MetricData must have a size from 1 to ${MOST_METRICS}.`);
    const now = parts.clock.now();
    const read = data.map((datum, index) => datumOf(datum, namespace, { now, path: `MetricData.member.${index + 1}` }));
    const { metrics } = parts;
    checkUnits(read, (metric) => metrics.unitOf(metric));
    for (const { metric, time, set, unit } of read) {
      if (set === undefined) continue;
      metrics.measureIn(metric, unit);
      metrics.put(metric, set, time); // all or nothing
    }
    return {};
  };

function datumOf(datum: Members, namespace: string, { now, path }: { readonly now: number; readonly path: string }): Datum {
  datum.only([
    'MetricName',
    'Dimensions',
    'Timestamp',
    'Value',
    'StatisticValues',
    'Values',
    'Counts',
    'Unit',
    'StorageResolution',
  ]);
  const time = optionalTime(datum, 'Timestamp') ?? now;
  if (time < now - LONGEST_PAST)
    throw invalidValue(`The parameter ${path}.Timestamp must specify a time within the past two weeks.`);
  if (time > now + LONGEST_AHEAD)
    throw invalidValue(`The parameter ${path}.Timestamp must specify a time no more than two hours in the future.`);
  const resolution = datum.optionalNumber('StorageResolution') ?? 60;
  if (resolution === 1) throw lacking('PutMetricData', 'a StorageResolution of 1 second');
  if (resolution !== 60) throw invalidValue(`The parameter ${path}.StorageResolution must be 1 or 60.`);
  const unit = optionalChoice(datum, 'Unit', UNITS) ?? 'None';
  const metric = { namespace, name: named(datum, 'MetricName'), dimensions: dimensionsOf(datum) };
  return { metric, time, unit, set: samplesOf(datum, path) };
}
