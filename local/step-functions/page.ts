import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';

/** What a page holds at most, and where nothing is said. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const MOST = 1000;
const USUAL = 100;

/** A page of things, as `maxResults` and `nextToken` ask for it. @throws ServiceError InvalidToken, ValidationException */
export function page<Item>(
  all: readonly Item[],
  input: Members,
  longestToken: number,
): { readonly items: readonly Item[]; readonly rest: { readonly nextToken?: string } } {
  const asked = input.optionalNumber('maxResults') ?? 0;
  if (!Number.isInteger(asked)) throw input.invalid('maxResults', `must be a whole number, got ${asked}`);
  if (asked < 0) throw unlawful('maxResults', asked, 'Member must have value greater than or equal to 0');
  if (asked > MOST) throw unlawful('maxResults', asked, `Member must have value less than or equal to ${MOST}`);
  const token = input.optionalText('nextToken');
  if (token !== undefined && token.length > longestToken)
    throw unlawful('nextToken', token, `Member must have length less than or equal to ${longestToken}`);
  const from = placeOf(token);
  const end = from + (asked || USUAL);
  return {
    items: all.slice(from, end),
    rest: end < all.length ? { nextToken: Buffer.from(`from ${end}`).toString('base64') } : {},
  };
}

/** What AWS says of a member that its model does not take. */
export const unlawful = (member: string, value: string | number, constraint: string): ServiceError =>
  new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

function placeOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, place] = /^from (\d{1,6})$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (place === undefined) throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`);
  return Number(place);
}
