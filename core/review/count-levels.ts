import { costsMore } from './compare-cost.ts';
import type { DangerKind } from './danger.ts';
import { LEVELS, type Level } from './fail-on.ts';
import { dangersOf, type Review } from './review.ts';

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
    case 'stale':
      return review.acceptances.stale.length;
    case 'permissions':
      return review.permissions.reduce((sum, { gained, widened }) => sum + gained.length + widened.length, 0);
    case 'cost':
      return costsMore(review.cost) ? 1 : 0;
    case 'findings':
      return review.ledger?.added.length ?? 0;
  }
}

const ofKind = (kind: DangerKind, review: Review): number =>
  dangersOf(review).filter((danger) => danger.kind === kind && danger.accepted === undefined).length;
