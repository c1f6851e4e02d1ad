import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { DirectPutIngestion, DirectPutShared, QuarantineDelivery, StreamIngestion } from '../../../constructs/ingestion/index.ts';
import { LakeStorage } from '../../../constructs/storage/index.ts';
import { cleanBufferSeconds, PLATFORM } from '../../../core/cost/platform.ts';
import { NONCURRENT_DAYS } from '../../../core/storage/retention-classes.ts';
import { plainDataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import { resourcesOfType, synth, theResource } from '../../support/synth.ts';

const MIB = 1024 * 1024;
const common = { environment: 'dev', removalPolicy: RemovalPolicy.RETAIN };

function ingest(stack: Stack, freshnessSeconds: number): void {
  const lake = someLake(stack);
  const dataset = { ...plainDataset(), freshnessSeconds };
  const quarantine = new QuarantineDelivery(stack, 'Quarantine', {
    ...common,
    domain: dataset.domain,
    quarantine: lake.quarantine,
    logRetention: RetentionDays.TWO_WEEKS,
  });
  new StreamIngestion(stack, 'Readings', {
    ...common,
    dataset,
    lake,
    databaseName: 'db',
    quarantine: quarantine.stream,
    protectionSecret: secrets.Secret.fromSecretNameV2(stack, 'Secret', 's'),
  });
}
const template = (freshnessSeconds: number) =>
  synth((stack) => {
    ingest(stack, freshnessSeconds);
  });
const delivery = (freshnessSeconds: number) =>
  theResource(template(freshnessSeconds), 'AWS::KinesisFirehose::DeliveryStream', 'Readings').Properties
    .ExtendedS3DestinationConfiguration as Record<string, unknown>;

/** Two datasets without a stream. */
const direct = synth((stack) => {
  const lake = someLake(stack);
  const datasets = [
    { ...plainDataset('outages'), freshnessSeconds: 3600 },
    { ...plainDataset('tariffs'), freshnessSeconds: 86_400 },
  ];
  const { stream: quarantine } = new QuarantineDelivery(stack, 'Quarantine', {
    ...common,
    domain: 'energy',
    quarantine: lake.quarantine,
    logRetention: RetentionDays.TWO_WEEKS,
  });
  const shared = new DirectPutShared(stack, 'Shared', {
    ...common,
    domain: 'energy',
    datasets,
    lake,
    databaseName: 'db',
    quarantine,
    protectionSecret: secrets.Secret.fromSecretNameV2(stack, 'Secret', 's'),
  });
  for (const dataset of datasets)
    new DirectPutIngestion(stack, dataset.name, { environment: 'dev', dataset, shared, lake, databaseName: 'db' });
});

test.each([
  ['outages', 3600],
  ['tariffs', 86_400],
])('a delivery that %s are put straight into buffers, batches and keeps as the estimate takes it', (name, freshnessSeconds) => {
  const { Properties } = theResource(direct, 'AWS::KinesisFirehose::DeliveryStream', name);
  const batch = [
    { ParameterName: 'BufferSizeInMBs', ParameterValue: String(PLATFORM.batch.bytes / MIB) },
    { ParameterName: 'BufferIntervalInSeconds', ParameterValue: String(PLATFORM.batch.seconds) },
  ];
  expect(Properties).toMatchObject({
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' }, // of which AWS bills no request
    ExtendedS3DestinationConfiguration: {
      BufferingHints: {
        IntervalInSeconds: cleanBufferSeconds(freshnessSeconds),
        SizeInMBs: PLATFORM.deliveryBytes / MIB,
      },
      S3BackupConfiguration: {
        BufferingHints: { IntervalInSeconds: PLATFORM.longestBufferSeconds, SizeInMBs: PLATFORM.deliveryBytes / MIB },
        CompressionFormat: 'GZIP',
      },
      ProcessingConfiguration: {
        Processors: [{ Type: 'Lambda', Parameters: expect.arrayContaining(batch) as unknown }],
      },
    },
  });
  expect(theResource(direct, 'AWS::Lambda::Function').Properties).toMatchObject({
    MemorySize: PLATFORM.functionGb * 1024,
    Architectures: ['arm64'],
  });
  expect(resourcesOfType(direct, 'AWS::Kinesis::Stream')).toEqual({});
});

test.each([1, 300, 900, 86_400])('a delivery with a freshness of %d s buffers as the estimate takes it', (freshnessSeconds) => {
  const clean = delivery(freshnessSeconds);
  expect(clean.BufferingHints).toEqual({
    IntervalInSeconds: cleanBufferSeconds(freshnessSeconds),
    SizeInMBs: PLATFORM.deliveryBytes / MIB,
  });
  expect(clean.S3BackupConfiguration).toMatchObject({
    BufferingHints: { IntervalInSeconds: PLATFORM.longestBufferSeconds, SizeInMBs: PLATFORM.deliveryBytes / MIB },
    CompressionFormat: 'GZIP',
  });
});

test('function, stream and quarantine are configured as the estimate takes them', () => {
  const deployed = template(900);
  expect(JSON.stringify(delivery(900).ProcessingConfiguration)).toContain(
    `{"ParameterName":"BufferSizeInMBs","ParameterValue":"${PLATFORM.batch.bytes / MIB}"},{"ParameterName":"BufferIntervalInSeconds","ParameterValue":"${PLATFORM.batch.seconds}"}`,
  );
  expect(theResource(deployed, 'AWS::Lambda::Function').Properties).toMatchObject({
    MemorySize: PLATFORM.functionGb * 1024,
    Architectures: ['arm64'],
  });
  expect(theResource(deployed, 'AWS::Kinesis::Stream').Properties.ShardCount).toBe(PLATFORM.shards);
  expect(theResource(deployed, 'AWS::KinesisFirehose::DeliveryStream', 'Quarantine').Properties).toMatchObject({
    ExtendedS3DestinationConfiguration: {
      BufferingHints: { IntervalInSeconds: PLATFORM.quarantine.seconds, SizeInMBs: PLATFORM.quarantine.bytes / MIB },
      CompressionFormat: 'GZIP',
    },
  });
});

test('noncurrent versions stay in every zone as long as the planner takes it', () => {
  const lake = synth((stack) => {
    new LakeStorage(stack, 'Lake', common);
  });
  for (const { Properties } of Object.values(resourcesOfType(lake, 'AWS::S3::Bucket'))) {
    expect(Properties.LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([
        expect.objectContaining({ Id: 'leftovers', NoncurrentVersionExpiration: { NoncurrentDays: NONCURRENT_DAYS } }),
      ]) as unknown,
    });
  }
});
