import { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalid } from '../invalid-request.ts';
import type { PageRequest } from '../result-page.ts';
import { lengthBroken, valueBroken, violations } from './constraints.ts';

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
  const { count = most, token = '0' } = pageIn(members, most);
  if (!/^\d{1,15}$/.test(token)) throw invalid(`The nextPageToken is malformed: ${token}`);
  return { start: Number(token), count };
}

/** The page that a request asks for, as far as the service's model judges it. @throws ServiceError InvalidRequestException */
export function pageIn(members: Members, most: number): PageRequest {
  const given = members.optionalNumber('MaxResults');
  const count = given === undefined ? undefined : Math.trunc(given);
  const token = members.optionalText('NextToken');
  const broken = [
    token === undefined ? undefined : lengthBroken('nextToken', token, 1),
    count === undefined ? undefined : valueBroken('maxResults', count, 1, most),
  ].filter((rule) => rule !== undefined);
  if (broken.length > 0) throw violations(...broken);
  return { token, count };
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
