import { RemovalPolicy, Size, type Stack } from 'aws-cdk-lib/core';
import { Consumer, type ConsumerProps } from '../../../constructs/serving/index.ts';
import { dataset } from '../../support/contracts.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import { policyStatements, resourcesOfType, synth, theResource } from '../../support/synth.ts';

const question = (id: string) => ({
  id,
  statementName: 'ask',
  parameters: [] as string[],
  name: `Ask ${id}`,
  description: 'What it asks',
  domain: 'energy',
  sources: [],
  template: '',
  sql: 'SELECT 1',
});
const consume = (stack: Stack, rest: Partial<ConsumerProps> = {}) =>
  new Consumer(stack, 'Analysts', {
    environment: 'dev',
    group: 'analysts',
    domains: ['energy', 'water'],
    lake: someLake(stack),
    scanCutoff: Size.gibibytes(10),
    ...rest,
  });
const template = synth((stack) => {
  consume(stack, { namedQueries: [question('LoadByGrid'), question('Actor'), question('WorkGroup')] });
});
const WORKGROUP = 'arn:${AWS::Partition}:athena:eu-west-1:111122223333:workgroup/headwaters-dev-analysts';
const glue = (resource: string) => `arn:\${AWS::Partition}:glue:eu-west-1:111122223333:${resource}`;
const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
const zoneContext = (bucket: string) => ({
  StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}` },
});
const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const ASK = [
  'athena:BatchGetNamedQuery',
  'athena:BatchGetPreparedStatement',
  'athena:BatchGetQueryExecution',
  'athena:GetNamedQuery',
  'athena:GetPreparedStatement',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:GetQueryResultsStream',
  'athena:GetWorkGroup',
  'athena:ListNamedQueries',
  'athena:ListPreparedStatements',
  'athena:ListQueryExecutions',
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
];
const READ = ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'];
const results = [
  allow('FindBuckets', 's3:GetBucketLocation', ['arn:aws:s3:::clean', 'arn:aws:s3:::results']),
  allow(
    'KeepResults',
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    'arn:aws:s3:::results/headwaters-dev-analysts/*',
  ),
  allow('ListResults', ['s3:ListBucket', 's3:ListBucketMultipartUploads'], 'arn:aws:s3:::results', {
    StringLike: { 's3:prefix': 'headwaters-dev-analysts/*' },
  }),
  allow('DecryptClean', 'kms:Decrypt', keyArn('lake'), zoneContext('clean')),
  allow('EncryptResults', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('results'), zoneContext('results')),
];

test('analysts may ask, read their domains through Athena, and keep their results', () => {
  expect(policyStatements(template, 'Analysts')).toEqual([
    allow('Ask', ASK, WORKGROUP),
    allow('ReadCatalog', READ, [
      glue('catalog'),
      glue('database/default'),
      glue('database/headwaters_dev_energy'),
      glue('database/headwaters_dev_water'),
      glue('table/headwaters_dev_energy/*'),
      glue('table/headwaters_dev_water/*'),
    ]),
    allow('ListCleanThroughAthena', 's3:ListBucket', 'arn:aws:s3:::clean', {
      StringLike: { 's3:prefix': ['keep*/energy/*', 'keep*/water/*'] },
      ...throughAthena,
    }),
    allow(
      'ReadCleanThroughAthena',
      's3:GetObject',
      ['arn:aws:s3:::clean/keep*/energy/*', 'arn:aws:s3:::clean/keep*/water/*'],
      throughAthena,
    ),
    ...results,
  ]);
});

test('where there is no domain yet, analysts have nothing to read', () => {
  const empty = synth((stack) => {
    consume(stack, { domains: [] });
  });
  expect(policyStatements(empty, 'Analysts')).toEqual([
    allow('Ask', ASK, WORKGROUP),
    allow('ReadCatalog', READ, [glue('catalog'), glue('database/default')]),
    ...results,
  ]);
});

test('the workgroup keeps results where it says, encrypted, and stops a query that scans too much', () => {
  expect(theResource(template, 'AWS::Athena::WorkGroup').Properties).toEqual({
    Name: 'headwaters-dev-analysts',
    Description: 'Queries of analysts',
    RecursiveDeleteOption: false,
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      BytesScannedCutoffPerQuery: 10_737_418_240,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        OutputLocation: 's3://results/headwaters-dev-analysts/',
        ExpectedBucketOwner: '111122223333',
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: keyArn('results') },
      },
    },
  });
});

test('questions stand ready in the workgroup, whatever they are called', () => {
  const queries = Object.values(resourcesOfType(template, 'AWS::Athena::NamedQuery'));
  expect(queries.map(({ Properties, DependsOn }) => ({ Properties, DependsOn }))).toEqual(
    ['LoadByGrid', 'Actor', 'WorkGroup'].map((id) => ({
      Properties: {
        Name: `Ask ${id}`,
        Description: 'What it asks',
        Database: 'headwaters_dev_energy',
        QueryString: 'SELECT 1',
        WorkGroup: 'headwaters-dev-analysts',
      },
      DependsOn: [theResource(template, 'AWS::Athena::WorkGroup').id],
    })),
  );
});

test('a question with parameters is a prepared statement, whose parameters its description names', () => {
  const prepared = synth((stack) => {
    consume(stack, {
      namedQueries: [
        { ...question('LoadOfGrid'), statementName: 'load_of_grid', parameters: ['grid', 'since'], sql: 'SELECT ?, ?' },
      ],
    });
  });
  prepared.resourceCountIs('AWS::Athena::NamedQuery', 0);
  const { Properties, DependsOn } = theResource(prepared, 'AWS::Athena::PreparedStatement');
  expect(Properties).toEqual({
    StatementName: 'load_of_grid',
    Description: 'What it asks; EXECUTE load_of_grid USING grid, since',
    QueryStatement: 'SELECT ?, ?',
    WorkGroup: 'headwaters-dev-analysts',
  });
  expect(DependsOn).toEqual([theResource(prepared, 'AWS::Athena::WorkGroup').id]);
});

test('a workgroup may be made to go with all that it kept', () => {
  const gone = synth((stack) => {
    consume(stack, { removalPolicy: RemovalPolicy.DESTROY });
  });
  expect(theResource(gone, 'AWS::Athena::WorkGroup').Properties.RecursiveDeleteOption).toBe(true);
});

test('grantRead opens one dataset through Athena, once, and nothing beside it', () => {
  const granted = synth((stack) => {
    const engineers = consume(stack, { domains: [] });
    engineers.grantRead(dataset());
    engineers.grantRead(dataset());
  });
  expect(policyStatements(granted, 'Analysts')).toEqual([
    allow('Ask', ASK, WORKGROUP),
    allow('ReadCatalog', READ, [
      glue('catalog'),
      glue('database/default'),
      glue('database/headwaters_dev_energy'),
      glue('table/headwaters_dev_energy/readings'),
      glue('table/headwaters_dev_energy/readings_clean'),
    ]),
    ...results,
    allow('ListCleanEnergyReadingsThroughAthena', 's3:ListBucket', 'arn:aws:s3:::clean', {
      StringLike: { 's3:prefix': ['keep1095-hot30-warm90-deep/energy/readings/*'] },
      ...throughAthena,
    }),
    allow(
      'ReadCleanEnergyReadingsThroughAthena',
      's3:GetObject',
      'arn:aws:s3:::clean/keep1095-hot30-warm90-deep/energy/readings/*',
      throughAthena,
    ),
  ]);
});
