import { environmentOf } from '../../naming.ts';
import type { StackTemplate, Templates } from '../../aws/template.ts';

/** What stacks are called together that belong to no environment of the blueprint. */
const OTHERS = 'stacks';

/** The stacks of each environment: a platform of its own, whose stacks refer to each other. */
export function byEnvironment(templates: Templates): ReadonlyMap<string, Templates> {
  const platforms = new Map<string, Map<string, StackTemplate>>();
  for (const [stack, template] of templates) {
    const name = environmentOf(stack) ?? OTHERS;
    platforms.set(name, (platforms.get(name) ?? new Map<string, StackTemplate>()).set(stack, template));
  }
  return platforms;
}
