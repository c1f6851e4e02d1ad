import type { FactTable } from './fact.ts';
import { icebergFacts } from './glue/iceberg.ts';
import { Catalog } from './glue/with-catalog.ts';

const api = (operation: string): string => `https://docs.aws.amazon.com/glue/latest/webapi/API_${operation}.html`;
const guide = (page: string): string => `https://docs.aws.amazon.com/glue/latest/dg/${page}.html`;

const T = { DatabaseName: 'sales', TableName: 't' } as const;
const partition = (...Values: readonly string[]) => ({ ...T, PartitionInput: { Values } });

interface Versions {
  readonly TableVersions: readonly { readonly VersionId: string; readonly Table: { readonly Description?: string } }[];
}

/** The Data Catalog. */
export const glueFacts: FactTable = {
  service: 'AWS Glue Data Catalog',
  facts: [
    {
      says: 'names of databases, tables and columns are kept in lower case, and found in any case',
      basis: 'documented',
      source: guide('aws-glue-api-catalog-tables'),
      holds: async () => {
        const catalog = await Catalog.open();
        const columns = [{ Name: 'OrderId', Type: 'bigint' }];
        await catalog.call('CreateTable', {
          DatabaseName: 'SALES',
          TableInput: { Name: 'Orders', StorageDescriptor: { Columns: columns } },
        });
        expect(await catalog.call('GetTable', { DatabaseName: 'Sales', Name: 'ORDERS' })).toMatchObject({
          Table: { Name: 'orders', DatabaseName: 'sales', StorageDescriptor: { Columns: [{ Name: 'orderid' }] } },
        });
      },
    },
    {
      says: 'CreateTable of a name that is taken is refused with AlreadyExistsException, GetTable of one that is not with EntityNotFoundException',
      basis: 'documented',
      source: guide('aws-glue-api-catalog-tables'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t');
        const again = { DatabaseName: 'sales', TableInput: { Name: 'T' } };
        expect(await catalog.refusal('CreateTable', again)).toEqual({
          code: 'AlreadyExistsException',
          message: 'Table already exists.',
        });
        expect(await catalog.refusal('GetTable', { DatabaseName: 'sales', Name: 'none' })).toEqual({
          code: 'EntityNotFoundException',
          message: 'Table none not found.',
        });
        expect(await catalog.refusal('GetTable', { DatabaseName: 'none', Name: 't' })).toEqual({
          code: 'EntityNotFoundException',
          message: 'Database none not found.',
        });
        expect((await catalog.refusal('CreateDatabase', { DatabaseInput: { Name: 'sales' } })).message).toBe(
          'Database already exists.',
        );
      },
    },
    {
      says: "UpdateTable keeps the version before, and with SkipArchive forgets it; each version's id is one higher",
      basis: 'documented',
      source: api('UpdateTable'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t');
        const update = (Description: string, more: object = {}) =>
          catalog.call('UpdateTable', { DatabaseName: 'sales', TableInput: { Name: 't', Description }, ...more });
        await update('one');
        await update('two', { SkipArchive: true });
        const { TableVersions } = await catalog.call<Versions>('GetTableVersions', T);
        expect(TableVersions.map(({ VersionId, Table }) => [VersionId, Table.Description])).toEqual([
          ['2', 'two'],
          ['0', undefined],
        ]);
      },
    },
    {
      says: 'UpdateTable replaces the whole table: what the input leaves out is gone',
      basis: 'documented',
      source: api('UpdateTable'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.call('CreateTable', {
          DatabaseName: 'sales',
          TableInput: { Name: 't', Description: 'd', Parameters: { a: '1' } },
        });
        await catalog.call('UpdateTable', { DatabaseName: 'sales', TableInput: { Name: 't', Parameters: { b: '2' } } });
        const { Table } = await catalog.call<{ Table: Readonly<Record<string, unknown>> }>('GetTable', {
          DatabaseName: 'sales',
          Name: 't',
        });
        expect([Table['Description'], Table['Parameters']]).toEqual([undefined, { b: '2' }]);
      },
    },
    {
      says: 'UpdateTable with the VersionId of an older version is refused with ConcurrentModificationException',
      basis: 'documented',
      source: api('UpdateTable'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t');
        const update = { DatabaseName: 'sales', TableInput: { Name: 't' }, VersionId: '0' };
        expect(await catalog.call('UpdateTable', update)).toEqual({});
        expect((await catalog.refusal('UpdateTable', update)).code).toBe('ConcurrentModificationException');
      },
    },
    {
      says: 'an operation on a table needs its action on the catalog, on the database and on the table',
      basis: 'documented',
      source: guide('glue-specifying-resource-arns'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t');
        const arn = 'arn:aws:glue:us-east-1:111122223333:';
        expect(catalog.access.asked).toEqual(
          ['catalog', 'database/sales', 'table/sales/t'].map((resource) => `glue:CreateTable ${arn}${resource}`),
        );
        catalog.access.deny((_, resource) => resource.endsWith(':catalog'));
        expect((await catalog.refusal('GetTable', { DatabaseName: 'sales', Name: 't' })).code).toBe('AccessDeniedException');
      },
    },
    {
      says: 'a caller without the right is refused before learning whether the table is there',
      basis: 'undecided',
      source: guide('glue-specifying-resource-arns'),
      holds: async () => {
        const catalog = await Catalog.open();
        catalog.access.deny((action) => action === 'glue:GetTable');
        expect((await catalog.refusal('GetTable', { DatabaseName: 'none', Name: 'none' })).code).toBe('AccessDeniedException');
      },
    },
    {
      says: 'DeleteDatabase needs its action on each table of the database, and takes them with it',
      basis: 'documented',
      source: guide('glue-specifying-resource-arns'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t');
        catalog.access.asked.length = 0;
        await catalog.call('DeleteDatabase', { Name: 'sales' });
        expect(catalog.access.asked.map((line) => line.split(':').at(-1))).toEqual([
          'catalog',
          'database/sales',
          'table/sales/t',
        ]);
        expect((await catalog.refusal('GetTables', { DatabaseName: 'sales' })).code).toBe('EntityNotFoundException');
      },
    },
    {
      says: 'GetTables gives at most 100 tables in an answer and refuses to be asked for more; its Expression matches whole names',
      basis: 'documented',
      source: api('GetTables'),
      holds: async () => {
        const catalog = await Catalog.open();
        for (let n = 0; n < 101; n++) await catalog.table(`t${n}`);
        const first = await catalog.call<{ TableList: readonly object[]; NextToken: string }>('GetTables', {
          DatabaseName: 'sales',
        });
        const rest = await catalog.call<{ TableList: readonly object[] }>('GetTables', {
          DatabaseName: 'sales',
          NextToken: first.NextToken,
        });
        expect([first.TableList.length, rest.TableList.length, Object.keys(rest)]).toEqual([100, 1, ['TableList']]);
        expect((await catalog.refusal('GetTables', { DatabaseName: 'sales', MaxResults: 101 })).code).toBe(
          'InvalidInputException',
        );
        expect(await catalog.call('GetTables', { DatabaseName: 'sales', Expression: 't9' })).toMatchObject({
          TableList: [{ Name: 't9' }],
        });
      },
    },
    {
      says: 'a NextToken that a caller made up, or that another request was given, is an InvalidInputException; another MaxResults is no other request',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html#API_GetTables_Errors',
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.call('CreateDatabase', { DatabaseInput: { Name: 'other' } });
        for (const name of ['a', 'b', 'c']) await catalog.table(name);
        await catalog.table('parted', { dt: 'string' });
        for (const dt of ['1', '2'])
          await catalog.call('CreatePartition', { DatabaseName: 'sales', TableName: 'parted', PartitionInput: { Values: [dt] } });
        const begin = (operation: string, input: object) =>
          catalog.call<{ NextToken: string }>(operation, { ...input, MaxResults: 1 });
        const requests: [string, object][] = [
          ['GetTables', { DatabaseName: 'sales' }],
          ['GetTables', { DatabaseName: 'sales', Expression: '*' }],
          ['GetPartitions', { DatabaseName: 'sales', TableName: 'parted' }],
          ['GetDatabases', {}],
          ['SearchTables', {}],
        ];
        const tokens = await Promise.all(requests.map(async ([operation, input]) => (await begin(operation, input)).NextToken));
        for (const [at, [operation, input]] of requests.entries()) {
          await catalog.call(operation, { ...input, NextToken: tokens[at], MaxResults: 2 });
          const strange = tokens.filter((_, index) => index !== at);
          for (const NextToken of ['x', 'YQ', 'eyJhZnRlciI6ImEifQ', ...strange])
            expect((await catalog.refusal(operation, { ...input, NextToken })).code).toBe('InvalidInputException');
        }
      },
    },
    {
      says: 'a partition has a value for each key of its table, or is refused with InvalidInputException',
      basis: 'documented',
      source: api('CreatePartition'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t', { day: 'string', hour: 'int' });
        expect((await catalog.refusal('CreatePartition', partition('2024-01-01'))).code).toBe('InvalidInputException');
        await catalog.call('CreatePartition', partition('2024-01-01', '3'));
        expect(await catalog.call('GetPartition', { ...T, PartitionValues: ['2024-01-01', '3'] })).toMatchObject({
          Partition: { Values: ['2024-01-01', '3'], DatabaseName: 'sales', TableName: 't' },
        });
        expect(await catalog.refusal('GetPartition', { ...T, PartitionValues: ['2024-01-01', '4'] })).toEqual({
          code: 'EntityNotFoundException',
          message: 'Cannot find partition.',
        });
      },
    },
    {
      says: 'BatchCreatePartition takes 100 partitions, makes those that it can and tells the error of each other',
      basis: 'documented',
      source: api('BatchCreatePartition'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t', { p: 'string' });
        const list = (count: number) => ({
          ...T,
          PartitionInputList: Array.from({ length: count }, (_, n) => ({ Values: [`${n}`] })),
        });
        await catalog.call('CreatePartition', partition('0'));
        expect(await catalog.call('BatchCreatePartition', list(100))).toEqual({
          Errors: [
            {
              PartitionValues: ['0'],
              ErrorDetail: { ErrorCode: 'AlreadyExistsException', ErrorMessage: 'Partition already exists.' },
            },
          ],
        });
        expect((await catalog.call<{ Partitions: readonly object[] }>('GetPartitions', T)).Partitions).toHaveLength(100);
        expect((await catalog.refusal('BatchCreatePartition', list(101))).code).toBe('InvalidInputException');
      },
    },
    {
      says: 'BatchDeletePartition takes 25 partitions, BatchGetPartition gives those that are there',
      basis: 'documented',
      source: api('BatchDeletePartition'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t', { p: 'string' });
        await catalog.call('CreatePartition', partition('a'));
        const values = (count: number) => Array.from({ length: count }, () => ({ Values: ['a'] }));
        expect(
          await catalog.call('BatchGetPartition', { ...T, PartitionsToGet: [{ Values: ['a'] }, { Values: ['b'] }] }),
        ).toMatchObject({
          Partitions: [{ Values: ['a'] }],
          UnprocessedKeys: [],
        });
        expect((await catalog.refusal('BatchDeletePartition', { ...T, PartitionsToDelete: values(26) })).code).toBe(
          'InvalidInputException',
        );
        const answer = await catalog.call('BatchDeletePartition', { ...T, PartitionsToDelete: values(2) });
        expect(answer).toMatchObject({
          Errors: [{ PartitionValues: ['a'], ErrorDetail: { ErrorCode: 'EntityNotFoundException' } }],
        });
      },
    },
    {
      says: 'the expression of GetPartitions compares by the type of the key: 10 is above 9 for an int and below it for a string',
      basis: 'documented',
      source: guide('aws-glue-api-catalog-partitions'),
      holds: async () => {
        for (const [type, above] of [
          ['int', ['10']],
          ['string', []],
        ] as const) {
          const catalog = await Catalog.open();
          await catalog.table('t', { p: type });
          for (const value of ['9', '10']) await catalog.call('CreatePartition', partition(value));
          const { Partitions } = await catalog.call<{ Partitions: readonly { Values: string[] }[] }>('GetPartitions', {
            ...T,
            Expression: "p > '9'",
          });
          expect(Partitions.map(({ Values }) => Values[0])).toEqual(above);
        }
      },
    },
    {
      says: 'the expression takes AND before OR, IN, BETWEEN, LIKE for strings alone, NOT and IS NULL; an unknown key is InvalidInputException',
      basis: 'documented',
      source: guide('aws-glue-api-catalog-partitions'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t', { day: 'date', n: 'int' });
        for (const values of [
          ['2024-01-01', '1'],
          ['2024-01-02', '2'],
          ['2024-02-01', '3'],
        ] as const)
          await catalog.call('CreatePartition', partition(...values));
        const found = async (Expression: string) =>
          (
            await catalog.call<{ Partitions: readonly { Values: string[] }[] }>('GetPartitions', { ...T, Expression })
          ).Partitions.map(({ Values }) => Values[1]);
        expect(await found("n = 1 OR n = 2 AND day > '2024-01-15'")).toEqual(['1']);
        expect(await found("(n = 1 OR n = 3) AND day > '2024-01-15'")).toEqual(['3']);
        expect(await found('n in (1, 3)')).toEqual(['1', '3']);
        expect(await found("day between '2024-01-02' and '2024-02-01'")).toEqual(['2', '3']);
        expect(await found('NOT (n <> 2)')).toEqual(['2']);
        expect(await found('n IS NULL')).toEqual([]);
        expect((await catalog.refusal('GetPartitions', { ...T, Expression: 'none = 1' })).code).toBe('InvalidInputException');
        expect((await catalog.refusal('GetPartitions', { ...T, Expression: "n LIKE '1'" })).message).toBe(
          "Integral data type doesn't support operation 'LIKE'",
        );
      },
    },
    {
      says: 'GetPartitions gives at most 1,000 in an answer; of 10 segments at most, each partition is in one',
      basis: 'documented',
      source: guide('aws-glue-api-catalog-partitions'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t', { p: 'int' });
        for (let n = 0; n < 5; n++) await catalog.call('CreatePartition', partition(`${n}`));
        const segment = async (SegmentNumber: number) =>
          (
            await catalog.call<{ Partitions: readonly { Values: string[] }[] }>('GetPartitions', {
              ...T,
              Segment: { SegmentNumber, TotalSegments: 2 },
            })
          ).Partitions.map(({ Values }) => Values[0]);
        expect([...(await segment(0)), ...(await segment(1))].sort()).toEqual(['0', '1', '2', '3', '4']);
        expect((await catalog.refusal('GetPartitions', { ...T, MaxResults: 1001 })).code).toBe('InvalidInputException');
        expect((await catalog.refusal('GetPartitions', { ...T, Segment: { SegmentNumber: 0, TotalSegments: 11 } })).code).toBe(
          'InvalidInputException',
        );
      },
    },
    {
      says: 'UpdatePartition may give a partition other values, and not those of another partition',
      basis: 'documented',
      source: api('UpdatePartition'),
      holds: async () => {
        const catalog = await Catalog.open();
        await catalog.table('t', { p: 'string' });
        for (const value of ['a', 'b']) await catalog.call('CreatePartition', partition(value));
        const move = (from: string, to: string) => ({ ...T, PartitionValueList: [from], PartitionInput: { Values: [to] } });
        expect((await catalog.refusal('UpdatePartition', move('a', 'b'))).code).toBe('AlreadyExistsException');
        await catalog.call('UpdatePartition', move('a', 'c'));
        const { Partitions } = await catalog.call<{ Partitions: readonly { Values: string[] }[] }>('GetPartitions', T);
        expect(Partitions.map(({ Values }) => Values[0])).toEqual(['b', 'c']);
      },
    },
    {
      says: 'a member of a TableInput that is not known here is refused by its name, and its value is not told',
      basis: 'undecided',
      source: api('TableInput'),
      holds: async () => {
        const catalog = await Catalog.open();
        const refused = await catalog.refusal('CreateTable', {
          DatabaseName: 'sales',
          TableInput: { Name: 't', TargetTable: { Name: 'secret' } },
        });
        expect(refused.code).toBe('InvalidInputException');
        expect(refused.message).toContain('TargetTable');
        expect(refused.message).not.toContain('secret');
      },
    },
    ...icebergFacts,
  ],
};
