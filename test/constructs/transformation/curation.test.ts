import { Duration, Lazy, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { IcebergTables } from '../../../constructs/catalog/index.ts';
import { CuratedTable, Curation, type CurationProps } from '../../../constructs/transformation/index.ts';
import type { CuratedDataset } from '../../../core/curated/cadence.ts';
import type { DatasetWithReleases } from '../../../core/storage/dataset-past.ts';
import { contractDocument, dataset, plainDataset } from '../../support/contracts.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import { ACCOUNT, policyStatements, REGION, resourcesOfType, synth, theResource } from '../../support/synth.ts';

const HOUR = 3_600_000;
const curated = (hours: number, one: DatasetWithReleases = plainDataset()): CuratedDataset & DatasetWithReleases => ({
  ...one,
  curatedWithinMs: hours * HOUR,
});
const DAILY = 25;

function curation(
  stack: Stack,
  datasets: readonly (CuratedDataset & DatasetWithReleases)[],
  rest: Partial<CurationProps> = {},
): Curation {
  const lake = someLake(stack);
  const removalPolicy = RemovalPolicy.RETAIN;
  const maker = new IcebergTables(stack, 'Maker', {
    environment: 'dev',
    databaseName: 'headwaters_dev_energy',
    lake,
    removalPolicy,
  });
  const tables = datasets.map(
    (one) => new CuratedTable(stack, `Table-${one.name}`, { dataset: one, maker, lake, removalPolicy }),
  );
  return new Curation(stack, 'Curation', { environment: 'dev', domain: 'energy', tables, lake, removalPolicy, ...rest });
}

const former = dataset(contractDocument({ slaProperties: [{ property: 'retention', value: 10, unit: 'y' }] }));
const template = synth((stack) => {
  curation(stack, [curated(DAILY, { ...dataset(), released: [former] })]);
});

const glue = (resource: string) => `arn:\${AWS::Partition}:glue:${REGION}:${ACCOUNT}:${resource}`;
const athena = (resource: string) => `arn:\${AWS::Partition}:athena:${REGION}:${ACCOUNT}:${resource}`;
const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});
const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
const viaS3 = (buckets: string | string[]) => ({
  StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': buckets },
});
const CATALOG = [glue('catalog'), glue('database/headwaters_dev_energy')];
const NOW = 'keep1095-hot30-warm90-deep/energy/readings/*';
const BEFORE = 'keep3650-hot30-warm90-deep/energy/readings/*';

test('the role folds through Athena, and of each dataset nothing but its own places', () => {
  expect(policyStatements(template, 'CurationCurator').filter(({ Sid }) => Sid !== 'LogAndTrace')).toEqual([
    allow(
      'Ask',
      ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution', 'athena:StopQueryExecution'],
      athena('workgroup/headwaters-dev-energy-curation'),
    ),
    allow('FindCatalog', 'athena:GetDataCatalog', athena('datacatalog/AwsDataCatalog')),
    allow(
      'ReadCatalog',
      ['glue:GetDatabase', 'glue:GetTable'],
      [
        ...CATALOG,
        ...['readings_clean', 'readings_clean_keep3650_hot30_warm90_deep'].map((name) =>
          glue(`table/headwaters_dev_energy/${name}`),
        ),
      ],
    ),
    allow(
      'CommitTables',
      ['glue:GetTable', 'glue:UpdateTable'],
      [...CATALOG, glue('table/headwaters_dev_energy/readings_curated')],
    ),
    allow('FindBuckets', 's3:GetBucketLocation', ['arn:aws:s3:::clean', 'arn:aws:s3:::curated', 'arn:aws:s3:::results']),
    allow('ListCleanThroughAthena', 's3:ListBucket', 'arn:aws:s3:::clean', {
      StringLike: { 's3:prefix': [NOW, BEFORE] },
      ...throughAthena,
    }),
    allow(
      'ReadCleanThroughAthena',
      's3:GetObject',
      [NOW, BEFORE].map((keys) => `arn:aws:s3:::clean/${keys}`),
      throughAthena,
    ),
    allow('ListTablesThroughAthena', 's3:ListBucket', 'arn:aws:s3:::curated', {
      StringLike: { 's3:prefix': ['energy/readings/*'] },
      ...throughAthena,
    }),
    allow(
      'WriteTablesThroughAthena',
      ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      'arn:aws:s3:::curated/energy/readings/*',
      throughAthena,
    ),
    allow(
      'KeepResults',
      ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      'arn:aws:s3:::results/headwaters-dev-energy-curation/*',
    ),
    allow('ListResults', 's3:ListBucketMultipartUploads', 'arn:aws:s3:::results', {
      StringLike: { 's3:prefix': 'headwaters-dev-energy-curation/*' },
    }),
    allow('DecryptClean', 'kms:Decrypt', keyArn('lake'), viaS3(['arn:aws:s3:::clean'])),
    allow(
      'EncryptTables',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      keyArn('lake'),
      viaS3(['arn:aws:s3:::curated', 'arn:aws:s3:::results']),
    ),
  ]);
  expect(policyStatements(template, 'CurationStarter')).toEqual([
    allow('Start', 'states:StartExecution', '${CurationStateMachine.Arn}'),
  ]);
});

test('the folds have a workgroup of their own, under the key of the tables', () => {
  expect(theResource(template, 'AWS::Athena::WorkGroup').Properties).toEqual({
    Name: 'headwaters-dev-energy-curation',
    Description: 'Folds energy into its curated tables',
    RecursiveDeleteOption: true,
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        OutputLocation: 's3://results/headwaters-dev-energy-curation/',
        ExpectedBucketOwner: ACCOUNT,
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: keyArn('lake') },
      },
    },
  });
});

test('the state machine comes after its tables, its rights and its workgroup', () => {
  const { DependsOn } = theResource(template, 'AWS::StepFunctions::StateMachine');
  expect((DependsOn as string[]).map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(
    expect.arrayContaining(['CurationCuratorPolicy', 'CurationWorkGroup', 'TablereadingsTable']),
  );
});

test.each<[string, number[], RegExp]>([
  ['once a day', [DAILY], /^cron\((\d+) 0 \? \* \* \*\)$/],
  ['three times a day and once', [DAILY, 9], /^cron\((\d+) 0,8,16 \? \* \* \*\)$/],
  ['every hour', [2, DAILY], /^cron\((\d+) \* \? \* \* \*\)$/],
  ['on Sundays', [200], /^cron\((\d+) 0 \? \* SUN \*\)$/],
  ['on Sundays and daily', [200, DAILY], /^cron\((\d+) 0 \? \* \* \*\)$/],
])('the rule starts it %s', (_, promises, cron) => {
  const made = synth((stack) => {
    curation(stack, promises.map((hours, index) => curated(hours, plainDataset(`readings${index}`)))); // prettier-ignore
  });
  const { ScheduleExpression, Targets } = theResource(made, 'AWS::Events::Rule').Properties;
  const [, minute] = cron.exec(String(ScheduleExpression)) ?? [];
  expect({ ScheduleExpression, isEarly: Number(minute) < 50 }).toMatchObject({ isEarly: true });
  expect(Targets).toEqual([expect.objectContaining({ Id: 'Curation' })]);
});

test('an alarm tells where it is told to, and there is none otherwise', () => {
  template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  const told = synth((stack) => {
    curation(stack, [curated(DAILY)], {
      alarmTopic: sns.Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`),
    });
  });
  const { AlarmDescription, Metrics, Threshold, TreatMissingData } = theResource(told, 'AWS::CloudWatch::Alarm').Properties;
  expect(JSON.stringify(AlarmDescription)).toMatch(
    /A fold of energy\.readings in dev failed.*Severity: high.*docs\/runbook\.md#failed-folds/,
  );
  expect({ Threshold, TreatMissingData }).toEqual({ Threshold: 1, TreatMissingData: 'notBreaching' });
  const metrics = Metrics as {
    readonly Expression?: string;
    readonly MetricStat?: { readonly Metric: { readonly MetricName: string } };
  }[];
  expect(metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([
    'FILL(failed, 0) + FILL(overdue, 0) + FILL(aborted, 0) + FILL(unstarted, 0)',
  ]);
  expect(metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []).sort()).toEqual([
    'ExecutionsAborted',
    'ExecutionsFailed',
    'ExecutionsTimedOut',
    'FailedInvocations',
  ]);
});

test.each<[string, readonly CuratedDataset[], Partial<CurationProps>, string]>([
  ['NoTables', [], {}, "'tables' must hold a table, got none"],
  [
    'StreamRetentionUnresolved',
    [curated(DAILY)],
    { streamRetention: Duration.days(Lazy.number({ produce: () => 1 })) },
    "'streamRetention' must be known when the app is synthesized",
  ],
  [
    'StatementsTooLong',
    Array.from({ length: 8 }, (_, index) => wide(`readings${index}`)),
    {},
    "'tables' must make statements of at most 204800 bytes",
  ],
])('fails with %s', (code, datasets, rest, message) => {
  const made = () =>
    synth((stack) => {
      curation(stack, datasets, rest);
    });
  expect(made).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }));
});

test('fails with CurationTwice where a workgroup has the name already', () => {
  const made = () =>
    synth((stack) => {
      const lake = someLake(new Construct(stack, 'Own'));
      const first = curation(stack, [curated(DAILY)]);
      const removalPolicy = RemovalPolicy.RETAIN;
      new Curation(stack, 'Other', { environment: 'dev', domain: 'energy', tables: first.tables, lake, removalPolicy });
    });
  expect(made).toThrow(expect.objectContaining({ code: 'CurationTwice' }));
});

/** A dataset of as many columns as a MERGE takes. */
function wide(name: string): CuratedDataset {
  const plain = plainDataset(name);
  const [, , , counter] = plain.columns;
  if (counter === undefined) throw new Error('the fixture has no counter');
  const columns = Array.from({ length: 300 }, (_, index) => ({ ...counter, name: `column_${'x'.repeat(20)}_${index}` }));
  return { ...plain, columns: [...plain.columns, ...columns], curatedWithinMs: DAILY * HOUR };
}

test('the minute is the same each time', () => {
  const cron = () => resourcesOfType(synth((stack) => { curation(stack, [curated(DAILY)]); }), 'AWS::Events::Rule'); // prettier-ignore
  expect(cron()).toEqual(cron());
});
