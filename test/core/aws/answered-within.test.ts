import http from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { answeredWithin } from '../../../core/aws/answered-within.ts';

/** Listens, answers nothing on the first connection, and everything on those after it. */
async function listen(
  server: http.Server | http2.Http2Server,
  connected: 'connection' | 'session',
  body: string,
): Promise<string> {
  let connections = 0;
  server.on(connected, () => (connections += 1));
  server.on('request', (_: unknown, response: http.ServerResponse) => {
    if (connections > 1) response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const options = (endpoint: string) => ({
  ...answeredWithin(500),
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

test('a client of HTTP/1 asks again on a new connection', async () => {
  const server = http.createServer();
  const client = new S3Client(options(await listen(server, 'connection', '<ListBucketResult/>')));
  const { $metadata } = await client.send(new ListObjectsV2Command({ Bucket: 'probe' }));
  expect($metadata.attempts).toBe(2);
  client.destroy();
  server.close();
});

test('a client of HTTP/2 asks again in a new session', async () => {
  const server = http2.createServer();
  const client = new KinesisClient(options(await listen(server, 'session', '{"Records":[],"FailedRecordCount":0}')));
  const { $metadata } = await client.send(new PutRecordsCommand({ StreamName: 'probe', Records: [] }));
  expect($metadata.attempts).toBe(2);
  client.destroy();
  server.close();
});
