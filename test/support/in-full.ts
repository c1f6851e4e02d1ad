/** The first of some cases, and all where `npm run prove` asks for them. */
export const inFull = <T>(cases: readonly T[]): readonly T[] =>
  process.env.HEADWATERS_CASES === 'all' ? cases : cases.slice(0, 1);
