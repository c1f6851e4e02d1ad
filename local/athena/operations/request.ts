import { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalid } from '../invalid-request.ts';

/** A request's members; one that nobody here reads could change what happens, and is refused by name. */
export const request = (input: Readonly<Record<string, unknown>>, ...known: readonly string[]): Members =>
  new Members(input, (message) => invalid(message)).only(known);

/** A page of a list by its places. */
export interface Paging {
  readonly start: number;
  readonly count: number;
}

/** @param most Items in one answer, at most, and where the request asks for no fewer. @throws ServiceError InvalidRequestException */
export function paging(members: Members, most: number): Paging {
  const count = members.optionalNumber('MaxResults') ?? most;
  if (!Number.isSafeInteger(count) || count < 1 || count > most)
    throw members.invalid('MaxResults', `must be a whole number from 1 to ${most}`);
  const token = members.optionalText('NextToken') ?? '0';
  if (!/^\d{1,15}$/.test(token)) throw members.invalid('NextToken', 'must come from an earlier answer');
  return { start: Number(token), count };
}

/** One page, and the token of the next where there is one. */
export function page<T>(
  all: readonly T[],
  { start, count }: Paging,
): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const end = start + count;
  return { items: all.slice(start, end), next: end < all.length ? { NextToken: String(end) } : {} };
}

/** What was found of `wanted`, and what was not with its reason. */
export function each<T>(
  wanted: readonly string[],
  most: number,
  find: (name: string) => T,
): { readonly found: T[]; readonly missing: (readonly [string, ServiceError])[] } {
  if (wanted.length === 0 || wanted.length > most)
    throw invalid(`a batch must have from 1 to ${most} members, got ${wanted.length}`);
  const found: T[] = [];
  const missing: (readonly [string, ServiceError])[] = [];
  for (const name of wanted) {
    try {
      found.push(find(name));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code.startsWith('AccessDenied')) throw error;
      missing.push([name, error]);
    }
  }
  return { found, missing };
}
