import { BadEventPattern, parseEventPattern, type Matches } from '../../core/aws/event-pattern.ts';
import type { Members } from '../input.ts';
import { DEFAULT_BUS } from './buses.ts';
import type { Rule, Target } from './event-bus.ts';
import { readRetries } from './retry-policy.ts';
import { isBus } from './sent-to.ts';
import { isJson, parsePath, partOf, transformer, UnknownInput, UnknownPlaceholder, type MakeInput } from './target-input.ts';
import { BadSchedule, parseSchedule, type Schedule } from '../../core/aws/schedule.ts';

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MOST_TARGETS = 5;
const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];
const MEMBERS = [
  'Arn',
  'DeadLetterConfig',
  'Id',
  'Input',
  'InputPath',
  'InputTransformer',
  'KinesisParameters',
  'RetryPolicy',
  'RoleArn',
  'SqsParameters',
];

/** What tells a rule from others. */
export interface RuleId {
  readonly name: string;
  readonly arn: string;
  /** The name of its bus. */
  readonly bus: string;
}

/** A rule as a template gives it, or why it is kept and not run. @throws what `properties` refuses with */
export function readRule(properties: Members, { name, arn, bus }: RuleId): Rule | { readonly notSimulated: string } {
  const schedule = scheduleOf(properties);
  refuse(properties, schedule !== undefined, bus);
  const targets = properties.objects('Targets');
  const read = targetsOf(targets, arn.split(':')[3] ?? '');
  if ('notSimulated' in read) return read;
  const ids = read.map(({ id }) => id);
  if (read.length > MOST_TARGETS) throw properties.invalid('Targets', `must hold ${MOST_TARGETS} at most, got ${read.length}`);
  if (new Set(ids).size < ids.length) throw properties.invalid('Targets', 'must have an Id each of their own');
  const strange = targets.flatMap((target) => target.names()).find((member) => !MEMBERS.includes(member));
  if (strange !== undefined) return { notSimulated: `'${strange}' of a target` };
  if (read.some((target) => target.roleArn !== undefined && /^arn:[^:]*:(lambda|sns|sqs):/.test(target.arn)))
    return { notSimulated: "'RoleArn' of a target that is a function, a topic or a queue" };
  if (targets.some((target) => target.has('KinesisParameters') && !target.text('Arn').includes(':kinesis:')))
    return { notSimulated: "'KinesisParameters' of a target that is no stream" };
  if (targets.some((target) => target.has('SqsParameters') && !target.text('Arn').endsWith('.fifo')))
    return { notSimulated: "'SqsParameters' of a target that is no FIFO queue" };
  const changed = read.some((target) => isBus(target.arn) && (target.input ?? target.makeInput) !== undefined);
  if (changed) return { notSimulated: 'an input of a target that is an event bus' };
  return { name, arn, bus: bus === DEFAULT_BUS ? undefined : bus, matches: matchesOf(properties), schedule, targets: read };
}

function matchesOf(properties: Members): Matches | undefined {
  if (!properties.has('EventPattern')) return undefined;
  try {
    return parseEventPattern(properties.raw('EventPattern'));
  } catch (error) {
    if (error instanceof BadEventPattern) throw properties.invalid('EventPattern', `is not valid. Reason: ${error.message}`);
    throw error;
  }
}

function refuse(properties: Members, hasSchedule: boolean, bus: string): void {
  if (!hasSchedule && !properties.has('EventPattern'))
    throw properties.invalid('EventPattern', "or 'ScheduleExpression' must be there");
  if (hasSchedule && bus !== DEFAULT_BUS)
    throw properties.invalid('ScheduleExpression', `must be of the default event bus, got '${bus}'`);
  const state = properties.optionalText('State');
  if (state !== undefined && !STATES.includes(state))
    throw properties.invalid('State', `must be one of ${STATES.join(', ')}, got '${state}'`);
}

function scheduleOf(properties: Members): Schedule | undefined {
  const expression = properties.optionalText('ScheduleExpression');
  try {
    return expression === undefined ? undefined : parseSchedule(expression);
  } catch (error) {
    if (error instanceof BadSchedule) throw properties.invalid('ScheduleExpression', error.message);
    throw error;
  }
}

function targetsOf(targets: readonly Members[], region: string): Target[] | { readonly notSimulated: string } {
  try {
    return targets.map((target) => targetOf(target, region));
  } catch (error) {
    if (error instanceof UnknownInput) return { notSimulated: error.message };
    throw error;
  }
}

/** @throws UnknownInput */
function targetOf(target: Members, region: string): Target {
  const input = target.optionalText('Input');
  if (input !== undefined && !isJson(input)) throw target.invalid('Input', 'must be JSON');
  if (['Input', 'InputPath', 'InputTransformer'].filter((member) => target.has(member)).length > 1)
    throw target.invalid(
      'Input',
      `is not alone: Only one of Input, InputPath, or InputTransformer must be provided for target ${target.text('Id')}.`,
    );
  const arn = target.text('Arn');
  if (isBus(arn) && target.has('RetryPolicy')) throw target.invalid('RetryPolicy', 'is not for a target that is an event bus');
  return {
    id: target.text('Id'),
    arn,
    roleArn: target.optionalText('RoleArn'),
    messageGroupId: target.optionalObject('SqsParameters')?.only(['MessageGroupId']).text('MessageGroupId'),
    input,
    makeInput: makeInputOf(target),
    partitionKeyOf: partitionKeyOf(target),
    retries: readRetries(target.optionalObject('RetryPolicy')),
    deadLetterArn: deadLetterOf(target, region),
  };
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html#eb-dlq-considerations */
function deadLetterOf(target: Members, region: string): string | undefined {
  const config = target.optionalObject('DeadLetterConfig')?.only(['Arn']);
  const arn = config?.optionalText('Arn');
  const [, , service, of, account = '', name = ''] = arn?.split(':') ?? [];
  const isQueue = service === 'sqs' && of === region && account !== '' && /^[\w-]+$/.test(name); // a dot is of FIFO queues alone
  if (config !== undefined && arn !== undefined && !isQueue)
    throw config.invalid('Arn', `must be the ARN of a standard queue in ${region}, got '${arn}'`);
  return arn;
}

/** @throws UnknownInput */
function partitionKeyOf(target: Members): Target['partitionKeyOf'] {
  const parameters = target.optionalObject('KinesisParameters')?.only(['PartitionKeyPath']);
  return parameters === undefined ? undefined : parsePath(parameters.text('PartitionKeyPath'));
}

/** @throws UnknownInput */
function makeInputOf(target: Members): MakeInput | undefined {
  const path = target.optionalText('InputPath');
  if (path !== undefined) return partOf(path);
  const transforms = target.optionalObject('InputTransformer')?.only(['InputPathsMap', 'InputTemplate']);
  if (transforms === undefined) return undefined;
  try {
    return transformer(transforms.textMap('InputPathsMap'), transforms.text('InputTemplate'));
  } catch (error) {
    if (error instanceof UnknownPlaceholder)
      throw transforms.invalid('InputTemplate', `is not valid: InputTemplate for target ${target.text('Id')} ${error.message}`);
    throw error;
  }
}
