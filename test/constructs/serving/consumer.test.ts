import { RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import type { ConsumerProps } from '../../../constructs/serving/index.ts';
import { InvalidProps } from '../../../constructs/invalid-props.ts';
import { keyArn } from '../../support/lake.ts';
import { policyStatements, resourcesOfType, statementsOf, synth, theResource } from '../../support/synth.ts';
import { allow, ASK, consume, CURATED, glue, READ, RESULTS, throughAthena } from './analysts.ts';

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
const template = synth((stack) => {
  consume(stack, { namedQueries: [question('LoadByGrid'), question('Actor'), question('WorkGroup')] });
});
test('analysts may ask, read their domains through Athena, and keep their results', () => {
  expect(policyStatements(template, 'Analysts')).toEqual([
    ...ASK,
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
      'ReadThroughAthena',
      's3:GetObject',
      ['arn:aws:s3:::clean/keep*/energy/*', 'arn:aws:s3:::clean/keep*/water/*'],
      throughAthena,
    ),
    ...RESULTS,
  ]);
});

test('analysts read the curated tables of the domains that have some, through Athena, and of no other', () => {
  const statements = (curatedDomains: string[]) => policyStatements(synth((stack) => { consume(stack, { curatedDomains }); }), 'Analysts'); // prettier-ignore
  const [none, some] = [statements([]), statements(['water'])];
  expect(some.filter(({ Sid }) => Sid !== 'ReadThroughAthena')).toEqual([
    ...none.filter(({ Sid }) => Sid !== 'ReadThroughAthena'),
    ...CURATED,
  ]);
  expect(some.find(({ Sid }) => Sid === 'ReadThroughAthena')).toEqual(
    allow(
      'ReadThroughAthena',
      's3:GetObject',
      ['arn:aws:s3:::clean/keep*/energy/*', 'arn:aws:s3:::clean/keep*/water/*', 'arn:aws:s3:::curated/water/*'],
      throughAthena,
    ),
  );
  expect(() => statements(['wind'])).toThrow("UnknownDomain: 'curatedDomains' must be of 'domains', got 'wind'");
});

test('where there is no domain yet, analysts have nothing to read', () => {
  const empty = synth((stack) => {
    consume(stack, { domains: [] });
  });
  expect(policyStatements(empty, 'Analysts')).toEqual([
    ...ASK,
    allow('ReadCatalog', READ, [glue('catalog'), glue('database/default')]),
    ...RESULTS,
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

test.each<[string, Partial<ConsumerProps>, unknown]>([
  ['anybody of the account whom IAM lets', {}, { AWS: 'arn:${AWS::Partition}:iam::111122223333:root' }],
  [
    'whom it is told',
    { assumedBy: new AccountPrincipal('444455556666') },
    { AWS: 'arn:${AWS::Partition}:iam::444455556666:root' },
  ],
])('%s may become the group', (_, rest, Principal) => {
  const made = synth((stack) => {
    consume(stack, rest);
  });
  expect(statementsOf(theResource(made, 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument)).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal },
  ]);
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
