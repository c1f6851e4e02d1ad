import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSecret } from '../../../constructs/ingestion/read-secret.lambda.ts';
import { SECRET } from '../../support/contracts.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:probe';
/** What is answered to each request in turn; nothing at all where it is undefined. */
let answers: (string | undefined)[] = [];
const server = http.createServer((request, response) => {
  const answer = answers.shift();
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (answer !== undefined) response.end(JSON.stringify({ SecretString: answer }));
  });
});
const variables = process.env;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.env = {
    ...variables,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
});
afterAll(() => {
  process.env = variables;
  server.closeAllConnections();
  server.close();
});

test('asks again where nobody answers', async () => {
  answers = [undefined, SECRET];
  expect(await readSecret(ARN)).toBe(SECRET);
});

test('gives up while the function may still start', async () => {
  answers = [];
  const start = performance.now();
  await expect(readSecret(ARN)).rejects.toThrow('2500 ms');
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('fails for a secret that can be guessed', async () => {
  answers = ['short'];
  await expect(readSecret(ARN)).rejects.toThrow('the protection secret must have at least 32 characters, got 5');
});
