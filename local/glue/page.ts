import { createHash } from 'node:crypto';
import * as z from 'zod';
import { shareAfter } from '../pages.ts';
import { invalidInput } from './glue-error.ts';

/** One answer's share of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Goes into the answer as it stands. */
  readonly next: { readonly NextToken?: string };
}

/** What pages are of. */
export interface Listing {
  readonly operation: string;
  /** Items in one answer, at most, and where the request asks for no fewer. */
  readonly most: number;
}

/** What a token says: the last item that was given, and in answer to what. */
const tokenShape = z.strictObject({ after: z.string(), of: z.string() });

/**
 * The page that a request asks for. A token names the last item that was given, so that what is added or gone meanwhile moves nothing else.
 *
 * @param all In order of `keyOf`.
 * @throws ServiceError InvalidInputException for a token that no answer to the same request gave, among other reasons
 */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  input: Readonly<Record<string, unknown>>,
  { operation, most }: Listing,
): Page<T> {
  const { MaxResults: asked = most, NextToken: token } = input;
  if (typeof asked !== 'number' || !Number.isSafeInteger(asked) || asked < 1 || asked > most)
    throw invalidInput(
      `1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value between 1 and ${most}`,
    );
  const of = digestOf(operation, input);
  const after = token === undefined || token === '' ? undefined : readToken(token, of);
  const { items, last } = shareAfter(all, keyOf, after, asked);
  return {
    items,
    next: last === undefined ? {} : { NextToken: Buffer.from(JSON.stringify({ after: last, of })).toString('base64url') },
  };
}

/** Another page may have another size; whatever else a request says makes it another request. */
function digestOf(operation: string, input: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(input)
    .filter(([name]) => name !== 'MaxResults' && name !== 'NextToken')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([operation, members]))
    .digest('base64url');
}

function readToken(token: unknown, of: string): string {
  const read = typeof token === 'string' ? tokenShape.safeParse(parsed(token)).data : undefined;
  if (read?.of !== of) throw invalidInput("'NextToken' must come from an earlier answer to the same request");
  return read.after;
}

function parsed(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
