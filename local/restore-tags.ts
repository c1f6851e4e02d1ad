/** Tags as an earlier process saved them. */
export interface SavedTags {
  readonly tags: Readonly<Record<string, string>>;
  /** What the template said then. @default - it had no tags */
  readonly declared: Readonly<Record<string, string>> | undefined;
}

/** Puts the saved tags in place of the template's, `tags`, but for those that the template has changed. */
export function restoreTags(tags: Map<string, string>, saved: SavedTags): void {
  const kept = new Map(Object.entries(saved.tags));
  const before = new Map(Object.entries(saved.declared ?? {}));
  for (const [key, value] of tags) if (before.get(key) !== value) kept.set(key, value);
  for (const key of before.keys()) if (!tags.has(key)) kept.delete(key);
  tags.clear();
  for (const [key, value] of kept) tags.set(key, value);
}
