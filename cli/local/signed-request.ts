import http from 'node:http';
import { signatureTime } from '../../local/endpoint/doubt.ts';
import { sha256, sign } from '../../local/endpoint/signature.ts';
import { CommandError } from '../command-error.ts';
import type { Keys } from './variables.ts';

/** A running platform, and as whom it is called. */
export interface Caller {
  readonly endpoint: string;
  readonly region: string;
  readonly keys: Keys;
}

/** What is posted, and to which service. */
export interface SignedRequest {
  readonly service: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds without an answer. @default - as long as it takes */
  readonly patience?: number | undefined;
}

export interface SignedAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Posts to a running platform with Signature Version 4. @throws {@link CommandError} `NotAnswering` */
export function post({ endpoint, region, keys }: Caller, request: SignedRequest): Promise<SignedAnswer> {
  const { service, path, body, patience = 0 } = request;
  const url = new URL(path, endpoint);
  const time = signatureTime(Date.now());
  const headers = {
    ...request.headers,
    host: url.host,
    'x-amz-date': time,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
  };
  const scope = { date: time.slice(0, 8), region, service, signedHeaders: Object.keys(headers).sort() };
  const signing = { secret: keys.secretAccessKey, time, payloadHash: sha256(body) };
  const signature = sign({ method: 'POST', path, query: [], headers }, scope, signing).toString('hex');
  const credential = `${keys.accessKeyId}/${scope.date}/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${scope.signedHeaders.join(';')}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const failed = ({ message }: Error): void => {
      reject(
        new CommandError(
          'NotAnswering',
          `the platform at '${endpoint}' must answer, got ${message}; 'headwaters local status' tells whether its process still runs`,
        ),
      );
    };
    const sent = http.request(url, { method: 'POST', headers: { ...headers, authorization }, timeout: patience }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      response.on('error', failed);
    });
    sent.on('timeout', () => {
      sent.destroy(new Error(`no answer in ${patience / 1000} s`));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}
