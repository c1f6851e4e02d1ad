import type { IncomingHttpHeaders } from 'node:http';

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
  readonly body?: string | FileSlice;
}

/** One header's text; of a repeated one, the values joined. */
export function header({ headers }: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** Percent-encodes all that RFC 3986 does not leave unreserved, as signatures and S3's listings want it. */
export const encodeUri = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
