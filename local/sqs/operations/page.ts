import type { Members } from '../../input.ts';
import { shareAfter } from '../../pages.ts';
import { invalidParameter, invalidValue } from '../errors.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
const MOST = 1000;

/** One page of a list in alphabetical order, and the token of the next where there is one. @throws ServiceError InvalidParameterValueException */
export function page(
  all: readonly string[],
  input: Members,
): { readonly items: readonly string[]; readonly next: { readonly NextToken?: string } } {
  const most = input.optionalNumber('MaxResults');
  if (most !== undefined && (!Number.isInteger(most) || most < 1 || most > MOST))
    throw invalidParameter('MaxResults', most, `Must be between 1 and ${MOST}, if provided.`);
  const token = input.optionalText('NextToken');
  const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
  if (after !== undefined && !all.includes(after)) throw invalidValue('Invalid or expired next token.');
  const { items, last } = shareAfter(all, (item) => item, after, most ?? MOST);
  const isTold = most !== undefined && last !== undefined; // without MaxResults there is no token
  return { items, next: isTold ? { NextToken: Buffer.from(last).toString('base64') } : {} };
}
