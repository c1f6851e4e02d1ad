import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';

/** What a page holds at most, and where nothing is said. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const MOST = 1000;
const USUAL = 100;

/** A page of things, as `maxResults` and `nextToken` ask for it. @throws ServiceError InvalidToken */
export function page<Item>(
  all: readonly Item[],
  input: Members,
): { readonly items: readonly Item[]; readonly rest: { readonly nextToken?: string } } {
  const asked = input.optionalNumber('maxResults') ?? 0;
  if (!Number.isInteger(asked) || asked < 0 || asked > MOST)
    throw input.invalid('maxResults', `must be from 0 to ${MOST}, got ${asked}`);
  const from = placeOf(input.optionalText('nextToken'));
  const end = from + (asked || USUAL);
  return {
    items: all.slice(from, end),
    rest: end < all.length ? { nextToken: Buffer.from(`from ${end}`).toString('base64') } : {},
  };
}

function placeOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, place] = /^from (\d{1,6})$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (place === undefined) throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`);
  return Number(place);
}
