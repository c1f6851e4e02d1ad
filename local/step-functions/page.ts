import type { Members } from '../input.ts';
import { placeOf, shareFrom } from '../pages.ts';
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
  const size = input.optionalNumber('maxResults') ?? 0;
  if (!Number.isInteger(size)) throw input.invalid('maxResults', `must be a whole number, got ${size}`);
  if (size < 0) throw unlawful('maxResults', size, 'Member must have value greater than or equal to 0');
  if (size > MOST) throw unlawful('maxResults', size, `Member must have value less than or equal to ${MOST}`);
  const asked = input.optionalText('nextToken');
  if (asked !== undefined && asked.length > longestToken)
    throw unlawful('nextToken', asked, `Member must have length less than or equal to ${longestToken}`);
  const from = asked === undefined ? 0 : placeOf(asked);
  if (from === undefined) throw new ServiceError('InvalidToken', `Invalid Token: '${asked}'`);
  const { items, token } = shareFrom(all, from, size || USUAL);
  return { items, rest: token === undefined ? {} : { nextToken: token } };
}

/** What AWS says of a member that its model does not take. */
export const unlawful = (member: string, value: string | number, constraint: string): ServiceError =>
  new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
