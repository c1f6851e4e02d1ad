/** The value with the keys of every object in order, and without those that are undefined. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)]),
  );
}

/** Whether two parts of a contract say the same, an absent key being the same as an undefined one. */
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));

/** Whether two lists hold the same, in any order and however often. */
export const sameSet = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  same([...new Set(one)].sort(), [...new Set(other)].sort());
