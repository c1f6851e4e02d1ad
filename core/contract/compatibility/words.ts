import { clip } from '../clip.ts';

const LONGEST_TEXT = 60;
const MOST_LISTED = 5;

/** A value of a contract as a reason shows it: long texts are clipped, long lists cut. */
export function shown(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return listed(value);
  return typeof value === 'string' ? `'${clipped(value)}'` : clipped(JSON.stringify(value));
}

function clipped(text: string): string {
  const start = clip(text, LONGEST_TEXT);
  return start === text ? text : `${start}…`;
}

function listed(values: readonly unknown[]): string {
  if (values.length === 0) return 'none';
  const more = values.length - MOST_LISTED;
  return values.slice(0, MOST_LISTED).map(shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

export const fromTo = (before: unknown, after: unknown): string => `from ${shown(before)} to ${shown(after)}`;
