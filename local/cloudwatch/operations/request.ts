import type { SimulatedClock } from '../../clock.ts';
import { Members } from '../../input.ts';
import { ServiceError, type Access, type Caller } from '../../service.ts';
import type { Alarm, AlarmTransition } from '../alarm.ts';
import type { Metric } from '../metric.ts';
import type { Metrics } from '../metrics.ts';

/** What the operations work on. */
export interface OperationParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly region: string;
  readonly accountId: string;
  readonly metrics: Metrics;
  /** By name. */
  readonly alarms: () => readonly Alarm[];
  /** The oldest first. */
  readonly history: () => readonly { readonly alarm: Alarm; readonly transition: AlarmTransition }[];
}

/** One operation, with its members read by name. */
export type Run = (input: Members, caller: Caller) => object;

export const validationError = (message: string): ServiceError => new ServiceError('ValidationException', message);
export const invalidValue = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);
export const invalidCombination = (message: string): ServiceError =>
  new ServiceError('InvalidParameterCombinationException', message);
export const missingParameter = (message: string): ServiceError => new ServiceError('MissingRequiredParameterException', message);

/** What CloudWatch does and this does not: no made-up success. */
export const lacking = (operation: string, what: string): ServiceError =>
  new ServiceError('NotImplemented', `NotImplemented: monitoring:${operation} with ${what} is not simulated by headwaters`, 501);

export const membersOf = (raw: Readonly<Record<string, unknown>>): Members => new Members(raw, validationError);

export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** A point in time, in milliseconds since the epoch; in a request it is in seconds. @throws ServiceError SerializationException */
export function optionalTime(input: Members, name: string): number | undefined {
  const value = input.raw(name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value * 1000);
  throw new ServiceError('SerializationException', `'${name}' must be a number of seconds since the epoch`);
}

export function time(input: Members, name: string): number {
  const found = optionalTime(input, name);
  if (found === undefined) throw input.invalid(name, 'is required');
  return found;
}

/** One of some texts; undefined where it is absent. */
export function optionalChoice<Choice extends string>(
  input: Members,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const given = input.optionalText(name);
  if (given === undefined) return undefined;
  const found = choices.find((choice) => choice === given);
  if (found === undefined) {
    const path = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    throw validationError(
      `1 validation error detected: Value '${given}' at '${path}' failed to satisfy constraint: Member must satisfy enum value set: [${choices.join(', ')}]`,
    );
  }
  return found;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html */
const MOST_DIMENSIONS = 30;
const LONGEST_NAME = 255;
const LONGEST_VALUE = 1024;

/** A text of bounded length. */
export function named(input: Members, name: string, longest = LONGEST_NAME): string {
  const text = input.text(name);
  if (text.length < 1 || text.length > longest) throw input.invalid(name, `must have 1 to ${longest} characters`);
  return text;
}

/** The metric that a request names by `Namespace`, `MetricName` and `Dimensions`. */
export const metricOf = (input: Members): Metric => ({
  namespace: named(input, 'Namespace'),
  name: named(input, 'MetricName'),
  dimensions: dimensionsOf(input),
});

export function dimensionsOf(input: Members): Metric['dimensions'] {
  const given = input.objects('Dimensions');
  if (given.length > MOST_DIMENSIONS) throw input.invalid('Dimensions', `must be at most ${MOST_DIMENSIONS}`);
  return Object.fromEntries(
    given.map((one) => {
      one.only(['Name', 'Value']);
      return [named(one, 'Name'), named(one, 'Value', LONGEST_VALUE)];
    }),
  );
}

export const dimensionList = (dimensions: Metric['dimensions']): readonly object[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
