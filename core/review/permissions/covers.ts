import type { Condition, Permission } from './statement.ts';

/** Whether the one allows, or denies, everything that the other does. What cannot be told is said to be no. */
export const covers = (one: Permission, other: Permission): boolean =>
  one.effect === other.effect &&
  patternCovers(one.action.toLowerCase(), other.action.toLowerCase()) &&
  patternCovers(one.resource, other.resource) &&
  (one.principal === '*' || one.principal === other.principal) &&
  conditionCovers(one.condition, other.condition) &&
  (one.when ?? []).every((condition) => other.when?.includes(condition) === true);

/** Whether every text that the other pattern matches is matched by the one; a `*` of the other is met by a `*` only. */
export function patternCovers(one: string, other: string): boolean {
  if (one === other) return true;
  if (other.startsWith('all but ')) return one === '*';
  const parts = one.split('*');
  if (one.startsWith('all but ') || one.includes('?') || parts.length === 1) return false;
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!other.startsWith(first) || !other.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = other.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= other.length - last.length;
}

/** Each demand of the one must be made by the other too, and be met by no more there. */
function conditionCovers(one: Condition, other: Condition): boolean {
  return Object.entries(one).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const others = other[operator]?.[key];
      if (others === undefined) return false;
      return /Not/.test(operator)
        ? values.every((value) => others.includes(value))
        : others.every((value) => values.includes(value));
    }),
  );
}
