import type { Members } from './input.ts';
import { shareAfter } from './pages.ts';
import { ServiceError } from './service.ts';

/** One answer's share of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Goes into the answer as it stands. */
  readonly next: { readonly NextToken?: string };
}

/** What pages are of. */
export interface Listing {
  readonly most: number;
  /** The code of the error for a token. */
  readonly badToken: string;
}

/**
 * The page that a request asks for. A token names the last item that was given, so that what is added or gone meanwhile moves nothing else.
 *
 * @param all In order of `keyOf`
 * @param listing What one answer holds at most, and where the request does not say; and how a token that is none is refused
 * @throws ServiceError ValidationException, or the listing's code for a token
 */
export function pageOf<T>(all: readonly T[], keyOf: (item: T) => string, input: Members, { most, badToken }: Listing): Page<T> {
  const asked = input.optionalNumber('MaxResults') ?? most;
  if (!Number.isInteger(asked) || asked < 1 || asked > most)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${asked}' at 'maxResults' failed to satisfy constraint: Member must have value ${asked < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`}`,
    );
  const token = input.optionalText('NextToken');
  const { items, last } = shareAfter(all, keyOf, token === undefined ? undefined : readToken(token, badToken), asked);
  return { items, next: last === undefined ? {} : { NextToken: Buffer.from(`after ${last}`).toString('base64') } };
}

function readToken(token: string, code: string): string {
  const [, last] = /^after (.+)$/s.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (last === undefined) throw new ServiceError(code, 'The specified token is not valid.');
  return last;
}
