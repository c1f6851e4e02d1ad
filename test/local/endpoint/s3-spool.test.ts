import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { unchunk } from '../../../local/endpoint/aws-chunked.ts';
import { discard, isLarge, spool } from '../../../local/endpoint/s3-spool.ts';
import { ServiceError } from '../../../local/service.ts';

const chunked = '5\r\nhello\r\n6;chunk-signature=x\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n';
const inPieces = (text: string, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
      Buffer.from(text.slice(index * size, (index + 1) * size)),
    ),
  );
const chunkedHeaders = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '11' };

test.each([1, 2, 3, 7, 1000])('a chunked body that comes %d bytes at a time is put together on disk', async (size) => {
  const { spooled, trailers } = await spool(inPieces(chunked, size), { headers: chunkedHeaders });
  expect(fs.readFileSync(spooled.file, 'utf8')).toBe('hello world');
  expect([spooled.size, trailers['x-amz-checksum-crc32']]).toEqual([11, 'DUoRhQ==']);
  await discard({ method: 'PUT', path: '/', query: [], headers: {}, body: Buffer.alloc(0), spooled });
  expect(fs.existsSync(spooled.file)).toBe(false);
});

test('a trailer may have any name', () => {
  const { trailers } = unchunk(Buffer.from('0\r\n__proto__:x\r\n\r\n'));
  expect(Object.entries(trailers)).toEqual([['__proto__', 'x']]);
});

test('a plain body is kept as it comes, with the hash that its signature holds', async () => {
  const { spooled } = await spool(inPieces('hello', 2), { headers: {} });
  expect(spooled.sha256).toBe(createHash('sha256').update('hello').digest('hex'));
  fs.rmSync(spooled.file);
});

test.each([
  ['that ends within a chunk', '5\r\nhel'],
  ['that has no last chunk', '5\r\nhello\r\n'],
  ['with a length that is no number', 'x\r\nhello\r\n0\r\n\r\n'],
  ['with more than its chunk', '4\r\nhello\r\n0\r\n\r\n'],
  ['with a bare line feed', '5\nhello\r\n0\r\n\r\n'],
  ['that is not as long as it says', '4\r\nhell\r\n0\r\n\r\n'],
])('fails on a chunked body %s, and leaves nothing behind', async (_name, text) => {
  const own = fs.mkdtempSync(path.join(os.tmpdir(), 'headwaters-test-')); // other suites spool beside this one
  await expect(spool(inPieces(text, 3), { headers: chunkedHeaders }, own)).rejects.toMatchObject({ code: 'IncompleteBody' });
  expect(fs.readdirSync(own)).toEqual([]);
  fs.rmdirSync(own);
  if (text.startsWith('4\r\nhell\r')) return; // whole, but for the header that says otherwise
  expect(() => unchunk(Buffer.from(text))).toThrow(ServiceError);
});

test.each([
  [{ 'content-length': '8388608' }, false],
  [{ 'content-length': '8388609' }, true],
  [{ 'transfer-encoding': 'chunked', 'x-amz-decoded-content-length': '8388608' }, false],
  [{ 'transfer-encoding': 'chunked', 'x-amz-decoded-content-length': '8388609' }, true],
  [{ 'transfer-encoding': 'chunked' }, true],
  [{}, false],
])('of a body with %j, over 8 MiB or of unknown length, it is %s that it goes to disk', (headers, large) => {
  expect(isLarge({ headers })).toBe(large);
});
