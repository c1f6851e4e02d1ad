import { invalidInput } from './glue-error.ts';

/** One answer's share of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Goes into the answer as it stands. */
  readonly next: { readonly NextToken?: string };
}

/**
 * The page that a request asks for. A token names the last item that was given, so that what is added or gone meanwhile moves nothing else.
 *
 * @param all In order of `keyOf`.
 * @param most Items in one answer, at most, and where the request asks for no fewer.
 * @throws ServiceError InvalidInputException
 */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  input: Readonly<Record<string, unknown>>,
  most: number,
): Page<T> {
  const { MaxResults: asked = most, NextToken: token } = input;
  if (typeof asked !== 'number' || !Number.isSafeInteger(asked) || asked < 1 || asked > most)
    throw invalidInput(
      `1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value between 1 and ${most}`,
    );
  const after = token === undefined || token === '' ? undefined : readToken(token);
  const start = after === undefined ? 0 : all.findIndex((item) => keyOf(item) > after);
  const items = start === -1 ? [] : all.slice(start, start + asked);
  const last = items.at(-1);
  const more = last !== undefined && start + items.length < all.length;
  return { items, next: more ? { NextToken: Buffer.from(keyOf(last)).toString('base64url') } : {} };
}

function readToken(token: unknown): string {
  if (typeof token !== 'string' || !/^[\w-]+$/.test(token)) throw invalidInput("'NextToken' must come from an earlier answer");
  return Buffer.from(token, 'base64url').toString('utf8');
}
