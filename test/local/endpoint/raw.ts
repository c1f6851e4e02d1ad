import http from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../local/iam/index.ts';

/** A request as it goes over the wire. */
export interface Raw {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: Buffer | string;
}

export interface SendOptions {
  readonly service?: string;
  /** When it says that it was signed. */
  readonly at?: Date;
  /** Seconds for which its URL is signed, in place of its headers. */
  readonly expiresIn?: number;
  /** Changes what was signed. */
  readonly tamper?: (signed: Raw) => Raw;
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Whether the client was told to go on before it had sent the body. */
  readonly continued: boolean;
}

/** Signs a request with the SDK's own signer, lets `tamper` change it, and sends it over HTTP/1.1. */
export async function sendRaw(
  url: string,
  credentials: Pick<Credentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>,
  raw: Raw,
  { service = 'kinesis', at = new Date(), expiresIn, tamper = (signed) => signed }: SendOptions = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    region: 'us-east-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const { method = 'POST', path = '/', body = '', query = {} } = raw;
  const request = {
    method,
    protocol: 'http:',
    hostname,
    path,
    query,
    headers: {
      host: `${hostname}:${port}`,
      ...raw.headers,
      ...(expiresIn !== undefined && service === 's3' && { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
    },
    body,
  };
  const signed =
    expiresIn === undefined
      ? await signer.sign(request, { signingDate: at })
      : await signer.presign(request, {
          signingDate: at,
          expiresIn,
          unhoistableHeaders: new Set<string>(),
          unsignableHeaders: new Set(['x-amz-content-sha256']),
        });
  const search = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const sent = {
    method,
    body,
    ...tamper({ ...raw, path: search.length === 0 ? path : `${path}?${search.join('&')}`, headers: signed.headers }),
  };
  return new Promise((resolve, reject) => {
    let continued = false;
    const outgoing = http.request({ hostname, port, method: sent.method, path: sent.path, headers: sent.headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, text, continued });
      });
    });
    outgoing.on('error', reject);
    if (sent.headers?.expect === undefined) outgoing.end(sent.body);
    else
      outgoing.on('continue', () => {
        continued = true;
        outgoing.end(sent.body);
      });
  });
}
