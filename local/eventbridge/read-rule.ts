import { BadEventPattern, parseEventPattern } from '../../core/aws/event-pattern.ts';
import type { Members } from '../input.ts';
import type { Rule, Target } from './event-bus.ts';
import { BadSchedule, parseSchedule, type Schedule } from './schedule.ts';

/** A rule as a template gives it, or why it is kept and not run. @throws what `properties` refuses with */
export function readRule(properties: Members, name: string, arn: string): Rule | { readonly notSimulated: string } {
  const bus = properties.optionalText('EventBusName') ?? 'default';
  if (bus !== 'default') return { notSimulated: `the event bus '${bus}'` };
  const targets = properties.objects('Targets').map((target) => {
    const strange = target.names().find((member) => !['Arn', 'Id', 'RoleArn', 'Input'].includes(member));
    return { strange, target: targetOf(target) };
  });
  const strange = targets.find((target) => target.strange !== undefined)?.strange;
  if (strange !== undefined) return { notSimulated: `'${strange}' of a target` };
  const schedule = scheduleOf(properties);
  try {
    const matches = properties.has('EventPattern') ? parseEventPattern(properties.raw('EventPattern')) : undefined;
    return { name, arn, matches, schedule, targets: targets.map(({ target }) => target) };
  } catch (error) {
    if (error instanceof BadEventPattern) return { notSimulated: error.message };
    throw error;
  }
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

function targetOf(target: Members): Target {
  const input = target.optionalText('Input');
  if (input !== undefined && !isJson(input)) throw target.invalid('Input', 'must be JSON');
  return { arn: target.text('Arn'), roleArn: target.optionalText('RoleArn'), input };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
