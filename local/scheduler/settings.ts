import { readRetries, type RetryPolicy } from '../eventbridge/retry-policy.ts';
import { objectOf } from '../eventbridge/put-events.ts';
import { isJson } from '../eventbridge/target-input.ts';
import type { Members } from '../input.ts';
import { parseIsoTime } from '../iso-time.ts';
import { parseOccurrences, type Occurrences } from './occurrences.ts';
import { isZone } from './time-zone.ts';
import { onlyReads, universalAction } from './universal-action.ts';

/** What a schedule calls. */
export interface ScheduleTarget {
  readonly arn: string;
  readonly roleArn: string;
  /** @default - a notice that the schedule was due */
  readonly input: string | undefined;
  readonly retries: RetryPolicy;
  readonly partitionKey: string | undefined;
  /** Of a queue that is first in, first out. */
  readonly messageGroupId: string | undefined;
  /** The queue that gets what the target did not. @default - that is lost */
  readonly deadLetterArn?: string | undefined;
  readonly event: { readonly detailType: string; readonly source: string } | undefined;
}

export interface ScheduleSettings {
  readonly name: string;
  readonly group: string;
  readonly state: 'DISABLED' | 'ENABLED';
  readonly occurrences: Occurrences;
  readonly target: ScheduleTarget;
  /** What is not simulated of it, so that it is kept and not run; undefined where all is. */
  readonly notSimulated: string | undefined;
  /** What decides when it is due: where it changes, the schedule begins anew. */
  readonly timing: string;
  /** As GetSchedule answers it, but for what the service adds. */
  readonly described: Readonly<Record<string, unknown>>;
}

const LONGEST_WINDOW_MINUTES = 1440;
const TARGET_MEMBERS = [
  'Arn',
  'DeadLetterConfig',
  'EcsParameters',
  'EventBridgeParameters',
  'Input',
  'KinesisParameters',
  'RetryPolicy',
  'RoleArn',
  'SageMakerPipelineParameters',
  'SqsParameters',
];
/** What runs here, by the service in a target's ARN. */
const CALLED = ['events', 'firehose', 'kinesis', 'lambda', 'sns', 'sqs', 'states'];
const JSON_INPUTS = ['events', 'lambda', 'states'];

export const NAME = /^[\w.-]{1,64}$/;

/** Whether an action can be called here that a target names which is no resource: `sqs:sendMessage`. */
export type IsServed = (action: string) => boolean;

/** Reads a template's schedule. @throws what `properties` refuses with, ServiceError ValidationException */
export function readSchedule(properties: Members, name: string, isServed: IsServed): ScheduleSettings {
  const expression = properties.text('ScheduleExpression');
  const zone = properties.optionalText('ScheduleExpressionTimezone') ?? 'UTC';
  if (!NAME.test(name)) throw properties.invalid('Name', 'must have 1 to 64 letters, digits or _.-');
  if (!isZone(zone)) throw properties.invalid('ScheduleExpressionTimezone', `must be a time zone, got '${zone}'`);
  const span = { start: dateOf(properties, 'StartDate'), end: dateOf(properties, 'EndDate') };
  const state = properties.optionalText('State') ?? 'ENABLED';
  if (state !== 'ENABLED' && state !== 'DISABLED') throw properties.invalid('State', 'must be ENABLED or DISABLED');
  const group = properties.optionalText('GroupName') ?? 'default';
  const description = properties.optionalText('Description');
  const members = properties.object('Target').only(TARGET_MEMBERS);
  const target = readTarget(members);
  return {
    name,
    group,
    state,
    occurrences: parseOccurrences(expression, zone, span),
    target,
    notSimulated: lackingOf(target, isServed),
    timing: JSON.stringify([expression, zone, span, state]),
    described: {
      ActionAfterCompletion: 'NONE',
      ...(description !== undefined && { Description: description }),
      ...(span.end !== undefined && { EndDate: span.end / 1000 }),
      FlexibleTimeWindow: windowOf(properties.object('FlexibleTimeWindow')),
      GroupName: group,
      Name: name,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: zone,
      ...(span.start !== undefined && { StartDate: span.start / 1000 }),
      State: state,
      Target: { ...whole(members), RetryPolicy: target.retries },
    },
  };
}

function dateOf(properties: Members, name: string): number | undefined {
  const text = properties.optionalText(name);
  const time = text === undefined ? undefined : parseIsoTime(text);
  if (text !== undefined && time === undefined) throw properties.invalid(name, `must be a date and a time, got '${text}'`);
  return time;
}

/** A window spreads what AWS invokes; here it is invoked as the window begins. */
function windowOf(window: Members): object {
  const mode = window.only(['MaximumWindowInMinutes', 'Mode']).text('Mode');
  const minutes = window.optionalNumber('MaximumWindowInMinutes');
  if (mode !== 'OFF' && mode !== 'FLEXIBLE') throw window.invalid('Mode', 'must be OFF or FLEXIBLE');
  if ((mode === 'FLEXIBLE') !== (minutes !== undefined))
    throw window.invalid('MaximumWindowInMinutes', 'must be there where Mode is FLEXIBLE, and not where it is OFF');
  if (minutes !== undefined && (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_WINDOW_MINUTES))
    throw window.invalid('MaximumWindowInMinutes', `must be 1 to ${LONGEST_WINDOW_MINUTES}`);
  return { Mode: mode, ...(minutes !== undefined && { MaximumWindowInMinutes: minutes }) };
}

function readTarget(target: Members): ScheduleTarget {
  const arn = target.text('Arn');
  const service = serviceOf(arn);
  const input = target.optionalText('Input');
  const action = universalAction(arn);
  if (action !== undefined) checkUniversal(target, action);
  if (input !== undefined && JSON_INPUTS.includes(service) && !isJson(input))
    throw target.invalid('Input', 'must be JSON for such a target');
  const key = target.optionalObject('KinesisParameters')?.only(['PartitionKey']).text('PartitionKey');
  const event = target.optionalObject('EventBridgeParameters')?.only(['DetailType', 'Source']);
  if (service === 'kinesis' && key === undefined) throw target.invalid('KinesisParameters', 'is required for a stream');
  if (service === 'events' && event === undefined) throw target.invalid('EventBridgeParameters', 'is required for an event bus');
  return {
    arn,
    roleArn: target.text('RoleArn'),
    input,
    retries: readRetries(target.optionalObject('RetryPolicy')),
    partitionKey: key,
    messageGroupId: target.optionalObject('SqsParameters')?.only(['MessageGroupId']).text('MessageGroupId'),
    deadLetterArn: deadLetterOf(target),
    event: event && { detailType: event.text('DetailType'), source: event.text('Source') },
  };
}

function deadLetterOf(target: Members): string | undefined {
  const config = target.optionalObject('DeadLetterConfig')?.only(['Arn']);
  const arn = config?.optionalText('Arn');
  if (config !== undefined && arn !== undefined && !/^arn:aws[a-z-]*:sqs:[a-z\d-]+:\d{12}:[\w-]+$/.test(arn))
    throw config.invalid('Arn', `must be the ARN of a standard queue, got '${arn}'`);
  return arn;
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
function checkUniversal(target: Members, action: string): void {
  if (onlyReads(action)) throw target.invalid('Arn', `must name an action that does more than read, got '${action}'`);
  if (objectOf(target.optionalText('Input') ?? '') === undefined)
    throw target.invalid('Input', 'must be a JSON object: the request');
  const templated = target.names().find((name) => name.endsWith('Parameters'));
  if (templated !== undefined) throw target.invalid(templated, 'is not for a target that names an action');
}

function lackingOf({ arn }: ScheduleTarget, isServed: IsServed): string | undefined {
  const action = universalAction(arn);
  if (action !== undefined) return isServed(action) ? undefined : `the universal target 'aws-sdk:${action}'`;
  if (!CALLED.includes(serviceOf(arn))) return `a target of '${serviceOf(arn)}'`;
  return serviceOf(arn) === 'events' && !arn.endsWith(':event-bus/default') ? 'an event bus but the default one' : undefined;
}

const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

const whole = (members: Members): object => Object.fromEntries(members.names().map((name) => [name, members.raw(name)]));
