import { didYouMean, nameOneOf } from '../suggest.ts';
import { DANGER_KINDS } from './danger.ts';

/** What may fail a review: a kind of danger, or a part of the report. */
export const LEVELS = [...DANGER_KINDS, 'breaking', 'stale', 'permissions', 'cost', 'findings'] as const;
export type Level = (typeof LEVELS)[number];

/** What no pull request should do unseen. Gains of permission, cost and findings come with every new dataset. */
export const DEFAULT_LEVELS: readonly Level[] = [...DANGER_KINDS, 'breaking', 'stale'];

/** Words that stand for a choice of levels, and so for themselves. */
const CHOICES: Readonly<Record<string, readonly Level[]>> = { any: LEVELS, none: [] };

/** An option that cannot be followed. */
export class FailOnError extends Error {
  constructor(
    readonly code: 'UnknownLevel' | 'LevelsExclude',
    says: string,
  ) {
    super(`${code}: ${says}`);
    this.name = 'FailOnError';
  }
}

/** Reads levels with commas between them, or one word for a choice of them. @throws {@link FailOnError} */
export function parseLevels(text: string): readonly Level[] {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !isLevel(word) && !Object.hasOwn(CHOICES, word));
  if (unknown !== undefined) throw unknownLevel(unknown);
  const choice = words.find((word) => Object.hasOwn(CHOICES, word));
  if (choice === undefined) return words.filter(isLevel);
  const others = words.filter((word) => word !== choice);
  if (others.length > 0) throw excluded(text, choice, others);
  return CHOICES[choice] ?? [];
}

const isLevel = (word: string): word is Level => LEVELS.some((known) => known === word);

function unknownLevel(got: string): FailOnError {
  const known = [...LEVELS, ...Object.keys(CHOICES)];
  return new FailOnError(
    'UnknownLevel',
    `'--fail-on' must be of ${known.join(', ')}, got '${got}'${didYouMean(got, known) || `; ${nameOneOf(known)}`}`,
  );
}

const excluded = (text: string, choice: string, others: readonly string[]): FailOnError =>
  new FailOnError(
    'LevelsExclude',
    `'--fail-on' must name '${choice}' alone, as it means ${choice === 'any' ? 'every level' : 'no level'}, got '${text}'; leave out '${choice}', or '${others.join(',')}'`,
  );
