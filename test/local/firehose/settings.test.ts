import { parseSettings } from '../../../local/firehose/parse-settings.ts';
import { refused } from '../iam/refused.ts';
import { base64, conversion, direct, lambda, partitioned, rig, roleArn, streamArn, target } from './rig.ts';

const parse = (s3: object, more: object = {}) =>
  parseSettings('clean', 'arn', {
    DeliveryStreamType: 'KinesisStreamAsSource',
    KinesisStreamSourceConfiguration: { KinesisStreamARN: streamArn, RoleARN: roleArn },
    ExtendedS3DestinationConfiguration: { ...target(), ...s3 },
    ...more,
  });

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/k';
const keyConfig = (AWSKMSKeyARN: string) => ({ KMSEncryptionConfig: { AWSKMSKeyARN } });
const encryptedBy = (EncryptionConfiguration: object) => ({ EncryptionConfiguration });

test('reads a delivery with its function, conversion and large buffer', () => {
  expect(parse({ ...lambda(), ...conversion })).toMatchObject({
    source: { streamArn },
    lambda: { buffering: { bytes: 1024 * 1024, milliseconds: 10_000 }, retries: 3 },
    target: { bucket: 'lake', extension: '.parquet', buffering: { bytes: 64 * 1024 * 1024, milliseconds: 60_000 } },
    conversion: { database: 'sales', table: 'orders' },
  });
});

test('the buffers AWS chooses are 5 MiB and 300 s', () => {
  expect(parse({ BufferingHints: undefined }).target.buffering).toEqual({ bytes: 5 * 1024 * 1024, milliseconds: 300_000 });
});

test.each([
  ['conversion under 64 MiB', { ...conversion, BufferingHints: { SizeInMBs: 63 } }, 'must be 64 to 128'],
  ['conversion with GZIP', { ...conversion, CompressionFormat: 'GZIP' }, 'must be UNCOMPRESSED where records are converted'],
  ['a buffer of 901 s', { BufferingHints: { IntervalInSeconds: 901 } }, 'must be 0 to 900'],
  ['a buffer of 129 MiB', { BufferingHints: { SizeInMBs: 129 } }, 'must be 1 to 128'],
  [
    'half of the function’s hints',
    lambda({ BufferIntervalInSeconds: undefined }),
    'both BufferSizeInMBs and BufferIntervalInSeconds',
  ],
  ['a function’s buffer of 4 MB', lambda({ BufferSizeInMBs: '4' }), 'must be 0.2 to 3'],
  ['an unknown parameter', lambda({ Colour: 'blue' }), "holds 'Colour'"],
  ['an error type in the prefix', { Prefix: '!{firehose:error-output-type}/' }, "Prefix' must not hold"],
  ['no error prefix beside expressions', { ErrorOutputPrefix: undefined }, 'is required beside'],
  ['an unknown property', { Colour: 'blue' }, "'ExtendedS3DestinationConfiguration.Colour' is not known here"],
  [
    'keys of partitions that are off',
    { Prefix: '!{partitionKeyFromQuery:a}/' },
    'DynamicPartitioningConfiguration is not enabled',
  ],
  ['dynamic partitions under 64 MiB', { ...partitioned(), BufferingHints: { SizeInMBs: 5 } }, 'must be 64 to 128'],
  ['dynamic partitions without a key', { ...partitioned(), Prefix: 'q/!{timestamp:yyyy}/' }, 'partitionKeyFromQuery'],
  ['a key that no query gives', { ...partitioned(), Prefix: 'q/!{partitionKeyFromQuery:other}/' }, "the key 'other'"],
  ['another time zone', { CustomTimeZone: 'Asia/Tokyo' }, 'must be UTC here'],
  ['objects under the bare name of a key', encryptedBy(keyConfig('alias/k')), 'must be the ARN of a key or of an alias'],
  ['objects under the id of a key', encryptedBy(keyConfig('k')), "'ExtendedS3DestinationConfiguration.EncryptionConfiguration"],
  ['objects under no key', encryptedBy({ KMSEncryptionConfig: {} }), "AWSKMSKeyARN' is required"],
  ['another word for no encryption', encryptedBy({ NoEncryptionConfig: 'None' }), "must be NoEncryption, got 'None'"],
  ['a key and none', encryptedBy({ ...keyConfig(keyArn), NoEncryptionConfig: 'NoEncryption' }), 'leave one out'],
  [
    'an encryption of the backup that is not known',
    { S3BackupMode: 'Enabled', S3BackupConfiguration: { ...target(), ...encryptedBy({ SSE: 'AES256' }) } },
    "'ExtendedS3DestinationConfiguration.S3BackupConfiguration.EncryptionConfiguration.SSE' is not known",
  ],
])('fails for %s', (_name, s3, message) => {
  expect(() => parse(s3)).toThrow(message);
});

test('fails for a JQ query it cannot follow', () => {
  const query = structuredClone(partitioned()) as {
    ProcessingConfiguration: { Processors: { Parameters: { ParameterValue: string }[] }[] };
  };
  const parameter = query.ProcessingConfiguration.Processors[0]?.Parameters[0];
  if (parameter) parameter.ParameterValue = '{dataset: .dataset | ascii_downcase}';
  expect(() => parse(query)).toThrow('knows no other JQ');
});

test('fails for a role that does not trust Firehose', () => {
  expect(() => rig().create({ RoleARN: 'arn:aws:iam::123456789012:role/other' })).toThrow('sts:AssumeRole');
});

test.each([
  ['may not be read', 'orders', 'glue:GetTable', 'Access was denied when calling Glue.'],
  ['does not exist', 'none', '', 'Error Code: EntityNotFoundException'],
])('fails where the table of the schema %s', (_name, table, action, message) => {
  const { create, denied } = rig();
  denied.add(action);
  const { DataFormatConversionConfiguration: configuration } = conversion;
  const SchemaConfiguration = { ...configuration.SchemaConfiguration, TableName: table };
  const refusal = refused(() =>
    create({ ...conversion, DataFormatConversionConfiguration: { ...configuration, SchemaConfiguration } }),
  );
  expect(refusal.code).toBe('InvalidArgumentException');
  expect(refusal.message).toContain(message);
});

test.each([
  ['501 records', Array.from({ length: 501 }, () => ({ Data: base64('x') }))],
  ['a record over 1,000 KiB', [{ Data: Buffer.alloc(1000 * 1024 + 1).toString('base64') }]],
  ['a call over 4 MiB', Array.from({ length: 5 }, () => ({ Data: Buffer.alloc(900 * 1024).toString('base64') }))],
])('fails to put %s', async (_name, Records) => {
  const { create, directPut } = rig();
  create({}, direct);
  await expect(directPut('PutRecordBatch', { Records })).rejects.toMatchObject({ code: 'InvalidArgumentException' });
});

test('fails to put to a delivery that reads a stream', async () => {
  const { create, directPut } = rig();
  create();
  await expect(directPut('PutRecord', { Record: { Data: base64('x') } })).rejects.toMatchObject({
    code: 'InvalidArgumentException',
  });
});
