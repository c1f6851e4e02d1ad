import { RemovalPolicy, Size, type Stack } from 'aws-cdk-lib/core';
import { Consumer, type ConsumerProps } from '../../../constructs/serving/index.ts';
import type { Template } from 'aws-cdk-lib/assertions';
import { InvalidProps } from '../../../constructs/invalid-props.ts';
import { policySize } from '../../../constructs/security/policy-size.ts';
import { importLake } from '../../../constructs/storage/index.ts';
import { contractDocument, dataset, plainDataset } from '../../support/contracts.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import { policyStatements, resourcesOfType, statementsOf, synth, theResource } from '../../support/synth.ts';

const question = (id: string) => ({
  file: 'models/questions/ask.sql',
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
const BROWSE = [
  allow(
    'BrowseCatalog',
    [
      'athena:GetDataCatalog',
      'athena:GetDatabase',
      'athena:GetTableMetadata',
      'athena:ListDatabases',
      'athena:ListTableMetadata',
    ],
    'arn:${AWS::Partition}:athena:eu-west-1:111122223333:datacatalog/AwsDataCatalog',
  ),
  allow('FindWorkGroups', ['athena:ListDataCatalogs', 'athena:ListWorkGroups'], '*'),
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
    ...BROWSE,
    allow('ReadCatalog', READ, [
      glue('catalog'),
      glue('database/default'),
      glue('database/headwaters_dev_energy'),
      glue('table/headwaters_dev_energy/*'),
      glue('database/headwaters_dev_water'),
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
    ...BROWSE,
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
    ...BROWSE,
    allow('ReadCatalog', READ, [
      glue('catalog'),
      glue('database/default'),
      glue('database/headwaters_dev_energy'),
      glue('table/headwaters_dev_energy/readings'),
      glue('table/headwaters_dev_energy/readings_clean'),
    ]),
    ...results,
    allow('ListCleanThroughAthena', 's3:ListBucket', 'arn:aws:s3:::clean', {
      StringLike: { 's3:prefix': ['keep1095-hot30-warm90-deep/energy/readings/*'] },
      ...throughAthena,
    }),
    allow(
      'ReadCleanThroughAthena',
      's3:GetObject',
      'arn:aws:s3:::clean/keep1095-hot30-warm90-deep/energy/readings/*',
      throughAthena,
    ),
  ]);
});

test('grantRead opens where the dataset lay before as well: its view reads there', () => {
  const release = dataset(contractDocument({ slaProperties: [{ property: 'retention', value: 10, unit: 'y' }] }));
  const granted = synth((stack) => {
    consume(stack, { domains: [] }).grantRead({ ...dataset(), released: [release] });
  });
  const resources = policyStatements(granted, 'Analysts').flatMap(({ Resource }) => Resource as string | string[]);
  expect(resources).toContain(glue('table/headwaters_dev_energy/readings_clean_keep3650_hot30_warm90_deep'));
  expect(resources).toContain('arn:aws:s3:::clean/keep3650-hot30-warm90-deep/energy/readings/*');
});

test('a dataset of a domain that is open adds nothing', () => {
  const granted = synth((stack) => {
    consume(stack).grantRead(dataset());
  });
  expect(policyStatements(granted, 'Analysts')).toEqual(policyStatements(template, 'Analysts'));
});

const someDomains = (count: number) => Array.from({ length: count }, (_, index) => `domain_x${String(index).padStart(3, '0')}`);
/** The managed policies of a template, in the order in which they were made. */
const policiesOf = (from: Template) =>
  Object.entries(resourcesOfType(from, 'AWS::IAM::ManagedPolicy')).map(([id, { Properties, DependsOn }]) => ({
    id,
    dependsOn: DependsOn,
    path: Properties.Path,
    roles: Properties.Roles,
    size: policySize(Properties.PolicyDocument),
    statements: statementsOf(Properties.PolicyDocument),
  }));
/** All resources of the statements that are called so, in whatever policy. */
const opened = (from: Template, sid: string) =>
  policiesOf(from).flatMap(({ statements }) =>
    statements.filter(({ Sid }) => Sid === sid).flatMap(({ Resource }) => Resource as string | string[]),
  );
const prefixes = (from: Template) =>
  policiesOf(from).flatMap(({ statements }) =>
    statements
      .filter(({ Sid }) => Sid === 'ListCleanThroughAthena')
      .flatMap(({ Condition }) => (Condition as { StringLike: { 's3:prefix': string[] } }).StringLike['s3:prefix']),
  );

describe.each([
  [10, 1],
  [30, 2],
  [100, 6],
  [150, 8],
])('%d domains', (count, policies) => {
  const domains = someDomains(count);
  const from = synth((stack) => {
    consume(stack, { domains, lake: importLake(stack, 'dev') });
  });

  test(`stand in ${policies} policies of the one role, none of which IAM would find too large`, () => {
    const made = policiesOf(from);
    expect(made).toHaveLength(policies);
    const { id } = theResource(from, 'AWS::IAM::Role');
    for (const { path, roles, size } of made) {
      expect({ path, roles }).toEqual({ path: '/headwaters/dev/analyst/', roles: [{ Ref: id }] });
      expect(size).toBeLessThanOrEqual(6144);
    }
  });

  test('are each named, once, and no pattern covers more', () => {
    expect(opened(from, 'ReadCatalog')).toEqual([
      glue('catalog'),
      glue('database/default'),
      ...domains.flatMap((domain) => [glue(`database/headwaters_dev_${domain}`), glue(`table/headwaters_dev_${domain}/*`)]),
    ]);
    expect(prefixes(from)).toEqual(domains.map((domain) => `keep*/${domain}/*`));
    expect(opened(from, 'ReadCleanThroughAthena')).toEqual(
      domains.map((domain) => `arn:\${AWS::Partition}:s3:::\${import headwaters-dev-CleanBucketName}/keep*/${domain}/*`),
    );
  });

  test('take the same few statements, whatever their number', () => {
    const [first, ...further] = policiesOf(from).map(({ statements }) => statements.map(({ Sid }) => Sid));
    expect(first).toEqual([
      'Ask',
      'BrowseCatalog',
      'FindWorkGroups',
      ...['ReadCatalog', 'ListCleanThroughAthena', 'ReadCleanThroughAthena'],
      ...['FindBuckets', 'KeepResults', 'ListResults', 'DecryptClean', 'EncryptResults'],
    ]);
    for (const sids of further) expect(sids).toEqual(['ReadCatalog', 'ListCleanThroughAthena', 'ReadCleanThroughAthena']);
    for (const { statements } of policiesOf(from))
      expect(statements.filter(({ Sid }) => /ThroughAthena$/.test(Sid ?? '')).map(({ Condition }) => Condition)).toEqual([
        expect.objectContaining(throughAthena),
        expect.objectContaining(throughAthena),
      ]);
  });
});

test('a policy is changed after the one that follows it: what a new domain pushes over stays open', () => {
  const made = policiesOf(
    synth((stack) => {
      consume(stack, { domains: someDomains(100), lake: importLake(stack, 'dev') });
    }),
  );
  expect(made.map(({ dependsOn }) => dependsOn)).toEqual([...made.slice(1).map(({ id }) => [id]), undefined]);
});

test('grants fill the policies as domains do, each of them once', () => {
  const names = Array.from({ length: 40 }, (_, index) => `readings_x${index}`);
  const from = synth((stack) => {
    const engineers = consume(stack, { domains: [], lake: importLake(stack, 'dev') });
    for (const name of [...names, ...names]) engineers.grantRead(plainDataset(name));
  });
  expect(policiesOf(from).map(({ size }) => size <= 6144)).toEqual([true, true, true, true]);
  expect(opened(from, 'ReadCatalog').filter((arn) => !arn.endsWith('energy'))).toEqual([
    glue('catalog'),
    glue('database/default'),
    ...names.flatMap((name) => [name, `${name}_clean`].map((table) => glue(`table/headwaters_dev_energy/${table}`))),
  ]);
});

test('fails for more than a role can hold, naming what found no room', () => {
  const many = () =>
    synth((stack) => {
      consume(stack, { domains: someDomains(300), lake: importLake(stack, 'dev') });
    });
  expect(many).toThrow(InvalidProps);
  expect(many).toThrow(
    /^Test\/Analysts: TooMuchToRead: 'domains' and grants must fit in the 10 policies of a role, got no room for 'domain_x191'; divide them among several groups$/,
  );
});

test.each([
  ['BadEnvironment', { environment: 'Dev' }, "'environment' must be lower-case letters and digits, a letter first, got 'Dev'"],
  ['BadEnvironment', { environment: 'd*' }, "got 'd*'"],
  ['BadGroup', { group: 'data science' }, "'group' must be letters, digits, '.', '_' and '-', got 'data science'; rename it"],
  ['BadGroup', { group: '' }, "got ''"],
  ['BadGroup', { group: '*' }, "got '*'"],
  [
    'BadGroup',
    { group: 'g'.repeat(114) },
    "'group' must make a workgroup's name of at most 128 characters, got 'headwaters-dev-ggg",
  ],
  [
    'BadDomain',
    { domains: ['energy', '*'] },
    "'domains' must be names of lower-case letters, digits and single underscores, got '*'",
  ],
  ['BadDomain', { domains: ['Energy'] }, "got 'Energy'; name it as its contracts do"],
  ['BadDomain', { domains: ['energy/readings'] }, "got 'energy/readings'"],
  ['BadDomain', { domains: ['e'.repeat(241)] }, "'domains' must make databases' names of at most 255 characters, got 'eee"],
  ['ScanCutoffTooSmall', { scanCutoff: Size.mebibytes(9) }, "'scanCutoff' must be at least 10 MB, got "],
  ['ScanCutoffNotWhole', { scanCutoff: Size.gibibytes(1.1) }, "'scanCutoff' must be whole bytes, got "],
  [
    'QuestionTwice',
    { namedQueries: [question('A'), question('A')] },
    "'namedQueries' must be told apart by their ids, got 'A' twice",
  ],
  [
    'BadQuestionName',
    { namedQueries: [{ ...question('A'), name: 'n'.repeat(129) }] },
    "must have names of 1 to 128 characters, got 129 in 'A'",
  ],
  ['BadQuestionName', { namedQueries: [{ ...question('A'), name: '' }] }, "got 0 in 'A'"],
  ...['a', '1st', 'of-grid'].map((statementName): [string, Partial<ConsumerProps>, string] => [
    'BadStatementName',
    { namedQueries: [{ ...question('A'), statementName, parameters: ['x'] }] },
    `must be called by 2 to 256 letters, digits and underscores, got '${statementName}'; rename it`,
  ]),
] satisfies [string, Partial<ConsumerProps>, string][])(
  'fails with %s (case %#)',
  (code, rest: Partial<ConsumerProps>, message) => {
    const refused = () =>
      synth((stack) => {
        consume(stack, rest);
      });
    expect(refused).toThrow(InvalidProps);
    expect(refused).toThrow(`Test/Analysts: ${code}: `);
    expect(refused).toThrow(message);
  },
);

test('takes the longest and the shortest of what Athena takes', () => {
  const made = synth((stack) => {
    consume(stack, {
      group: 'G.'.repeat(56) + 'g',
      domains: ['e'.repeat(240)],
      scanCutoff: Size.bytes(10_000_000),
      namedQueries: [
        { ...question('A'), name: 'n'.repeat(128) },
        { ...question('B'), statementName: 'b2', parameters: ['x'] },
      ],
    });
  });
  expect(String(theResource(made, 'AWS::Athena::WorkGroup').Properties.Name)).toHaveLength(128);
});
