import { ordered } from '../contract/compatibility/canonical.ts';
import { environmentOf } from '../naming.ts';
import type { Resource, Templates } from '../aws/template.ts';

/** A resource with its place. */
export interface Placed {
  readonly stack: string;
  readonly id: string;
  readonly resource: Resource;
}

/** How much of two resources must be the same for somebody to ask whether the one became the other. */
const ALIKE = 0.75;

/** Resources that are in one version only; in stacks that both have, or that it alone has. */
export const onlyIn = (one: Templates, other: Templates): readonly Placed[] =>
  [...one].flatMap(([stack, { resources }]) =>
    [...resources]
      .filter(([id]) => other.get(stack)?.resources.has(id) !== true)
      .map(([id, resource]) => ({ stack, id, resource })),
  );

/**
 * The new resource that one which is gone may have become: of its type, in its environment, and told nearly the same. A hint for people, by
 * which nothing is judged.
 */
export function likelySuccessor(gone: Placed, come: readonly Placed[]): Placed | undefined {
  const environment = environmentOf(gone.stack);
  const values = leavesOf(gone.resource.properties);
  const [best] = come
    .filter(({ stack, resource }) => resource.type === gone.resource.type && environmentOf(stack) === environment)
    .map((placed) => ({ placed, likeness: likeness(values, leavesOf(placed.resource.properties)) }))
    .filter((candidate) => candidate.likeness >= ALIKE)
    .sort((one, other) => other.likeness - one.likeness || nearness(gone.id, other.placed.id) - nearness(gone.id, one.placed.id));
  return best?.placed;
}

/** `renamed? A -> B`; where only its stack is another, `moved? -> …`. */
export function renameHint(gone: Placed, come: Placed): string {
  if (gone.stack === come.stack) return `renamed? ${gone.id} -> ${come.id}`;
  return gone.id === come.id ? `moved? -> ${come.stack}` : `moved and renamed? ${gone.id} -> ${come.stack}/${come.id}`;
}

/** The new stack that one which is gone may have become: it holds nearly the same logical ids. */
export function likelyStack(stack: string, before: Templates, after: Templates): string | undefined {
  const ids = idsOf(stack, before);
  const [best] = [...after.keys()]
    .filter((name) => !before.has(name) && environmentOf(name) === environmentOf(stack))
    .map((name) => ({ name, likeness: likeness(ids, idsOf(name, after)) }))
    .filter((candidate) => candidate.likeness >= ALIKE)
    .sort((one, other) => other.likeness - one.likeness);
  return best?.name;
}

const idsOf = (stack: string, templates: Templates): ReadonlySet<string> =>
  new Set([...(templates.get(stack)?.resources ?? [])].map(([id, { type }]) => `${type} ${id}`));

/** The share of what two have that both have (Dice). */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((value) => other.has(value)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

/** Each value with its path; whom it refers to has another name too where a whole construct is renamed. */
function leavesOf(value: unknown): ReadonlySet<string> {
  const leaves = new Set<string>();
  const walk = (inner: unknown, at: string): void => {
    if (Array.isArray(inner)) for (const part of inner) walk(part, at);
    else if (typeof inner === 'object' && inner !== null)
      for (const [key, part] of Object.entries(inner)) {
        if (key === 'Ref' || key === 'Fn::GetAtt') leaves.add(`${at} refers`);
        else walk(part, `${at}.${key}`);
      }
    else leaves.add(`${at} ${JSON.stringify(inner)}`);
  };
  walk(ordered(value), '');
  return leaves;
}

/** How much of two names is the same, from both ends; the CDK ends them in a hash of eight. */
function nearness(one: string, other: string): number {
  const [a, b] = [one.replace(HASH, ''), other.replace(HASH, '')];
  const isSame = (index: number) => a.at(index) !== undefined && a.at(index) === b.at(index);
  let [start, end] = [0, 0];
  while (isSame(start)) start += 1;
  while (isSame(-1 - end)) end += 1;
  return start + end;
}

const HASH = /[0-9A-F]{8}$/;
