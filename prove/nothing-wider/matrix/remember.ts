/** What is known by a key, or what is made now and known from then on. */
export function remember<K, T>(known: { get(key: K): T | undefined; set(key: K, value: T): unknown }, key: K, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

/** Items by a key, in their order. */
export function groupedBy<K, T>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) remember(groups, keyOf(item), () => []).push(item);
  return groups;
}
