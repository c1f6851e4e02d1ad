import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { S3 } from '../../../local/s3/index.ts';
import { lakeWith, operator } from './lake.ts';

let lake = lakeWith({ versioned: true });
beforeEach(() => {
  lake = lakeWith({ versioned: true });
});
afterEach(() => {
  lake.remove();
});
const Key = { bucket: 'lake', key: 'big' };
const filesOf = (): string[] =>
  fs
    .readdirSync(path.join(lake.root, 'lake'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
const again = (): S3 => {
  const s3 = new S3({ root: lake.root, access: lake.iam, clock: lake.clock });
  s3.load();
  return s3;
};
const index = (): string => path.join(lake.root, 'lake', 'index.json');

/** An upload with one part of five bytes, and what completes it. */
function upload() {
  const { uploadId } = lake.s3.multipart.create(operator, Key, {});
  const place = { ...Key, uploadId };
  const { etag } = lake.s3.multipart.putPart(operator, place, 1, Buffer.from('parts'));
  return { place, completion: { parts: [{ number: 1, etag }] } };
}

test('uploads under way outlast a process, parts and all', () => {
  const { place, completion } = upload();
  lake.s3.save();
  const s3 = again();
  s3.multipart.complete(operator, place, completion);
  expect(fs.readFileSync(s3.getObject(operator, 'lake', 'big').file, 'utf8')).toBe('parts');
});

test('the parts of an upload are gone with it, unless a saved index names them', () => {
  const { place, completion } = upload();
  lake.s3.multipart.complete(operator, place, completion);
  expect(filesOf()).toHaveLength(1); // the object
  const other = upload();
  lake.s3.save();
  lake.s3.multipart.abort(operator, other.place);
  expect(filesOf()).toHaveLength(3); // the object, the part and the index that names both
  lake.s3.save();
  expect(filesOf()).toHaveLength(2);
});

test('what a killed process wrote and did not save is swept away', () => {
  lake.s3.put(operator, 'lake', 'kept', Buffer.from('kept'));
  lake.s3.save();
  lake.s3.put(operator, 'lake', 'lost', Buffer.from('lost'));
  fs.writeFileSync(path.join(lake.root, 'lake', 'objects', '0', '7.tmp'), 'half');
  fs.writeFileSync(`${index()}.tmp`, '{"format":2,"sett');
  const s3 = again();
  expect(s3.listObjects(operator, 'lake', '').map(({ key }) => key)).toEqual(['kept']);
  expect(fs.readFileSync(s3.getObject(operator, 'lake', 'kept').file, 'utf8')).toBe('kept');
  expect(filesOf().filter((file) => file.includes('objects'))).toHaveLength(1);
});

test.each([
  ['that is cut short', () => fs.readFileSync(index(), 'utf8').slice(0, -10)],
  ['of another version', () => JSON.stringify({ format: 1 })],
])('fails on an index %s, and quotes nothing of it', (_name, text) => {
  lake.s3.put(operator, 'lake', 'secret-key', Buffer.from('x'));
  lake.s3.save();
  fs.writeFileSync(index(), text());
  expect(again).toThrow(`'${index()}' is not an index of this version of headwaters; delete the folder it lies in`);
});

test('fails on an index whose bytes are not there', () => {
  const { file } = lake.s3.put(operator, 'lake', 'k', Buffer.from('x'));
  lake.s3.save();
  fs.rmSync(file);
  expect(again).toThrow('names bytes that are not there');
});

/** Puts, uploads, deletes and saves without end, until it is killed. */
const BUSY = `
  import { SimulatedClock } from './local/clock.ts';
  import { S3 } from './local/s3/index.ts';
  const caller = { arn: 'arn:aws:iam::123456789012:user/u', accountId: '123456789012' };
  const s3 = new S3({ root: process.argv[1], access: { check: () => undefined }, clock: new SimulatedClock(0) });
  s3.createBucket({ name: 'lake', arn: 'arn:aws:s3:::lake', region: 'us-east-1', bucketKeyEnabled: false, versioned: true });
  s3.save();
  process.stdout.write('ready');
  for (let round = 0; ; round++) {
    s3.put(caller, 'lake', 'k' + (round % 7), Buffer.alloc(5000, String(round)));
    const place = { bucket: 'lake', key: 'm' };
    const { uploadId } = s3.multipart.create(caller, place, {});
    const { etag } = s3.multipart.putPart(caller, { ...place, uploadId }, 1, Buffer.alloc(3000, 'x'));
    if (round % 3 === 0) s3.multipart.complete(caller, { ...place, uploadId }, { parts: [{ number: 1, etag }] });
    else s3.multipart.abort(caller, { ...place, uploadId });
    if (round % 5 === 0) s3.writes.delete(caller, { bucket: 'lake', key: 'k' + (round % 7) });
    if (round % 4 === 0) s3.save();
  }
`;

/** Runs the busy process and kills it some milliseconds after its first save. */
async function runAndKill(root: string, after: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', BUSY, root], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
  const signal = await new Promise((resolve) =>
    child.on('close', (_code, killedBy) => {
      resolve(killedBy);
    }),
  );
  expect(signal).toBe('SIGKILL');
}

test('a process killed at any moment leaves what the next can read', async () => {
  for (let kill = 0; kill < 6; kill++) {
    await runAndKill(lake.root, 3 + kill * 17);
    const s3 = again();
    for (const { key, file, size } of s3.listObjects(operator, 'lake', '')) {
      expect([key, fs.statSync(file).size]).toEqual([key, size]);
    }
  }
}, 60_000);
