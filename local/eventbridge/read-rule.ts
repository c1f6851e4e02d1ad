import { BadEventPattern, parseEventPattern } from '../../core/aws/event-pattern.ts';
import type { Members } from '../input.ts';
import type { Rule, Target } from './event-bus.ts';

/** A rule as a template gives it, or why it is kept and not run. @throws what `properties` refuses with */
export function readRule(properties: Members, name: string, arn: string): Rule | { readonly notSimulated: string } {
  const bus = properties.optionalText('EventBusName') ?? 'default';
  if (bus !== 'default') return { notSimulated: `the event bus '${bus}'` };
  if (!properties.has('EventPattern')) return { notSimulated: 'a schedule' };
  const targets = properties.objects('Targets').map((target) => {
    const strange = target.names().find((member) => !['Arn', 'Id', 'RoleArn', 'Input'].includes(member));
    return { strange, target: targetOf(target) };
  });
  const strange = targets.find((target) => target.strange !== undefined)?.strange;
  if (strange !== undefined) return { notSimulated: `'${strange}' of a target` };
  try {
    const matches = parseEventPattern(properties.raw('EventPattern'));
    return { name, arn, matches, targets: targets.map(({ target }) => target) };
  } catch (error) {
    if (error instanceof BadEventPattern) return { notSimulated: error.message };
    throw error;
  }
}

const targetOf = (target: Members): Target => ({
  arn: target.text('Arn'),
  roleArn: target.optionalText('RoleArn'),
  input: target.optionalText('Input'),
});
