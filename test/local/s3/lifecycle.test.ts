import { refused } from '../iam/refused.ts';
import { bucketNamed, DAY, lakeWith, operator } from './lake.ts';

const KIB = 1024;
const at = (date: string) => Date.parse(date);
let remove = (): void => undefined;
afterEach(() => {
  remove();
});

function lake(rules: object[], rest: object = {}, size = 128 * KIB) {
  const made = lakeWith({ lifecycle: { Rules: rules.map((rule) => ({ Status: 'Enabled', ...rule })), ...rest } });
  remove = made.remove;
  made.s3.put(operator, 'lake', 'hot/a', Buffer.alloc(size));
  const classOf = () => made.s3.bucket('lake').get('hot/a')?.storageClass;
  return { ...made, classOf };
}
const moves = (...steps: [string, number][]) => ({
  Transitions: steps.map(([StorageClass, TransitionInDays]) => ({ StorageClass, TransitionInDays })),
});

test('counts days from creation and rounds up to the next midnight, UTC', async () => {
  const { clock, classOf } = lake([{ Prefix: 'hot/', ...moves(['GLACIER_IR', 3]) }]); // created on January 15th at 10:30
  await clock.advanceTo(at('2026-01-18T23:59:59.999Z'));
  expect(classOf()).toBe('STANDARD');
  await clock.advanceTo(at('2026-01-19T00:00:00Z'));
  expect(classOf()).toBe('GLACIER_IR');
});

test('walks down the classes and at last expires, however far the clock jumps', async () => {
  const rule = { Prefix: 'hot/', ...moves(['STANDARD_IA', 30], ['GLACIER', 90], ['DEEP_ARCHIVE', 180]), ExpirationInDays: 365 };
  const { clock, classOf } = lake([rule]);
  const seen: (string | undefined)[] = [];
  for (const days of [29, 31, 91, 181, 364, 366]) {
    await clock.advanceTo(at('2026-01-15T10:30:00Z') + days * DAY);
    seen.push(classOf());
  }
  expect(seen).toEqual(['STANDARD', 'STANDARD_IA', 'GLACIER', 'DEEP_ARCHIVE', 'DEEP_ARCHIVE', undefined]);
});

test.each<[string, object, object, number, string]>([
  ['moves no object under 128 KB by default', {}, moves(['GLACIER', 1]), 128 * KIB - 1, 'STANDARD'],
  ['moves one of 128 KB', {}, moves(['GLACIER', 1]), 128 * KIB, 'GLACIER'],
  [
    'lets archives take small objects where the bucket says so',
    { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
    moves(['GLACIER', 1]),
    1,
    'GLACIER',
  ],
  [
    'lets no other class take them',
    { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
    moves(['GLACIER_IR', 1]),
    1,
    'STANDARD',
  ],
  ['lets a rule name a size of its own', {}, { ObjectSizeGreaterThan: 10, ...moves(['GLACIER_IR', 1]) }, 11, 'GLACIER_IR'],
  ['holds a rule to the size it names', {}, { ObjectSizeGreaterThan: 10, ...moves(['GLACIER_IR', 1]) }, 10, 'STANDARD'],
  ['leaves other prefixes alone', {}, { Prefix: 'warm/', ...moves(['GLACIER', 1]) }, 128 * KIB, 'STANDARD'],
  ['leaves out disabled rules', {}, { Status: 'Disabled', ...moves(['GLACIER', 1]) }, 128 * KIB, 'STANDARD'],
])('%s', async (_name, rest, rule, size, expected) => {
  const { clock, classOf } = lake([rule], rest, size);
  await clock.advance(10 * DAY);
  expect(classOf()).toBe(expected);
});

test('archived objects can be seen but not read', async () => {
  const { clock, s3 } = lake([moves(['GLACIER', 1])]);
  await clock.advance(2 * DAY);
  expect(s3.reads.head(operator, { bucket: 'lake', key: 'hot/a' }).version.storageClass).toBe('GLACIER');
  expect(s3.listObjects(operator, 'lake', 'hot/')).toHaveLength(1);
  expect(refused(() => s3.getObject(operator, 'lake', 'hot/a'))).toMatchObject({ code: 'InvalidObjectState', status: 403 });
});

test('expiration puts a delete marker on a versioned object; what is below goes by its own days', async () => {
  const made = lakeWith({
    versioned: true,
    lifecycle: { Rules: [{ Status: 'Enabled', ExpirationInDays: 10, NoncurrentVersionExpiration: { NoncurrentDays: 5 } }] },
  });
  ({ remove } = made);
  const { s3, clock } = made;
  const { versionId } = s3.put(operator, 'lake', 'k', Buffer.from('x'));
  await clock.advance(12 * DAY);
  expect(s3.listObjects(operator, 'lake', '')).toEqual([]);
  expect(s3.bucket('lake').versions('k')).toMatchObject([
    { deleteMarker: true, lastModified: at('2026-01-26T00:00:00Z') },
    { deleteMarker: false, versionId },
  ]);
  await clock.advanceTo(at('2026-01-31T00:00:00Z'));
  expect(s3.bucket('lake').versions('k')).toMatchObject([{ deleteMarker: true }]);
  await clock.advanceTo(at('2026-02-05T00:00:00Z')); // a marker with nothing below it expires as objects do
  expect(s3.bucket('lake').versions('k')).toEqual([]);
});

test('keeps the newest noncurrent versions that a rule names', async () => {
  const NoncurrentVersionExpiration = { NoncurrentDays: 1, NewerNoncurrentVersions: 2 };
  const made = lakeWith({ versioned: true, lifecycle: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration }] } });
  ({ remove } = made);
  for (const text of ['1', '2', '3', '4', '5']) made.s3.put(operator, 'lake', 'k', Buffer.from(text.repeat(Number(text))));
  await made.clock.advance(3 * DAY);
  expect(
    made.s3
      .bucket('lake')
      .versions('k')
      .map(({ size }) => size),
  ).toEqual([5, 4, 3]);
});

test('an overwritten object begins its days anew', async () => {
  const { clock, s3 } = lake([{ ExpirationInDays: 10 }]);
  await clock.advance(8 * DAY);
  s3.put(operator, 'lake', 'hot/a', Buffer.from('new'));
  await clock.advance(8 * DAY);
  expect(s3.listObjects(operator, 'lake', '')).toHaveLength(1);
});

test('a year of 10,000 objects passes day by day', async () => {
  const Rules = Array.from({ length: 100 }, (_, index) => ({
    Prefix: `class-${index}/`,
    Status: 'Enabled',
    ...moves(['GLACIER', 90]),
    ExpirationInDays: 200,
  }));
  const made = lakeWith({ versioned: true, lifecycle: { Rules } });
  ({ remove } = made);
  for (let index = 0; index < 10_000; index++) made.s3.put(operator, 'lake', `class-${index % 100}/${index}`, Buffer.from('x'));
  for (let day = 0; day < 365; day++) {
    await made.clock.advance(DAY);
    made.s3.bucket('lake').get('class-1/1');
  }
  expect(made.s3.listObjects(operator, 'lake', '')).toEqual([]);
});

const aborts = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } };
test('a date moves what is there on that day, and what comes later at once', async () => {
  const { clock, s3, classOf } = lake([{ Transitions: [{ StorageClass: 'GLACIER', TransitionDate: '2026-02-01T00:00:00Z' }] }]);
  await clock.advanceTo(at('2026-01-31T23:59:59Z'));
  expect(classOf()).toBe('STANDARD');
  await clock.advanceTo(at('2026-02-02T10:00:00Z'));
  expect(classOf()).toBe('GLACIER');
  s3.put(operator, 'lake', 'hot/a', Buffer.alloc(128 * KIB));
  expect(classOf()).toBe('GLACIER');
});

test('noncurrent versions move by their own days, the newest kept back', async () => {
  const rule = { NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1, NewerNoncurrentVersions: 1 }] };
  const made = lakeWith({ versioned: true, lifecycle: { Rules: [{ Status: 'Enabled', ...rule }] } });
  ({ remove } = made);
  for (let put = 0; put < 3; put++) made.s3.put(operator, 'lake', 'k', Buffer.alloc(128 * KIB));
  await made.clock.advance(3 * DAY);
  const classes = made.s3
    .bucket('lake')
    .versions('k')
    .map(({ storageClass }) => storageClass);
  expect(classes).toEqual(['STANDARD', 'STANDARD', 'GLACIER']);
});

test('a version under a lock outlasts the rule that would remove it', async () => {
  const rule = { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
  const made = lakeWith({ versioned: true, lifecycle: { Rules: [rule] }, configuration: { ObjectLockEnabled: true } });
  ({ remove } = made);
  const until = made.clock.now() + 10 * DAY;
  made.s3.put(operator, 'lake', 'k', Buffer.from('old'), { retention: { mode: 'COMPLIANCE', until } });
  made.s3.put(operator, 'lake', 'k', Buffer.from('new'));
  await made.clock.advance(9 * DAY);
  expect(made.s3.bucket('lake').versions('k')).toHaveLength(2);
  await made.clock.advance(2 * DAY);
  expect(made.s3.bucket('lake').versions('k')).toHaveLength(1);
});

test.each<[string, object, string]>([
  ['infrequent access before 30 days', moves(['STANDARD_IA', 29]), 'InvalidArgument'],
  ['an archive less than 30 days after it', moves(['STANDARD_IA', 30], ['GLACIER', 59]), 'InvalidArgument'],
  ['expiration that is not after the last move', { ...moves(['GLACIER', 90]), ExpirationInDays: 90 }, 'InvalidArgument'],
  ['a filter it does not know', { Suffix: 'x', ExpirationInDays: 1 }, 'MalformedXML'],
  ['a day that no calendar has', { ExpirationDate: '2027-02-31T00:00:00Z' }, 'MalformedXML'],
  ['a date that is not midnight', { ExpirationDate: '2026-02-01T01:00:00Z' }, 'InvalidArgument'],
  ['a tag filter with what tags cannot choose', { TagFilters: [{ Key: 'a', Value: 'b' }], ...aborts }, 'InvalidRequest'],
  ['one tag key twice', { TagFilters: ['b', 'c'].map((Value) => ({ Key: 'a', Value })), ExpirationInDays: 1 }, 'InvalidRequest'],
  [
    'noncurrent versions in infrequent access before 30 days',
    { NoncurrentVersionTransitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 29 }] },
    'InvalidArgument',
  ],
  [
    'days and a date for one transition',
    { Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1, TransitionDate: '2026-02-01' }] },
    'MalformedXML',
  ],
  ['a class it does not know', moves(['TAPE', 1]), 'MalformedXML'],
])('fails on %s', (_name, rule, code) => {
  const { s3 } = lake([]);
  const lifecycle = { Rules: [{ Status: 'Enabled', ...rule }] };
  expect(
    refused(() => {
      s3.createBucket(bucketNamed('other', { lifecycle }));
    }),
  ).toMatchObject({ code });
});
