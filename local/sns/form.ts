/** A form's fields as objects within one another: `a.member.1.b` is `b` of the first of the list `a`, `a.entry.1.key` one of the map `a`. */
export interface FormTree {
  readonly [name: string]: string | FormTree;
}

/** What every form says beside the operation's own. */
const COMMON = ['Action', 'Version'];

/** @returns the operation's own fields */
export function formTree(fields: ReadonlyMap<string, string>): FormTree {
  const root: Record<string, string | FormTree> = Object.create(null) as Record<string, string | FormTree>;
  for (const [name, value] of fields) {
    if (COMMON.includes(name) || name.startsWith('X-Amz-')) continue;
    const steps = name.split('.');
    const last = steps.pop() ?? name;
    let at = root;
    for (const step of steps) {
      const next = at[step];
      const within = typeof next === 'object' ? next : (Object.create(null) as FormTree);
      at[step] = within;
      at = within;
    }
    at[last] = value;
  }
  return root;
}

/** The objects of a list or a map, in the order of their numbers. */
export function numbered(tree: string | FormTree | undefined, kind: 'member' | 'entry'): readonly FormTree[] {
  const list = typeof tree === 'object' ? tree[kind] : undefined;
  if (typeof list !== 'object') return [];
  return Object.entries(list)
    .filter(([number]) => /^\d+$/.test(number))
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([, value]) => (typeof value === 'object' ? [value] : []));
}
