import { ServiceError } from '../service.ts';

/** A body taken out of its chunks, and the trailers that followed, names in lower case. */
export interface Unchunked {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

const malformed = (): ServiceError =>
  new ServiceError('IncompleteBody', 'The request body is not well-formed aws-chunked content');

/**
 * Decodes `aws-chunked`: chunks of `<hex length>[;extension]\r\n<bytes>\r\n`, closed by an empty one and trailers.
 *
 * @throws ServiceError IncompleteBody
 */
export function unchunk(raw: Buffer): Unchunked {
  const pieces: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = raw.indexOf('\r\n', at);
    if (end < 0) throw malformed();
    const text = raw.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const [length = ''] = line().split(';');
    if (!/^[0-9a-f]{1,8}$/i.test(length)) throw malformed();
    const size = Number.parseInt(length, 16);
    if (size === 0) break;
    if (at + size + 2 > raw.length) throw malformed();
    pieces.push(raw.subarray(at, at + size));
    at += size;
    if (line() !== '') throw malformed();
  }
  const trailers: Record<string, string> = {};
  while (at < raw.length) {
    const text = line();
    const colon = text.indexOf(':');
    if (text === '') break;
    if (colon < 1) throw malformed();
    trailers[text.slice(0, colon).trim().toLowerCase()] = text.slice(colon + 1).trim();
  }
  const [only] = pieces;
  return { body: pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces), trailers };
}
