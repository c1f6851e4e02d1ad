import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { lambda, restarted, rig, roleArn, text, type Event, type Rig } from './rig.ts';

const backup = {
  S3BackupMode: 'Enabled',
  S3BackupConfiguration: {
    BucketARN: 'arn:aws:s3:::raw',
    RoleARN: roleArn,
    Prefix: 'raw/',
    CompressionFormat: 'GZIP',
    BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 90 },
  },
};

/** Large enough that batches fill by size, inside a read too. */
const PADDING = 'x'.repeat(60_000);

const step = fc.oneof(
  fc.record({ put: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ advance: fc.integer({ min: 1, max: 600 }) }),
  fc.record({
    deny: fc.constantFrom(
      's3:PutObject',
      's3:PutObject lake',
      's3:PutObject lake/_errors',
      's3:PutObject raw',
      's3:GetBucketLocation',
      'kinesis:GetRecords',
    ),
  }),
  fc.record({ allow: fc.constant(true) }),
  fc.record({ break: fc.boolean() }),
  fc.record({ restart: fc.constant(true) }),
);

/** Each line of the lake, of what was parked, and of the backup: serial numbers. */
function serials(objects: ReadonlyMap<string, Buffer>): { delivered: string[]; parked: string[]; raw: string[] } {
  const lines = (part: string, read: (body: Buffer) => string) =>
    [...objects].filter(([key]) => key.startsWith(part)).flatMap(([, body]) => read(body).trimEnd().split('\n'));
  const serial = (line: string) => line.split(' ')[0] ?? '';
  return {
    delivered: lines('lake/data/', String).map(serial),
    parked: lines('lake/_errors/', String)
      .map((line) => text((JSON.parse(line) as { rawData: string }).rawData))
      .map(serial),
    raw: lines('raw/', (body) => String(gunzipSync(body))).map(serial),
  };
}

test('whatever is refused, breaks or is stopped on the way, each record is delivered or parked once, and backed up once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      let now = rig();
      const { denied, answer, objects } = now;
      const works = answer.value;
      const create = (next: Rig) => next.create({ ...lambda({ BufferSizeInMBs: '0.2' }), ...backup });
      create(now);
      const failSome = ({ records }: Event) => ({
        records: records.map((record) => ({
          ...record,
          result: parseInt(text(record.data)) % 3 === 0 ? 'ProcessingFailed' : 'Ok',
        })),
      });
      let count = 0;
      for (const each of steps) {
        if ('put' in each)
          for (let i = 0; i < each.put; i++)
            count += now.stream.put('k', Buffer.from(`${count} ${PADDING}\n`)) === undefined ? 0 : 1;
        else if ('advance' in each) await now.clock.advance(each.advance * 1000);
        else if ('deny' in each) denied.add(each.deny);
        else if ('allow' in each) denied.clear();
        else if ('restart' in each) now = await restarted(now, create, 500);
        else answer.value = each.break ? () => new Error('broken') : count % 2 === 0 ? works : failSome;
      }
      denied.clear();
      await now.clock.advance(3 * 3_600_000);
      const all = Array.from({ length: count }, (_, serial) => String(serial)).sort();
      const { delivered, parked, raw } = serials(objects);
      expect([...delivered, ...parked].sort()).toEqual(all);
      expect(raw.sort()).toEqual(all);
      const [delivery] = now.firehose.all();
      expect(delivery?.undelivered).toBe(0);
      expect((delivery?.lost ?? 0) + now.stream.lost).toBe(0);
    }),
    { numRuns: 60, seed: 20010101 },
  );
});
