import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import { assume } from '../../../cli/platform/session.ts';

/** What STS and Kinesis answer, as much of it as a session asks for. */
const SESSION =
  '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId>' +
  '<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>';
const PUT = JSON.stringify({ FailedRecordCount: 0, Records: [{ SequenceNumber: '1', ShardId: 'shardId-000000000000' }] });

let server: net.Server;
const sockets = new Set<net.Socket>();
let streamConnections = 0;

beforeAll(async () => {
  const sts = http.createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'text/xml').end(SESSION));
  });
  const kinesis = http2.createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(PUT);
    });
  });
  server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('readable', () => {
      const first: unknown = socket.read();
      if (!Buffer.isBuffer(first)) return;
      socket.unshift(first);
      const isHttp2 = first.toString('latin1', 0, 3) === 'PRI';
      if (isHttp2) streamConnections += 1;
      (isHttp2 ? kinesis : sts).emit('connection', socket);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('puts one call after another over one connection', async () => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const place = { endpoint, region: 'us-east-1', operator: { accessKeyId: 'a', secretAccessKey: 's' } };
  const clients = await assume(place, 'arn:aws:iam::123456789012:role/producer', 'test');
  const call = new PutRecordsCommand({ StreamName: 'stream', Records: [{ Data: Buffer.from('{}'), PartitionKey: 'k' }] });
  for (let calls = 0; calls < 3; calls += 1) await clients.kinesis.send(call);
  clients.close();
  expect(streamConnections).toBe(1);
});
