/** Levels of objects and lists: as many as Jackson, with which AWS reads JSON, takes. */
const DEEPEST = 1000;

/** Whether a value of JSON is nested deeper than may be read. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    level = level.flatMap((each): readonly unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}
