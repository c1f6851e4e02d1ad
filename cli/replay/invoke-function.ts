import http from 'node:http';
import { z } from 'zod';
import { signatureTime } from '../../local/endpoint/doubt.ts';
import { sha256, sign } from '../../local/endpoint/signature.ts';
import { CommandError } from '../command-error.ts';
import type { Keys } from '../local/variables.ts';

/** Where a function is invoked, and as whom. */
export interface Invoker {
  readonly endpoint: string;
  readonly region: string;
  readonly keys: Keys;
}

const refusal = z.object({ message: z.string() });
const functionError = z.object({ errorType: z.string(), errorMessage: z.string() });

/** Invokes a function and waits for its answer. @throws {@link CommandError} by the service's code, or by the name of the error that the function threw */
export async function invokeFunction(invoker: Invoker, name: string, input: object): Promise<unknown> {
  const { status, headers, text } = await post(invoker, `/2015-03-31/functions/${name}/invocations`, JSON.stringify(input));
  const answer: unknown = JSON.parse(text);
  if (status !== 200) throw new CommandError(String(headers['x-amzn-errortype'] ?? status), refusal.parse(answer).message);
  if (headers['x-amz-function-error'] === undefined) return answer;
  const { errorType, errorMessage } = functionError.parse(answer);
  throw new CommandError(errorType, errorMessage);
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

function post({ endpoint, region, keys }: Invoker, path: string, body: string): Promise<Answer> {
  const url = new URL(path, endpoint);
  const time = signatureTime(Date.now());
  const headers = {
    'content-type': 'application/json',
    host: url.host,
    'x-amz-date': time,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
  };
  const scope = { date: time.slice(0, 8), region, service: 'lambda', signedHeaders: Object.keys(headers).sort() };
  const signing = { secret: keys.secretAccessKey, time, payloadHash: sha256(body) };
  const signature = sign({ method: 'POST', path, query: [], headers }, scope, signing).toString('hex');
  const credential = `${keys.accessKeyId}/${scope.date}/${region}/lambda/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${scope.signedHeaders.join(';')}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method: 'POST', headers: { ...headers, authorization } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      response.on('error', reject);
    });
    sent.on('error', ({ message }) => {
      reject(
        new CommandError(
          'NotAnswering',
          `the platform at '${endpoint}' must answer, got ${message}; 'headwaters local status' tells whether its process still runs`,
        ),
      );
    });
    sent.end(body);
  });
}
