import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { ServiceError } from '../service.ts';
import { unchunk } from './aws-chunked.ts';
import { isLarge, spool } from './s3-spool.ts';
import { header, type RequestHead, type WireRequest } from './wire.ts';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function queryOf(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1))];
    });
}

/** What says in which protocol to answer, even where the rest cannot be read. */
export function headOf(incoming: IncomingMessage | Http2ServerRequest): RequestHead {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    search: mark < 0 ? '' : url.slice(mark + 1),
    headers: incoming.headers,
  };
}

/**
 * Reads a request to its end.
 *
 * @param spools Whether a large body goes to a file, for whoever reads it from there.
 * @throws ServiceError InvalidURI, IncompleteBody
 */
export async function readRequest(incoming: IncomingMessage | Http2ServerRequest, spools = false): Promise<WireRequest> {
  const { search: large, ...line } = headOf(incoming);
  if (spools && isLarge(line)) {
    decoded(line.path);
    const query = queryOf(large);
    const { spooled, trailers } = await spool(incoming, line);
    return { ...line, query, headers: { ...trailers, ...line.headers }, body: Buffer.alloc(0), spooled };
  }
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', resolve);
    incoming.once('error', reject);
    incoming.once('close', () => {
      reject(new ServiceError('RequestTimeout', 'The connection was closed before the request was complete'));
    });
  });
  const [only] = chunks;
  const raw = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  const { search, ...head } = headOf(incoming);
  const request = { ...head, query: queryOf(search), body: raw };
  decoded(head.path); // refused here, so that all who read it later may rely on it
  const encodings = (header(head, 'content-encoding') ?? '').split(/\s*,\s*/);
  if (!encodings.includes('aws-chunked') && header(head, 'x-amz-content-sha256')?.startsWith('STREAMING-') !== true)
    return request;
  const { body, trailers } = unchunk(raw);
  if (body.length !== Number(header(head, 'x-amz-decoded-content-length') ?? body.length)) {
    throw new ServiceError('IncompleteBody', "the body is not as long as 'x-amz-decoded-content-length' says");
  }
  return { ...request, headers: { ...trailers, ...head.headers }, body };
}
