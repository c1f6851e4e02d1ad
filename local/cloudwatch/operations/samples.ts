import type { Members } from '../../input.ts';
import { setOf, together, type StatisticSet } from '../datapoints.ts';
import { invalidCombination, invalidValue, lacking, missingParameter } from './request.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const MOST_VALUES = 150;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const LARGEST = 2 ** 360;
const FORMS = ['Value', 'Values', 'StatisticValues'] as const;
/** AWS takes both, and no page says what of. */
const UNDECIDED = ['Values', 'StatisticValues'];

/** What was measured; undefined for no sample. @param path `MetricData.member.1` */
export function samplesOf(datum: Members, path: string): StatisticSet | undefined {
  const [form, other] = FORMS.filter((name) => datum.has(name));
  if (form === undefined)
    throw missingParameter(`At least one of the parameters ${path}.${FORMS.join(`, ${path}.`)} must be specified.`);
  if (form === UNDECIDED[0] && other === UNDECIDED[1]) throw lacking('PutMetricData', `'${form}' beside '${other}'`);
  if (other !== undefined)
    throw invalidCombination(
      `The parameters ${path}.${form} and ${path}.${other} are mutually exclusive and you have specified both.`,
    );
  switch (form) {
    case 'Value':
      return setOf(numberOf(datum.raw('Value'), `${path}.Value`));
    case 'Values':
      return countedValues(datum, path);
    case 'StatisticValues':
      return statisticValues(datum.object('StatisticValues'), `${path}.StatisticValues`);
  }
}

function countedValues(datum: Members, path: string): StatisticSet | undefined {
  const values = listOf(datum, 'Values', path);
  const counts = datum.has('Counts') ? listOf(datum, 'Counts', path) : values.map(() => 1);
  if (values.length < 1 || values.length > MOST_VALUES)
    throw invalidValue(`The parameter ${path}.Values must have 1 to ${MOST_VALUES} items.`);
  if (values.length !== counts.length)
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  const sets = values.map((value, index) => {
    const count = checkCount(counts[index] ?? 0);
    return { count, sum: value * count, minimum: value, maximum: value };
  });
  return sets
    .filter(({ count }) => count > 0)
    .reduce<StatisticSet | undefined>((all, one) => (all === undefined ? one : together(all, one)), undefined);
}

function statisticValues(set: Members, path: string): StatisticSet | undefined {
  set.only(['SampleCount', 'Sum', 'Minimum', 'Maximum']);
  const [count, sum, minimum, maximum] = (['SampleCount', 'Sum', 'Minimum', 'Maximum'] as const).map((name) =>
    numberOf(set.raw(name), `${path}.${name}`),
  ) as [number, number, number, number];
  if (minimum > maximum) throw invalidValue(`The parameter ${path}.Minimum must be at most ${path}.Maximum.`);
  return checkCount(count) === 0 ? undefined : { count, sum, minimum, maximum };
}

function checkCount(count: number): number {
  if (count < 0) throw invalidValue('A count must not be less than 0.');
  return count;
}

function listOf(datum: Members, name: string, path: string): readonly number[] {
  const list = datum.raw(name);
  if (!Array.isArray(list)) throw datum.invalid(name, 'must be a list');
  return list.map((value, index) => numberOf(value, `${path}.${name}.member.${index + 1}`));
}

function numberOf(value: unknown, path: string): number {
  if (value === undefined) throw missingParameter(`The parameter ${path} is required.`);
  if (typeof value === 'number' && Math.abs(value) <= LARGEST) return value; // of NaN it is false
  const given = typeof value === 'number' || typeof value === 'string' ? value : 'given';
  throw invalidValue(`The value ${given} for parameter ${path} is invalid.`);
}
