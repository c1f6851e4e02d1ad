import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { post } from '../../../cli/local/signed-request.ts';

let endpoint = '';
const server = http.createServer((request, response) => {
  if (request.url === '/begun') response.write('{', () => request.destroy());
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['no answer comes in time', '/none', 'no answer in 0.2 s'],
  ['an answer breaks off', '/begun', 'aborted'],
])('fails with NotAnswering where %s', async (_, path, reason) => {
  const caller = { endpoint, region: 'eu-west-1', keys: { accessKeyId: 'AKID', secretAccessKey: 'secret' } };
  await expect(post(caller, { service: 'lambda', path, headers: {}, body: '{}', patience: 200 })).rejects.toThrow(
    `NotAnswering: the platform at '${endpoint}' must answer, got ${reason}; 'headwaters local status'`,
  );
});
