import { AssemblyError } from './assembly-error.ts';
import type { StackTemplate } from './read-assembly.ts';

/** `Test/*` as one writes it to the CDK: all of a stage. */
const ALL_OF = /\/\*{1,2}$/;

/**
 * The stacks of these names, and those that they depend on, in the order of all.
 *
 * @param names Each of a stack, by its name or its path in the app, or of a stage: all that stands in it
 * @throws {@link AssemblyError} `UnknownStack`
 */
export function chooseStacks(stacks: readonly StackTemplate[], names: readonly string[]): readonly StackTemplate[] {
  const chosen = new Set<StackTemplate>();
  const take = (stack: StackTemplate): void => {
    if (chosen.has(stack)) return;
    chosen.add(stack);
    stacks.filter(({ path }) => stack.dependencies.includes(path)).forEach(take);
  };
  for (const name of names) {
    const meant = name.replace(ALL_OF, '');
    const found = stacks.filter((stack) => stack.name === meant || stack.path === meant || stack.path.startsWith(`${meant}/`));
    if (found.length === 0) throw unknown(meant, stacks);
    found.forEach(take);
  }
  return stacks.filter((stack) => chosen.has(stack));
}

function unknown(name: string, stacks: readonly StackTemplate[]): AssemblyError {
  const known = stacks.flatMap(({ path }) => path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/')));
  return new AssemblyError(
    'UnknownStack',
    `no stack and no stage of the templates is called '${name}'; take one of ${[...new Set(known)].sort().join(', ')}`,
  );
}

/** The account and the region that most of the stacks are for; nothing where they are for any. */
export function placeOf(stacks: readonly StackTemplate[]): { readonly account?: string; readonly region?: string } {
  const account = mostCommon(stacks.map((stack) => stack.account));
  const region = mostCommon(stacks.map((stack) => stack.region));
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function mostCommon(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
