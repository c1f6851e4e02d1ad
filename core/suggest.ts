import { closest, distance } from 'fastest-levenshtein';

/** Of the known words, the one that a misspelt one was likely meant to be: at most a third of its letters differ, or their order does. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > 64) return undefined;
  const lower = word.toLowerCase();
  const sameLetters = known.find((name) => name.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const turned = known.find((name) => letters(name) === letters(word));
  if (turned !== undefined) return turned;
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.max(1, Math.floor(Math.max(word.length, nearest.length) / 3)) ? nearest : undefined;
}

const letters = (word: string): string => Array.from(word).sort().join('');

/** The end of a message about a word that is not known: `; did you mean 'description'?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const found = suggest(word, known);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}

/** Whether a word differs from another by one letter, or by the order of its letters. */
export const isSlip = (word: string, name: string): boolean =>
  word !== name && (distance(word, name) === 1 || letters(word) === letters(name));

/** Names that a message lists at most. */
const MOST_NAMED = 20;

/** The remedy of a message about a word that is like none of the known: all of them, or as many as can be read. */
export function nameOneOf(known: readonly string[]): string {
  const more = known.length - MOST_NAMED;
  return `name one of ${known.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
