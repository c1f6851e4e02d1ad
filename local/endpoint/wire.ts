import type { IncomingHttpHeaders } from 'node:http';
import type { Spooled } from './s3-spool.ts';

/** A request as it came, with its body read and, where it was `aws-chunked`, put together. */
export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  /** Names and values, decoded, in the order in which they came. */
  readonly query: readonly (readonly [string, string])[];
  /** Of HTTP/2, `:authority` included. Trailers are among them. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Where a body lies that is too large for memory; `body` is then empty. */
  readonly spooled?: Spooled;
}

/** The request line and the headers: what is there before the body, and whether or not it can be read. */
export interface RequestHead extends Omit<WireRequest, 'body' | 'query'> {
  /** What follows the question mark, still percent-encoded. */
  readonly search: string;
}

/** Part of a file: `end` is inclusive, as in `Range`. */
export interface FileSlice {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** An answer, before it is written to HTTP/1.1 or HTTP/2. */
export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | FileSlice;
}

export const isSlice = (body: WireResponse['body']): body is FileSlice => typeof body === 'object' && !Buffer.isBuffer(body);

/** One header's text; of a repeated one, the values joined. */
export function header({ headers }: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** Percent-encodes all that RFC 3986 does not leave unreserved, as signatures and S3's listings want it. */
export const encodeUri = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
