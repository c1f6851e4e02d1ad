import { gunzipSync } from 'node:zlib';
import { base64, conversion, direct, functionArn, lambda, partitioned, rig, start, streamArn, text } from './rig.ts';

const minute = 60_000;
const put = (stream: ReturnType<typeof rig>['stream'], ...payloads: string[]) => {
  for (const payload of payloads) stream.put('k', Buffer.from(payload));
};

test('delivers the records of a stream under the prefix of the oldest, byte for byte', async () => {
  const { clock, stream, create, keys, bodies } = rig();
  create();
  put(stream, 'abc', 'abc', 'abc');
  await clock.advance(2 * minute);
  expect(keys()).toEqual(['lake/data/dt=2001-01-09/hr=07/clean-1-2001-01-09-07-59-00-UUID']);
  expect(String(bodies('data')[0])).toBe('abcabcabc');
});

test('counts what has reached S3, and nothing that is on its way', async () => {
  const { clock, stream, create, firehose, denied } = rig();
  create();
  const counts = () => firehose.all().map(({ delivered, undelivered }) => [delivered, undelivered]);
  put(stream, 'a', 'b');
  await clock.advance(2 * minute);
  expect(counts()).toEqual([[2, 0]]);
  denied.add('s3:PutObject');
  put(stream, 'c');
  await clock.advance(2 * minute);
  expect(counts()).toEqual([[2, 1]]);
  denied.clear();
  await clock.advance(10 * minute);
  expect(counts()).toEqual([[3, 0]]);
});

test('the prefix tells the arrival of the oldest record, whenever the object is written', async () => {
  const { clock, stream, create, keys } = rig();
  create();
  put(stream, 'a');
  await clock.advance(59_000);
  put(stream, 'b'); // the object is written in the next hour
  await clock.advance(5 * minute);
  expect(keys()).toEqual(['lake/data/dt=2001-01-09/hr=07/clean-1-2001-01-09-07-59-00-UUID']);
});

test('the interval counts from the first record of the buffer', async () => {
  const { clock, stream, create, objects } = rig();
  create();
  put(stream, 'a');
  await clock.advance(1_000);
  await clock.advance(59_999);
  expect(objects.size).toBe(0);
  await clock.advance(1);
  expect(objects.size).toBe(1);
});

test('a buffer goes out when it is full', async () => {
  const { clock, stream, create, bodies } = rig();
  create();
  for (let i = 0; i < 3; i++) {
    put(stream, 'x'.repeat(700_000));
    await clock.advance(1_000);
  }
  await clock.advance(1);
  expect(bodies('data').map(({ length }) => length)).toEqual([700_000, 700_000]);
});

test('sends the function the documented event', async () => {
  const { clock, stream, create, calls } = rig();
  create(lambda());
  put(stream, 'a');
  await clock.advance(minute);
  expect(calls).toHaveLength(1);
  expect(calls[0]).toEqual({
    invocationId: expect.any(String) as string,
    sourceKinesisStreamArn: streamArn,
    deliveryStreamArn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/clean',
    region: 'us-east-1',
    records: [
      {
        recordId: expect.stringMatching(/^\d+$/) as string,
        approximateArrivalTimestamp: start,
        data: base64('a'),
        kinesisRecordMetadata: {
          shardId: 'shardId-000000000000',
          partitionKey: 'k',
          approximateArrivalTimestamp: start,
          sequenceNumber: expect.stringMatching(/^\d+$/) as string,
          subsequenceNumber: 0,
        },
      },
    ],
  });
});

test('batches for the function follow its own size', async () => {
  const { clock, stream, create, calls } = rig();
  create(lambda({ BufferSizeInMBs: '0.2' }));
  put(stream, ...Array.from({ length: 10 }, () => 'x'.repeat(100_000)));
  await clock.advance(minute);
  expect(calls.map(({ records }) => records.length)).toEqual([2, 2, 2, 2, 2]);
});

test('delivers what is Ok, leaves out what is Dropped, and parks what is ProcessingFailed', async () => {
  const { clock, stream, create, answer, bodies, keys } = rig();
  create(lambda());
  answer.value = ({ records }) => ({
    records: records.map(({ recordId, data }) => {
      if (text(data) === 'ok') return { recordId, result: 'Ok', data: base64('fine') };
      return { recordId, result: text(data) === 'drop' ? 'Dropped' : 'ProcessingFailed' };
    }),
  });
  put(stream, 'ok', 'drop', 'bad');
  await clock.advance(5 * minute);
  expect(String(bodies('data')[0])).toBe('fine');
  expect(keys()).toHaveLength(2);
  const envelope = String(bodies('_errors/processing-failed/')[0]);
  expect(envelope.endsWith('\n')).toBe(true);
  expect(Object.keys(JSON.parse(envelope) as object)).toEqual([
    'rawData',
    'errorCode',
    'errorMessage',
    'attemptsMade',
    'arrivalTimestamp',
    'attemptEndingTimestamp',
    'lambdaARN',
  ]);
  expect(JSON.parse(envelope)).toMatchObject({
    rawData: base64('bad'),
    errorCode: 'Lambda.ProcessingFailedStatus',
    attemptsMade: 1,
    arrivalTimestamp: start,
    lambdaARN: functionArn,
  });
});

test.each([
  ['throws', () => new TypeError('boom'), 'Lambda.FunctionError'],
  ['forgets a recordId', () => ({ records: [] }), 'Lambda.MissingRecordId'],
  ['invents a recordId', () => ({ records: [{ recordId: 'no', result: 'Dropped' }] }), 'Lambda.MissingRecordId'],
  ['answers no list', () => ({}), 'Lambda.JsonProcessingException'],
  ['answers null', () => null, 'Lambda.JsonProcessingException'],
])('a function that %s is tried four times, then every record of its batch is parked', async (_name, value, errorCode) => {
  const { clock, stream, create, answer, calls, bodies, lines } = rig();
  create(lambda());
  answer.value = value;
  put(stream, 'a', 'b');
  await clock.advance(5 * minute);
  expect(calls).toHaveLength(4);
  const envelopes = String(bodies('_errors/processing-failed/')[0])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(envelopes).toMatchObject([
    { errorCode, attemptsMade: 4, rawData: base64('a') },
    { errorCode, rawData: base64('b') },
  ]);
  expect(lines).toHaveLength(4);
});

test.each([
  [
    'twice',
    ({ recordId, data }: { recordId: string; data: string }) => [
      { recordId, data, result: 'Ok' },
      { recordId, result: 'Dropped' },
    ],
    'Lambda.DuplicatedRecordId',
  ],
  ['Ok without data', ({ recordId }: { recordId: string }) => [{ recordId, result: 'Ok' }], 'Lambda.JsonProcessingException'],
  ['with another result', ({ recordId }: { recordId: string }) => [{ recordId, result: 'OK' }], 'Lambda.JsonProcessingException'],
])('a record answered %s fails its batch', async (_name, entries, errorCode) => {
  const { clock, stream, create, answer, bodies } = rig();
  create(lambda());
  answer.value = ({ records }) => ({ records: records.flatMap(entries) });
  put(stream, 'a');
  await clock.advance(5 * minute);
  expect(JSON.parse(String(bodies('_errors')[0]))).toMatchObject({ errorCode });
});

test('converts by the table and parks what does not fit it', async () => {
  const { clock, stream, create, bodies, keys } = rig();
  create(conversion);
  put(stream, '{"id":1}', 'no', '{"id":2}');
  await clock.advance(5 * minute);
  expect(String(bodies('data/')[0])).toBe('PARQUET(id){"id":1}{"id":2}');
  expect(keys()[1]).toBe('lake/data/dt=2001-01-09/hr=07/clean-1-2001-01-09-07-59-00-UUID.parquet');
  expect(JSON.parse(String(bodies('_errors/format-conversion-failed/')[0]))).toMatchObject({
    lastErrorCode: 'DataFormatConversion.ParseError',
    rawData: base64('no'),
    dataCatalogTable: {
      catalogId: '123456789012',
      databaseName: 'sales',
      tableName: 'orders',
      region: 'us-east-1',
      versionId: 'LATEST',
    },
  });
});

test.each(['glue:GetTableVersion', 'glue:GetTableVersions'])('conversion waits until the role may %s', async (action) => {
  const { clock, stream, create, objects, lines, denied } = rig();
  create(conversion);
  denied.add(action);
  put(stream, '{"id":1}');
  await clock.advance(2 * minute);
  expect(objects.size).toBe(0);
  expect(lines[0]).toMatchObject({ level: 'error', logGroup: '/headwaters/delivery' });
  expect(lines[0]?.message).toContain(action);
  denied.clear();
  await clock.advance(5 * minute);
  expect(objects.size).toBe(1);
});

test('the backup holds the payloads as they came, in its own bucket', async () => {
  const { clock, stream, create, bodies, keys, answer } = rig();
  answer.value = ({ records }) => ({ records: records.map(({ recordId }) => ({ recordId, result: 'Dropped' })) });
  create({
    ...lambda(),
    S3BackupMode: 'Enabled',
    S3BackupConfiguration: {
      BucketARN: 'arn:aws:s3:::raw',
      RoleARN: 'arn:aws:iam::123456789012:role/delivery',
      Prefix: 'raw/',
      CompressionFormat: 'GZIP',
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 120 },
    },
  });
  put(stream, 'abc', 'abc');
  await clock.advance(5 * minute);
  expect(keys()).toEqual(['raw/raw/2001/01/09/07/clean-1-2001-01-09-07-59-00-UUID.gz']);
  expect(String(gunzipSync(bodies('raw/')[0] ?? Buffer.alloc(0)))).toBe('abcabc');
});

test('partitions by the keys of a query; a record without them is parked', async () => {
  const { clock, create, directPut, keys, bodies } = rig();
  create(partitioned(), direct);
  const envelope = (dataset: string, reason: string) => ({ Data: base64(JSON.stringify({ dataset, reason })) });
  const Records = [envelope('orders', 'bad'), envelope('orders', 'bad'), envelope('seats', 'bad'), { Data: base64('{}') }];
  expect(await directPut('PutRecordBatch', { Records })).toMatchObject({ FailedPutCount: 0 });
  await clock.advance(5 * minute);
  expect(keys().map((key) => key.split('/').slice(1, -1).join('/'))).toEqual([
    '_errors/metadata-extraction-failed',
    'q/orders/bad/dt=2001-01-09',
    'q/seats/bad/dt=2001-01-09',
  ]);
  expect(String(bodies('q/orders')[0]).trimEnd().split('\n')).toHaveLength(2);
});

test('a refused object is logged, waits, and goes out once it is allowed', async () => {
  const { clock, stream, create, objects, lines, denied } = rig();
  const delivery = create();
  denied.add('s3:PutObject');
  put(stream, 'a');
  await clock.advance(2 * 3_600_000);
  put(stream, 'b');
  await clock.advance(minute);
  expect(objects.size).toBe(0);
  expect(delivery.undelivered).toBe(2);
  expect(JSON.parse(lines[0]?.message ?? '{}')).toMatchObject({
    errorCode: 'S3.AccessDenied',
    destination: 'arn:aws:s3:::lake',
    message: expect.stringContaining('assumed-role/delivery') as string,
  });
  expect(lines.length).toBeLessThan(40);
  denied.clear();
  await clock.advance(3_600_000);
  expect([...objects.values()].map(String).sort()).toEqual(['a', 'b']);
  expect(delivery.undelivered).toBe(0);
});

test.each(['s3:GetBucketLocation', 's3:ListBucket'])('writes nothing until the role may %s', async (action) => {
  const { clock, stream, create, objects, lines, denied } = rig();
  create();
  denied.add(action);
  put(stream, 'a');
  await clock.advance(2 * minute);
  expect(objects.size).toBe(0);
  expect(lines[0]?.message).toContain(action);
  denied.clear();
  await clock.advance(10 * minute);
  expect(objects.size).toBe(1);
});

test.each(['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'])(
  'a batch is parked where the role may not %s',
  async (action) => {
    const { clock, stream, create, bodies, calls, lines, denied } = rig();
    create(lambda());
    denied.add(action);
    put(stream, 'a');
    await clock.advance(5 * minute);
    expect(calls).toEqual([]);
    expect(JSON.parse(String(bodies('_errors')[0]))).toMatchObject({ errorCode: 'Lambda.InvokeAccessDenied', attemptsMade: 4 });
    expect(lines[0]?.message).toContain(action);
  },
);

test('a refused error prefix stops the reading', async () => {
  const { clock, stream, create, denied, answer, objects, calls } = rig();
  const delivery = create(lambda());
  denied.add('s3:PutObject lake/_errors');
  answer.value = () => new Error('no');
  put(stream, 'a');
  await clock.advance(5 * minute);
  put(stream, 'b');
  await clock.advance(5 * minute);
  expect(calls).toHaveLength(4); // for the first record alone
  expect(delivery.undelivered).toBe(2);
  denied.clear();
  await clock.advance(3_600_000);
  expect(delivery.undelivered).toBe(0);
  expect(objects.size).toBe(2);
});

test('records that S3 refuses until the stream forgets them are lost, and said to be', async () => {
  const { clock, stream, create, denied, lines } = rig();
  const delivery = create();
  denied.add('s3:PutObject');
  put(stream, 'a');
  await clock.advance(26 * 3_600_000);
  expect(delivery.lost).toBe(1);
  expect(lines.at(-1)?.message).toContain('S3.DataExpired');
});

test.each(['kinesis:GetRecords', 'kinesis:ListShards', 'kinesis:DescribeStream', 'kinesis:GetShardIterator'])(
  'reads nothing until the role may %s',
  async (action) => {
    const { clock, stream, create, objects, denied, lines } = rig();
    create();
    denied.add(action);
    put(stream, 'a');
    await clock.advance(2 * minute);
    expect(objects.size).toBe(0);
    expect(lines[0]?.message).toContain('Kinesis.AccessDeniedException');
    denied.clear();
    await clock.advance(10 * minute);
    expect(objects.size).toBe(1);
  },
);

test('a role that may not write its log group leaves no line there', async () => {
  const { clock, stream, create, denied, lines } = rig();
  create();
  denied.add('s3:PutObject').add('logs:PutLogEvents');
  put(stream, 'a');
  await clock.advance(minute * 2);
  expect(lines[0]?.logGroup).toBe('(not written: the role may not logs:PutLogEvents)');
});
