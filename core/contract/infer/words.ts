/** A share as people read it: never 100 % of what is not all. */
export const percent = (count: number, of: number): string =>
  `${count === of ? 100 : Math.min(99.9, Math.floor((1000 * count) / of) / 10)} %`;
export const grouped = (count: number): string => count.toLocaleString('en-US');

/** A name of the sample on one line: it may hold anything, and a terminal obeys control characters. */
export const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
export const quoted = (name: string): string => `'${onOneLine(name)}'`;

/** Some names in quotes, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).map(quoted);
  return names.length > MOST_LISTED ? `${shown.join(', ')} and ${grouped(names.length - MOST_LISTED)} more` : shown.join(', ');
}
const MOST_LISTED = 12;
