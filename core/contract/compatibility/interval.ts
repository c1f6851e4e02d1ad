/** Where values may lie: an absent edge is no limit. */
export interface Interval<T> {
  readonly lower?: Edge<T>;
  readonly upper?: Edge<T>;
}

export interface Edge<T> {
  readonly at: T;
  /** Whether the value at the edge is outside. */
  readonly open: boolean;
}

/** How a rule moved: it may be both, as a range that is shifted is. */
export interface Direction {
  /** A value that was lawful no longer is. */
  readonly tighter: boolean;
  /** A value that was unlawful now is lawful. */
  readonly looser: boolean;
}

export type Compare<T> = (one: T, other: T) => number;

/** The interval of a least and a most, both lawful themselves. */
export const closed = <T>(least: T | undefined, most: T | undefined): Interval<T> => ({
  ...(least === undefined ? {} : { lower: { at: least, open: false } }),
  ...(most === undefined ? {} : { upper: { at: most, open: false } }),
});

/** Whether the lower edge keeps out what the other lets in. */
export function beginsLater<T>(one: Edge<T> | undefined, other: Edge<T> | undefined, compare: Compare<T>): boolean {
  if (one === undefined) return false;
  if (other === undefined) return true;
  const order = compare(one.at, other.at);
  return order > 0 || (order === 0 && one.open && !other.open);
}

/** Whether the upper edge keeps out what the other lets in. */
export const endsEarlier = <T>(one: Edge<T> | undefined, other: Edge<T> | undefined, compare: Compare<T>): boolean =>
  beginsLater(one, other, (a, b) => compare(b, a));

/** Whether the first keeps out a value that the second lets in. */
export const excludesOf = <T>(one: Interval<T>, other: Interval<T>, compare: Compare<T>): boolean =>
  beginsLater(one.lower, other.lower, compare) || endsEarlier(one.upper, other.upper, compare);

export const directionOf = <T>(before: Interval<T>, after: Interval<T>, compare: Compare<T>): Direction => ({
  tighter: excludesOf(after, before, compare),
  looser: excludesOf(before, after, compare),
});

/** What lies in both. */
export function intersection<T>(one: Interval<T>, other: Interval<T>, compare: Compare<T>): Interval<T> {
  const lower = beginsLater(one.lower, other.lower, compare) ? one.lower : other.lower;
  const upper = endsEarlier(one.upper, other.upper, compare) ? one.upper : other.upper;
  return { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) };
}
