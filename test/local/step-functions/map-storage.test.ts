import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mapStorage } from '../../../local/step-functions/index.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';

const caller: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/workflow/states', accountId: '123456789012' };
const folder = mkdtempSync(path.join(tmpdir(), 'map-storage-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const denied = (): never => {
  throw new ServiceError('AccessDenied', 'not allowed', 403);
};

test('objects are read by their version, and listed as an ItemReader hands them on', () => {
  const file = path.join(folder, 'body');
  writeFileSync(file, 'body');
  const asked: unknown[] = [];
  const version = { file, key: 'in/1', etag: 'abc', lastModified: 1_000_000, size: 4, storageClass: 'STANDARD' };
  const storage = mapStorage({
    reads: { get: (by: Caller, place: object) => (asked.push([by, place]), { version }) },
    listObjects: () => [version],
  } as never);
  const place = { bucket: 'b', key: 'in/1', versionId: 'v' };
  expect(storage.read(caller, place).toString()).toBe('body');
  expect(asked).toEqual([[caller, place]]);
  expect(storage.list(caller, 'b', 'in/')).toEqual([
    { Etag: '"abc"', Key: 'in/1', LastModified: 1000, Size: 4, StorageClass: 'STANDARD' },
  ]);
});

test('what S3 refuses fails the reader, or the writer', () => {
  const storage = mapStorage({ reads: { get: denied }, listObjects: denied, put: denied } as never);
  const cause = expect.stringMatching(/^not allowed \(Service: S3, Status Code: 403, Request ID: /) as string;
  const failure = (code: string) => expect.objectContaining({ code, reason: cause }) as Error;
  expect(() => storage.read(caller, { bucket: 'b', key: 'k' })).toThrow(failure('States.ItemReaderFailed'));
  expect(() => storage.list(caller, 'b', '')).toThrow(failure('States.ItemReaderFailed'));
  expect(() => {
    storage.write(caller, 'b', 'k', Buffer.from(''));
  }).toThrow(failure('States.ResultWriterFailed'));
});
