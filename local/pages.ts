/** One answer's share of a list from a place on. */
export interface Share<Item> {
  readonly items: readonly Item[];
  /** Names the place where the next begins; undefined where none follows. */
  readonly token: string | undefined;
}

export function shareFrom<Item>(all: readonly Item[], place: number, size: number): Share<Item> {
  const end = place + size;
  return { items: all.slice(place, end), token: end < all.length ? placeToken(end) : undefined };
}

export const placeToken = (place: number): string => Buffer.from(`from ${place}`).toString('base64');

/** Undefined for a text that no {@link placeToken} is. */
export function placeOf(token: string): number | undefined {
  const [, place] = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  return place === undefined ? undefined : Number(place);
}

/** One answer's share of a list after a key. */
export interface KeyedShare<Item> {
  readonly items: readonly Item[];
  /** The last key given, after which the next begins; undefined where none follows. */
  readonly last: string | undefined;
}

/**
 * Goes by what was given, not by its place, so that what is added or gone meanwhile moves nothing else.
 *
 * @param all In order of `keyOf`
 * @param after Undefined for the first share
 */
export function shareAfter<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  after: string | undefined,
  size: number,
): KeyedShare<Item> {
  const next = after === undefined ? 0 : all.findIndex((item) => keyOf(item) > after);
  const start = next === -1 ? all.length : next;
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  return { items, last: last !== undefined && start + items.length < all.length ? keyOf(last) : undefined };
}
