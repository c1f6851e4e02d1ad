import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import {
  IcebergTable,
  IcebergTables,
  type IcebergTableProps,
  type IcebergTablesProps,
} from '../../../constructs/catalog/index.ts';
import type { Lake } from '../../../constructs/storage/lake.ts';
import { keyArn, someLake } from '../../support/lake.ts';
import { ACCOUNT, policyStatements, REGION, resourcesOf, synth, theResource } from '../../support/synth.ts';
import { column } from '../../core/iceberg/tables.ts';

const columns = [column('reading_id', 'string', { required: true, comment: 'of the meter' }), column('amount', 'decimal(9,2)')];

const makerOf = (stack: Stack, removalPolicy = RemovalPolicy.RETAIN, place: Pick<IcebergTablesProps, 'prefix'> = {}) => {
  const lake = someLake(stack);
  const maker = new IcebergTables(stack, 'Maker', { environment: 'dev', lake, databaseName: 'energy', removalPolicy, ...place });
  const table = (id: string, rest: Partial<IcebergTableProps> = {}): IcebergTable =>
    new IcebergTable(stack, id, {
      maker,
      name: id.toLowerCase(),
      prefix: `energy/${id.toLowerCase()}`,
      columns,
      key: ['reading_id'],
      removalPolicy,
      ...rest,
    });
  return { lake, table };
};

const build = (stack: Stack): void => {
  const { table, lake } = makerOf(stack);
  table('Readings', { description: 'what meters say', properties: { owner: 'energy' } });
  table('Outages', { zone: lake.clean, key: [] });
};
const retained = synth(build);
const destroyed = synth((stack) => {
  makerOf(stack, RemovalPolicy.DESTROY).table('Readings');
});

const arn = (resource: string): string => `arn:\${AWS::Partition}:glue:${REGION}:${ACCOUNT}:${resource}`;
const allow = (Sid: string, Action: string | string[], Resource: unknown, Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});
const useKey = (Sid: string, bucket: string) =>
  allow(Sid, ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn('lake'), {
    StringEquals: {
      'kms:ViaService': 's3.eu-west-1.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}`,
    },
  });

test('the maker makes and changes its tables, writes their metadata, and nothing else', () => {
  expect(policyStatements(retained, 'Maker')).toEqual([
    allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], '${MakerLogs.Arn}'),
    allow(
      'MakeTables',
      ['glue:GetTable', 'glue:CreateTable', 'glue:UpdateTable'],
      [arn('catalog'), arn('database/energy'), arn('table/energy/readings'), arn('table/energy/outages')],
    ),
    allow(
      'WriteMetadata',
      ['s3:GetObject', 's3:PutObject'],
      ['arn:aws:s3:::curated/energy/readings/metadata/*', 'arn:aws:s3:::clean/energy/outages/metadata/*'],
    ),
    useKey('UseZoneKey', 'curated'),
    useKey('UseZoneKey2', 'clean'),
  ]);
});

const within = (prefix: string, rest: Partial<IcebergTableProps> | ((lake: Lake) => Partial<IcebergTableProps>) = {}) =>
  synth((stack) => {
    const { table, lake } = makerOf(stack, RemovalPolicy.RETAIN, { prefix });
    table('Readings');
    table('Outages', typeof rest === 'function' ? rest(lake) : rest);
  });

test('a maker of one place may write the metadata of all that lies there, once', () => {
  expect(policyStatements(within('energy'), 'Maker')).toContainEqual(
    allow('WriteMetadata', ['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::curated/energy/*/metadata/*'),
  );
});

test.each<[string, () => unknown]>([
  ['BadPrefix', () => within('energy/')],
  ['PlaceOutside', () => within('energy', { prefix: 'water/outages' })],
  ['PlaceOutside', () => within('energy', { prefix: 'energy' })],
  ['PlaceOutside', () => within('energy', { prefix: 'energy2/outages' })],
  ['PlaceOutside', () => within('energy', ({ clean }) => ({ zone: clean }))],
])('a maker of one place fails with %s', (code, made) => {
  expect(made).toThrow(expect.objectContaining({ code }));
});

test('a maker that destroys may remove tables of its database, since their rights go before they do', () => {
  expect(policyStatements(destroyed, 'Maker')).toContainEqual(
    allow('RemoveTables', 'glue:DeleteTable', [arn('catalog'), arn('database/energy'), arn('table/energy/*')]),
  );
});

test('a table is a custom resource that tells its whole definition', () => {
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = theResource(retained, 'Custom::IcebergTable', 'Readings');
  expect(Properties).toMatchObject({ DeleteWithStack: 'false', ServiceTimeout: '600' });
  expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  expect(JSON.parse(String(Properties.Definition))).toEqual({
    databaseName: 'energy',
    tableName: 'readings',
    unwantedColumns: 'keep',
    location: 's3://curated/energy/readings',
    description: 'what meters say',
    columns: [
      { name: 'reading_id', type: 'string', required: true, comment: 'of the meter' },
      { name: 'amount', type: 'decimal(9,2)', required: false },
    ],
    key: ['reading_id'],
    properties: { owner: 'energy' },
  });
});

test('a table that is destroyed says so', () => {
  const { Properties, DeletionPolicy } = theResource(destroyed, 'Custom::IcebergTable');
  expect([Properties.DeleteWithStack, DeletionPolicy]).toEqual(['true', 'Delete']);
});

test('a table comes after the rights of its maker', () => {
  const policy = theResource(retained, 'AWS::IAM::ManagedPolicy', 'Maker').id;
  expect(theResource(retained, 'Custom::IcebergTable', 'Readings').DependsOn).toContain(policy);
  expect(theResource(retained, 'AWS::Lambda::Function', 'Maker').DependsOn).toContain(policy);
});

test('the function is under the log key, and its role under the path of its actor', () => {
  expect(theResource(retained, 'AWS::Logs::LogGroup', 'Maker').Properties).toMatchObject({
    KmsKeyId: keyArn('log'),
    RetentionInDays: 14,
  });
  expect(theResource(retained, 'AWS::IAM::Role', 'Maker').Properties.Path).toBe('/headwaters/dev/table-maker/');
});

test('the same definition gives the same template', () => {
  expect(resourcesOf(synth(build))).toEqual(resourcesOf(retained));
});

test.each<[string, Partial<IcebergTableProps>, string]>([
  ['BadTableName', { name: 'Readings' }, "got 'Readings'"],
  ['BadTableName', { name: 'r'.repeat(256) }, '255 characters at most'],
  ['BadPrefix', { prefix: 'energy/' }, "got 'energy/'"],
  ['BadPrefix', { prefix: 'energy/*' }, "got 'energy/*'"],
  ['BadColumns', { columns: [] }, "'columns' is not as a definition has it"],
  ['BadColumns', { columns: [column('a', 'decimal(39,0)')], key: [] }, "'columns.0.type'"],
  ['BadColumnName', { columns: [column('A')], key: [] }, "got 'A'; rename it"],
  ['ColumnTwice', { columns: [column('a'), column('a')], key: [] }, "got 'a' twice"],
  ['KeyTwice', { key: ['reading_id', 'reading_id'] }, "got 'reading_id' twice"],
  ['KeyNotAColumn', { key: ['id'] }, "got 'id'"],
  ['KeyOptional', { key: ['amount'] }, "got 'amount'"],
  ['KeyType', { columns: [column('a', 'double', { required: true })], key: ['a'] }, 'of double'],
  ['PropertyTwice', { description: 'a', properties: { comment: 'b' } }, "leave 'comment' to 'description'"],
  ['BadRemovalPolicy', { removalPolicy: RemovalPolicy.SNAPSHOT }, "got 'snapshot'"],
  ['BadRemovalPolicy', { removalPolicy: RemovalPolicy.DESTROY }, "must retain where the maker's does"],
  ['TableTwice', { name: 'first' }, "got 'first' twice"],
  ['PlaceTaken', { prefix: 'energy/first' }, "got 'energy/first' beside 'energy/first' of 'first'"],
  ['PlaceTaken', { prefix: 'energy/first/inner' }, "beside 'energy/first'"],
  ['PlaceTaken', { prefix: 'energy' }, "got 'energy' beside 'energy/first'"],
])('fails with %s for %j', (code, rest, message) => {
  const made = () =>
    synth((stack) => {
      const { table } = makerOf(stack);
      table('First');
      table('Second', rest);
    });
  expect(made).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }));
});
