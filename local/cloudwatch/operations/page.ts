import type { Members } from '../../input.ts';
import { placeOf, shareFrom } from '../../pages.ts';
import { ServiceError } from '../../service.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html; where nothing is said the most, for AWS does not document how many it gives */
const MOST_RECORDS = 100;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Goes into the answer as it stands. */
  readonly rest: { readonly NextToken?: string };
}

/** A page of alarms or of what became of them, as `MaxRecords` and `NextToken` ask for it. @throws ServiceError InvalidNextToken */
export function recordsPage<Item>(all: readonly Item[], input: Members): Page<Item> {
  const size = input.optionalNumber('MaxRecords') ?? MOST_RECORDS;
  if (!Number.isInteger(size) || size < 1 || size > MOST_RECORDS)
    throw input.invalid('MaxRecords', `must be from 1 to ${MOST_RECORDS}`);
  return pageOf(
    all,
    size,
    placeIn(input, () => new ServiceError('InvalidNextToken', 'The next token specified is invalid.')),
  );
}

export function pageOf<Item>(all: readonly Item[], size: number, from: number): Page<Item> {
  const { items, token } = shareFrom(all, from, size);
  return { items, rest: token === undefined ? {} : { NextToken: token } };
}

/** Where the page begins that a token asks for. @throws what `refuse` makes for a token that no answer gave */
export function placeIn(input: Members, refuse: () => Error): number {
  const token = input.optionalText('NextToken');
  const place = token === undefined ? 0 : placeOf(token);
  if (place === undefined) throw refuse();
  return place;
}
