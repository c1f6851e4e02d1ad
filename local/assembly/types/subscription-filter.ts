import type { Members } from '../../input.ts';
import { BadFilterPolicy, parseFilterPolicy } from '../../sns/filter-policy.ts';
import type { Subscription } from '../../sns/subscription.ts';

/** Which notices a subscription means, by its `FilterPolicy`. @throws what `properties` refuses with */
export function filterOf(properties: Members): Subscription['accepts'] {
  const scope = properties.optionalText('FilterPolicyScope') ?? 'MessageAttributes';
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody')
    throw properties.invalid(
      'FilterPolicyScope',
      `is none: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`,
    );
  const given = properties.raw('FilterPolicy');
  if (given === undefined) return undefined;
  try {
    return parseFilterPolicy(typeof given === 'string' ? (JSON.parse(given) as unknown) : given, scope);
  } catch (error) {
    if (error instanceof SyntaxError) throw properties.invalid('FilterPolicy', 'is not valid: failed to parse JSON.');
    if (error instanceof BadFilterPolicy) throw properties.invalid('FilterPolicy', `is not valid: ${error.message}`);
    throw error;
  }
}
