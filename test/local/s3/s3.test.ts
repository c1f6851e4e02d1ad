import fs from 'node:fs';
import path from 'node:path';
import { S3 } from '../../../local/s3/index.ts';
import { refused } from '../iam/refused.ts';
import { bucketNamed, callerWith, DAY, lakeWith, operator } from './lake.ts';

let lake = lakeWith();
afterEach(() => {
  lake.remove();
});
const again = (ephemeral: boolean): S3 => {
  const s3 = new S3({ root: lake.root, access: lake.iam, clock: lake.clock, ephemeral });
  s3.load();
  return s3;
};
const filesOf = (root: string): string[] => fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
const textOf = (s3: S3, key: string): string => fs.readFileSync(s3.getObject(operator, 'lake', key).file, 'utf8');

describe('objects', () => {
  beforeEach(() => {
    lake = lakeWith();
  });
  const keys = ['a', 'a/../../b', '/', 'a//b', 'é\u0000', 'CON', 'x'.repeat(1024), '\uffee', '😀', 'a.b c=+%?#&', '..'];

  test('keep any key, and list in the order of its bytes', () => {
    for (const key of keys) lake.s3.put(operator, 'lake', key, Buffer.from(`of ${key}`));
    expect(keys.map((key) => textOf(lake.s3, key))).toEqual(keys.map((key) => `of ${key}`));
    const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(lake.s3.listObjects(operator, 'lake', '').map(({ key }) => key)).toEqual(sorted);
    expect(filesOf(lake.root).every((file) => /^lake(\/objects(\/0(\/\d+(\.\w+)?)?)?)?$/.test(file))).toBe(true);
  });

  test('list by prefix among 20,000, and stay in order while some come and go', () => {
    const body = Buffer.alloc(0);
    const { s3 } = lake;
    const bucket = s3.bucket('lake');
    for (let index = 0; index < 20_000; index++) bucket.put(`hot/d=${index % 200}/${(index * 7919) % 20_000}`, body);
    for (let round = 0; round < 100; round++) {
      s3.put(operator, 'lake', `hot/d=7/new-${round}`, body);
      s3.writes.delete(operator, { bucket: 'lake', key: `hot/d=7/new-${round - 1}` });
      expect(s3.listObjects(operator, 'lake', 'hot/d=7/')).toHaveLength(101);
    }
    expect(s3.listObjects(operator, 'lake', 'hot/d=7')).toHaveLength(101 + 10 * 100);
  });

  test('fails on a key over 1,024 bytes, an unknown bucket and a missing key', () => {
    expect(refused(() => lake.s3.put(operator, 'lake', 'é'.repeat(513), Buffer.alloc(0)))).toMatchObject({
      code: 'KeyTooLongError',
    });
    expect(refused(() => lake.s3.listObjects(operator, 'sea', ''))).toMatchObject({ code: 'NoSuchBucket', status: 404 });
    expect(refused(() => lake.s3.getObject(operator, 'lake', 'a'))).toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  test.each(['../up', 'a..b', 'UP', 'a'])('fails on a bucket named %s', (name) => {
    expect(
      refused(() => {
        lake.s3.createBucket(bucketNamed(name));
      }),
    ).toMatchObject({ code: 'InvalidBucketName' });
  });
});

describe('permissions', () => {
  const key = 'arn:aws:kms:us-east-1:123456789012:key/k';
  const s3Only = { Action: ['s3:PutObject', 's3:GetObject'], Resource: 'arn:aws:s3:::lake/hot/*' };
  const kms = (encryptionContext: string) => ({
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: key,
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': encryptionContext },
    },
  });

  test.each([
    [true, 'arn:aws:s3:::lake'],
    [false, 'arn:aws:s3:::lake/hot/a'],
  ])('use the key in the caller’s name, bucket key %s', (bucketKeyEnabled, context) => {
    lake = lakeWith({ kmsKeyArn: key, bucketKeyEnabled });
    const caller = callerWith(lake.iam, s3Only, kms(context));
    lake.s3.put(caller, 'lake', 'hot/a', Buffer.from('x'));
    expect(lake.s3.getObject(caller, 'lake', 'hot/a').size).toBe(1);
  });

  test('refuse what the key refuses, in the words of S3', () => {
    lake = lakeWith({ kmsKeyArn: key, bucketKeyEnabled: true });
    const caller = callerWith(lake.iam, s3Only, kms('arn:aws:s3:::sea'));
    lake.s3.put(operator, 'lake', 'hot/a', Buffer.from('x'));
    for (const act of [
      () => lake.s3.put(caller, 'lake', 'hot/a', Buffer.from('x')),
      () => lake.s3.getObject(caller, 'lake', 'hot/a'),
    ]) {
      expect(refused(act)).toMatchObject({
        code: 'AccessDenied',
        status: 403,
        message: expect.stringMatching(`kms:\\w+ on resource: ${key}`) as string,
      });
    }
  });

  test('list only what the prefix allows, and hide that an object is missing from those who may not list', () => {
    lake = lakeWith();
    const list = { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::lake', Condition: { StringLike: { 's3:prefix': 'hot/*' } } };
    const caller = callerWith(lake.iam, s3Only, list);
    expect(lake.s3.listObjects(caller, 'lake', 'hot/')).toEqual([]);
    expect(refused(() => lake.s3.listObjects(caller, 'lake', ''))).toMatchObject({ code: 'AccessDenied' });
    expect(refused(() => lake.s3.getObject(caller, 'lake', 'hot/none'))).toMatchObject({ code: 'AccessDenied' });
    expect(refused(() => lake.s3.writes.delete(caller, { bucket: 'lake', key: 'hot/none' }))).toMatchObject({
      code: 'AccessDenied',
    });
  });
});

describe('between processes', () => {
  beforeEach(() => {
    lake = lakeWith({ versioned: true, lifecycle: { Rules: [{ Status: 'Enabled', Prefix: 'x', ExpirationInDays: 1 }] } });
  });

  test('what was saved is there, versions, metadata and settings included', () => {
    lake.s3.put(operator, 'lake', 'a', Buffer.from('old'));
    lake.s3.put(operator, 'lake', 'a', Buffer.from('new'), { contentType: 'text/plain', metadata: { by: 'me' } });
    lake.s3.put(operator, 'lake', 'b', Buffer.from('gone'));
    lake.s3.writes.delete(operator, { bucket: 'lake', key: 'b' });
    lake.s3.save();
    const s3 = again(false);
    expect(textOf(s3, 'a')).toBe('new');
    for (const key of ['a', 'b']) expect(s3.bucket('lake').versions(key)).toEqual(lake.s3.bucket('lake').versions(key));
    expect(s3.bucket('lake').settings).toEqual(lake.s3.bucket('lake').settings);
  });

  test('a tag by any name is one tag, and is saved', () => {
    const place = { bucket: 'lake', key: 'a' };
    const tagsOf = (s3: S3) => Object.entries(s3.settings.tags(operator, place).version.tags ?? {});
    lake.s3.put(operator, 'lake', 'a', Buffer.from('x'));
    lake.s3.settings.putTags(operator, place, [
      ['__proto__', 'x'],
      ['a', 'b'],
    ]);
    expect(tagsOf(lake.s3)).toEqual([
      ['__proto__', 'x'],
      ['a', 'b'],
    ]);
    lake.s3.save();
    expect(tagsOf(again(false))).toEqual(tagsOf(lake.s3));
    const twice = [
      ['__proto__', 'x'],
      ['__proto__', 'y'],
    ] as const;
    expect(refused(() => lake.s3.settings.putTags(operator, place, twice))).toMatchObject({ code: 'InvalidTag' });
  });

  test('the settings of the template win', () => {
    lake.s3.put(operator, 'lake', 'a', Buffer.from('x'));
    lake.s3.save();
    const s3 = again(false);
    s3.createBucket(bucketNamed('lake', { lifecycle: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] } }));
    expect(s3.listObjects(operator, 'lake', '')).toHaveLength(1);
    expect(s3.bucket('lake').settings.versioned).toBe(false);
  });

  test('a crash loses what was not saved and nothing else', () => {
    lake.s3.put(operator, 'lake', 'a', Buffer.from('kept'));
    lake.s3.save();
    lake.s3.put(operator, 'lake', 'b', Buffer.from('lost'));
    lake.s3.bucket('lake').put('a', Buffer.from('lost too'));
    const s3 = again(false);
    expect(s3.listObjects(operator, 'lake', '').map(({ key }) => key)).toEqual(['a']);
    expect(textOf(s3, 'a')).toBe('kept');
    s3.put(operator, 'lake', 'c', Buffer.from('new'));
    expect(textOf(s3, 'c')).toBe('new');
  });

  test('bytes go only once the index has forgotten them', () => {
    lake.s3.createBucket(bucketNamed('sea'));
    const { file } = lake.s3.put(operator, 'sea', 'x', Buffer.from('x'));
    lake.s3.writes.delete(operator, { bucket: 'sea', key: 'x' });
    expect(fs.existsSync(file)).toBe(true);
    lake.s3.save();
    expect(fs.existsSync(file)).toBe(false);
  });

  test('a bucket that keeps versions no longer hides those it kept', () => {
    lake.s3.put(operator, 'lake', 'a', Buffer.from('x'));
    lake.s3.createBucket(bucketNamed('lake'));
    lake.s3.writes.delete(operator, { bucket: 'lake', key: 'a' });
    expect(lake.s3.listObjects(operator, 'lake', '')).toEqual([]);
    expect(lake.s3.bucket('lake').versions('a')).toMatchObject([{ deleteMarker: true, versionId: 'null' }, { size: 1 }]);
  });

  test('an ephemeral run changes nothing under the root', async () => {
    lake.s3.put(operator, 'lake', 'x', Buffer.from('x'));
    lake.s3.put(operator, 'lake', 'a', Buffer.from('a'));
    lake.s3.save();
    const before = filesOf(lake.root).map((file) => [file, fs.statSync(path.join(lake.root, file)).mtimeMs]);
    const s3 = again(true);
    s3.createBucket(bucketNamed('fresh'));
    const { file } = s3.put(operator, 'lake', 'n', Buffer.from('n'));
    expect(textOf(s3, 'n')).toBe('n');
    await lake.clock.advance(5 * DAY);
    s3.writes.delete(operator, { bucket: 'lake', key: 'a' });
    expect(s3.listObjects(operator, 'lake', '').map(({ key }) => key)).toEqual(['n']);
    s3.save();
    s3.close();
    expect(fs.existsSync(file)).toBe(false);
    expect(filesOf(lake.root).map((name) => [name, fs.statSync(path.join(lake.root, name)).mtimeMs])).toEqual(before);
  });
});
