import { createHash } from 'node:crypto';
import type { NewBucket, S3 } from '../s3/index.ts';
import type { Caller } from '../service.ts';
import type { Heeds, S3Request } from './s3-request.ts';
import type { WireResponse } from './wire.ts';
import { xml } from './xml.ts';

/** A request on its way through S3. */
export interface S3Call extends S3Request {
  readonly s3: S3;
  readonly caller: Caller;
}

/** An operation that is served: what it heeds, and what it does. */
export interface S3Operation extends Heeds {
  readonly answer: (call: S3Call) => WireResponse;
}

const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const xmlAnswer = (
  root: string,
  content: object | string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: xml(root, content, S3_NAMESPACE),
});

/** Who owns all that is here, by a canonical id: 64 hexadecimal digits, which an account has for good. */
export const ownerOf = ({ accountId }: Pick<NewBucket, 'accountId'>, caller: Caller): object => ({
  ID: createHash('sha256')
    .update(accountId ?? caller.accountId)
    .digest('hex'),
});

/** A time as S3's documents tell it: of whole seconds, with milliseconds that are none. */
export const isoTime = (time: number): string => new Date(Math.floor(time / 1000) * 1000).toISOString();
export const httpTime = (time: number): string => new Date(time).toUTCString();

/** Members without those that are undefined. */
export function present(members: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, string] => member[1] !== undefined));
}
