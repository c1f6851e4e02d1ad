import { didYouMean, nameOneOf } from '../contract/odcs/suggest.ts';
import { LEAST_USD } from './compare-cost.ts';
import { DANGER_KINDS, type DangerKind } from './danger.ts';
import { dangersOf, type Review } from './review.ts';

/** What may fail a review: a kind of danger, or a part of the report. */
export const LEVELS = [...DANGER_KINDS, 'breaking', 'permissions', 'cost', 'findings'] as const;
export type Level = (typeof LEVELS)[number];

/** What no pull request should do unseen. Gains of permission, cost and findings come with every new dataset. */
export const DEFAULT_LEVELS: readonly Level[] = [...DANGER_KINDS, 'breaking'];

/** An option that is none of those there are. */
export class FailOnError extends Error {
  readonly code = 'UnknownLevel';

  constructor(got: string) {
    const known = [...LEVELS, 'any', 'none'];
    super(
      `UnknownLevel: '--fail-on' must be of ${known.join(', ')}, got '${got}'${didYouMean(got, known) || `; ${nameOneOf(known)}`}`,
    );
    this.name = 'FailOnError';
  }
}

/** Reads levels with commas between them. @throws {@link FailOnError} */
export function parseLevels(text: string): readonly Level[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.length === 1 && words[0] === 'none') return [];
  if (words.length === 1 && words[0] === 'any') return LEVELS;
  return words.map((word) => {
    const level = LEVELS.find((known) => known === word);
    if (level === undefined) throw new FailOnError(word);
    return level;
  });
}

/** How often a review found each level that it found. */
export function countLevels(review: Review): ReadonlyMap<Level, number> {
  const counts: readonly (readonly [Level, number])[] = LEVELS.map((level) => [level, countOf(level, review)]);
  return new Map(counts.filter(([, count]) => count > 0));
}

function countOf(level: Level, review: Review): number {
  switch (level) {
    case 'deletion':
    case 'replacement':
    case 'shortening':
    case 'weakening':
    case 'unknown':
      return ofKind(level, review);
    case 'breaking':
      return (review.contracts ?? []).filter(({ isUnannounced }) => isUnannounced).length;
    case 'permissions':
      return review.permissions.reduce((sum, { gained, widened }) => sum + gained.length + widened.length, 0);
    case 'cost':
      return review.cost !== undefined && review.cost.after - review.cost.before >= LEAST_USD ? 1 : 0;
    case 'findings':
      return review.ledger?.added.length ?? 0;
  }
}

const ofKind = (kind: DangerKind, review: Review): number => dangersOf(review).filter((danger) => danger.kind === kind).length;
