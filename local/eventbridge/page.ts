import type { Members } from '../input.ts';
import { placeOf, shareFrom } from '../pages.ts';
import { ServiceError } from '../service.ts';

/** Most items of one answer. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const MOST = 100;

/** A part of a list, as `Limit` and `NextToken` ask for it. @throws ServiceError ValidationException */
export function page<Item>(
  all: readonly Item[],
  input: Members,
): { readonly items: readonly Item[]; readonly rest: { readonly NextToken?: string } } {
  const limit = input.optionalNumber('Limit') ?? MOST;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${MOST}`}`,
    );
  const asked = input.optionalText('NextToken');
  const from = asked === undefined ? 0 : placeOf(asked);
  if (from === undefined) throw new ServiceError('ValidationException', 'Parameter NextToken is not valid.');
  const { items, token } = shareFrom(all, from, limit);
  return { items, rest: token === undefined ? {} : { NextToken: token } };
}
