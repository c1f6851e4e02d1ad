import { ServiceError } from '../../../../local/service.ts';
import { DynamoRig, arnOf } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, dynalite, GUIDE, RECORDED } from './sources.ts';

const KEY = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const UNITS = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
const begin = 'One or more parameter values were invalid: ';

const refused = async (more: object): Promise<string> =>
  new DynamoRig().invalid('CreateTable', { TableName: 'items', ...KEY, BillingMode: 'PAY_PER_REQUEST', ...more });

const index = (name: string, attribute = 'kind', more: object = {}) => ({
  IndexName: name,
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
  ...more,
});
const WITH_KIND = { AttributeDefinitions: [...KEY.AttributeDefinitions, { AttributeName: 'kind', AttributeType: 'S' }] };

export const dynamodbTables: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'a new table with provisioned capacity is told so, and so once it is there',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        const told = {
          AttributeDefinitions: KEY.AttributeDefinitions,
          CreationDateTime: 978307200,
          DeletionProtectionEnabled: false,
          ItemCount: 0,
          KeySchema: KEY.KeySchema,
          ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...UNITS },
          TableArn: arnOf('items'),
          TableId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
          TableName: 'items',
          TableSizeBytes: 0,
        };
        expect(await rig.ask('CreateTable', { TableName: 'items', ...KEY, ProvisionedThroughput: UNITS })).toEqual({
          TableDescription: { ...told, TableStatus: 'CREATING' },
        });
        expect(await rig.ask('DescribeTable', { TableName: 'items' })).toEqual({
          Table: {
            ...told,
            TableStatus: 'ACTIVE',
            WarmThroughput: { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 5, Status: 'ACTIVE' },
          },
        });
      },
    },
    {
      says: 'a table that is paid for by request takes 12,000 reads and 4,000 writes a second from the first, and so do its indexes',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items', ['id'], { ...WITH_KIND, GlobalSecondaryIndexes: [index('byKind')] });
        const warm = { ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE' };
        const none = { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
        expect((await rig.ask('DescribeTable', { TableName: 'items' })).Table).toMatchObject({
          BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: 978307200 },
          ProvisionedThroughput: none,
          WarmThroughput: warm,
          GlobalSecondaryIndexes: [
            {
              IndexArn: `${arnOf('items')}/index/byKind`,
              IndexName: 'byKind',
              IndexSizeBytes: 0,
              IndexStatus: 'ACTIVE',
              ItemCount: 0,
              KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
              ProvisionedThroughput: none,
              WarmThroughput: warm,
            },
          ],
        });
      },
    },
    {
      says: 'items and bytes are counted at once; AWS counts every six hours',
      basis: 'undecided',
      source: `${API}/API_TableDescription.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items', ['id'], { ...WITH_KIND, GlobalSecondaryIndexes: [index('byKind')] });
        await rig.put('items', { id: { S: 'a' }, kind: { S: 'k' } });
        await rig.put('items', { id: { S: 'b' } });
        expect((await rig.ask('DescribeTable', { TableName: 'items' })).Table).toMatchObject({
          ItemCount: 2,
          TableSizeBytes: 11,
          GlobalSecondaryIndexes: [{ ItemCount: 1, IndexSizeBytes: 8 }],
        });
      },
    },
    {
      says: 'a name is one table’s',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        expect(await rig.refusal('CreateTable', { TableName: 'items', ...KEY, BillingMode: 'PAY_PER_REQUEST' })).toEqual({
          code: 'ResourceInUseException',
          message: 'Table already exists: items',
        });
      },
    },
    {
      says: 'capacity is said of a provisioned table, and of no other',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        expect(await refused({ ProvisionedThroughput: UNITS })).toBe(
          `${begin}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
        );
        expect(await refused({ BillingMode: 'PROVISIONED' })).toBe(
          `${begin}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
        );
      },
    },
    {
      says: 'keys are of attributes that are defined, and no other attribute is',
      basis: 'observed',
      source: dynalite('createTable'),
      holds: async () => {
        expect(await refused({ KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] })).toBe(
          `${begin}Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [id]`,
        );
        expect(await refused(WITH_KIND)).toBe(
          `${begin}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
        );
        expect(await refused({ KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' }] })).toBe(
          'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
        );
      },
    },
    {
      says: 'indexes are refused by what they lack',
      basis: 'observed',
      source: dynalite('createTable'),
      holds: async () => {
        expect(await refused({ ...WITH_KIND, GlobalSecondaryIndexes: [index('one'), index('one')] })).toBe(
          `${begin}Duplicate index name: one`,
        );
        expect(await refused({ ...WITH_KIND, GlobalSecondaryIndexes: [] })).toBe(
          `${begin}List of GlobalSecondaryIndexes is empty`,
        );
        expect(await refused({ ...WITH_KIND, LocalSecondaryIndexes: [index('one')] })).toBe(
          `${begin}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
        );
        expect(
          await refused({ ...WITH_KIND, GlobalSecondaryIndexes: [index('one', 'kind', { ProvisionedThroughput: UNITS })] }),
        ).toBe(`${begin}ProvisionedThroughput should not be specified for index: one when BillingMode is PAY_PER_REQUEST`);
        const keysOnly = { ProjectionType: 'KEYS_ONLY', NonKeyAttributes: ['a'] };
        expect(await refused({ ...WITH_KIND, GlobalSecondaryIndexes: [index('one', 'kind', { Projection: keysOnly })] })).toBe(
          `${begin}ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified`,
        );
      },
    },
    {
      says: 'a member of a request that nobody reads here is refused by name, where AWS ignores it',
      basis: 'undecided',
      source: `${API}/API_CreateTable.html`,
      holds: async () => {
        expect(await refused({ Colour: 'red' })).toMatch(/^'Colour' is not known here/);
        const rig = new DynamoRig();
        await rig.table('items');
        expect(await rig.refusal('UpdateTable', { TableName: 'items', ReplicaUpdates: [] })).toMatchObject({
          code: 'NotImplemented',
          message: 'NotImplemented: dynamodb:UpdateTable with ReplicaUpdates',
        });
      },
    },
    {
      says: 'an index that is added holds what the table held before',
      basis: 'documented',
      source: `${GUIDE}/GSI.OnlineOps.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        await rig.put('items', { id: { S: 'a' }, kind: { S: 'k' } });
        await rig.ask('UpdateTable', {
          TableName: 'items',
          AttributeDefinitions: WITH_KIND.AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [{ Create: index('byKind') }],
        });
        expect(await rig.ask('Scan', { TableName: 'items', IndexName: 'byKind' })).toMatchObject({ Count: 1 });
        await rig.ask('UpdateTable', { TableName: 'items', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byKind' } }] });
        const { Table } = await rig.ask('DescribeTable', { TableName: 'items' });
        expect(Table).not.toHaveProperty('GlobalSecondaryIndexes');
        expect(Table).toMatchObject({ AttributeDefinitions: KEY.AttributeDefinitions });
      },
    },
    {
      says: 'a table and its indexes come to be paid for by request together',
      basis: 'documented',
      source: `${GUIDE}/switching.capacitymode.html`,
      holds: async () => {
        const rig = new DynamoRig();
        const byKind = index('byKind', 'kind', { ProvisionedThroughput: UNITS });
        await rig.ask('CreateTable', {
          TableName: 'items',
          KeySchema: KEY.KeySchema,
          ...WITH_KIND,
          ProvisionedThroughput: UNITS,
          GlobalSecondaryIndexes: [byKind],
        });
        await rig.ask('UpdateTable', { TableName: 'items', BillingMode: 'PAY_PER_REQUEST' });
        const none = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
        expect((await rig.ask('DescribeTable', { TableName: 'items' })).Table).toMatchObject({
          BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
          ProvisionedThroughput: none,
          GlobalSecondaryIndexes: [{ ProvisionedThroughput: none }],
        });
      },
    },
    {
      says: 'a table under a key that is not there is refused, and one whose key is gone is still told of',
      basis: 'documented',
      source: `${GUIDE}/encryption.usagenotes.html`,
      holds: async () => {
        const arns: Record<string, string> = { k: 'arn:k' };
        const rig = new DynamoRig({
          keys: {
            arnOf: (name) => {
              if (arns[name] === undefined) throw new ServiceError('NotFoundException', `Key ${name} is not found`);
              return arns[name];
            },
          },
        });
        const SSESpecification = (KMSMasterKeyId: string) => ({ SSESpecification: { Enabled: true, KMSMasterKeyId } });
        const settings = { ...KEY, BillingMode: 'PAY_PER_REQUEST' };
        expect(await rig.refusal('CreateTable', { TableName: 'none', ...settings, ...SSESpecification('x') })).toMatchObject({
          code: 'NotFoundException',
        });
        await rig.ask('CreateTable', { TableName: 'items', ...settings, ...SSESpecification('k') });
        delete arns.k;
        const { Table } = await rig.ask('DescribeTable', { TableName: 'items' });
        expect(Table).toMatchObject({ SSEDescription: { KMSMasterKeyArn: 'k' } });
        expect(await rig.refusal('GetItem', { TableName: 'items', Key: { id: { S: 'a' } } })).toMatchObject({
          code: 'AccessDeniedException',
        });
      },
    },
    {
      says: 'a table that is protected is not deleted',
      basis: 'documented',
      source: `${GUIDE}/WorkingWithTables.Basics.html#WorkingWithTables.Basics.DeletionProtection`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items', ['id'], { DeletionProtectionEnabled: true });
        expect(await rig.invalid('DeleteTable', { TableName: 'items' })).toMatch(/currently protected against deletion/);
        await rig.ask('UpdateTable', { TableName: 'items', DeletionProtectionEnabled: false });
        expect(await rig.ask('DeleteTable', { TableName: 'items' })).toMatchObject({
          TableDescription: { TableStatus: 'DELETING' },
        });
        expect(await rig.refusal('DescribeTable', { TableName: 'items' })).toEqual({
          code: 'ResourceNotFoundException',
          message: 'Requested resource not found: Table: items not found',
        });
      },
    },
    {
      says: 'tables are listed by their names, a hundred at a time at most',
      basis: 'documented',
      source: `${API}/API_ListTables.html`,
      holds: async () => {
        const rig = new DynamoRig();
        for (const name of ['ccc', 'aaa', 'bbb']) await rig.table(name);
        expect(await rig.ask('ListTables', { Limit: 2 })).toEqual({ TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' });
        expect(await rig.ask('ListTables', { ExclusiveStartTableName: 'bbb' })).toEqual({ TableNames: ['ccc'] });
      },
    },
    {
      says: 'items expire by the seconds in an attribute that is a number; AWS takes some days to delete them, and this runtime none',
      basis: 'undecided',
      source: `${GUIDE}/howitworks-ttl.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        const soon = { N: String(Date.UTC(2001, 0, 1) / 1000 + 60) };
        await rig.put('items', { id: { S: 'before' }, end: soon });
        const TimeToLiveSpecification = { AttributeName: 'end', Enabled: true };
        expect(await rig.ask('UpdateTimeToLive', { TableName: 'items', TimeToLiveSpecification })).toEqual({
          TimeToLiveSpecification,
        });
        expect(await rig.ask('DescribeTimeToLive', { TableName: 'items' })).toEqual({
          TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'end' },
        });
        await rig.put('items', { id: { S: 'after' }, end: soon });
        await rig.put('items', { id: { S: 'text' }, end: { S: soon.N } });
        await rig.put('items', { id: { S: 'later' }, end: soon });
        await rig.put('items', { id: { S: 'later' }, end: { N: String(Number(soon.N) + 1) } });
        const left = async () =>
          ((await rig.ask('Scan', { TableName: 'items' })).Items as { id: { S: string } }[]).map(({ id }) => id.S).sort();
        await rig.clock.advance(59_999);
        expect(await left()).toEqual(['after', 'before', 'later', 'text']);
        await rig.clock.advance(1);
        expect(await left()).toEqual(['later', 'text']);
        await rig.clock.advance(1_000);
        expect(await left()).toEqual(['text']);
      },
    },
    {
      says: 'what expired five years ago is left alone',
      basis: 'documented',
      source: `${GUIDE}/time-to-live-ttl-before-you-start.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        await rig.ask('UpdateTimeToLive', {
          TableName: 'items',
          TimeToLiveSpecification: { AttributeName: 'end', Enabled: true },
        });
        await rig.put('items', { id: { S: 'long ago' }, end: { N: '1' } });
        await rig.put('items', { id: { S: 'ago' }, end: { N: String(Date.UTC(2000, 0, 1) / 1000) } });
        await rig.clock.advance(1);
        expect(await rig.ask('Scan', { TableName: 'items' })).toMatchObject({ Items: [{ id: { S: 'long ago' } }] });
      },
    },
    {
      says: 'time to live is turned on once',
      basis: 'documented',
      source: `${API}/API_UpdateTimeToLive.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        const set = { TableName: 'items', TimeToLiveSpecification: { AttributeName: 'end', Enabled: true } };
        await rig.ask('UpdateTimeToLive', set);
        expect(await rig.invalid('UpdateTimeToLive', set)).toBe('TimeToLive is already enabled');
      },
    },
    {
      says: 'tags are put, listed and taken away by the table’s ARN',
      basis: 'documented',
      source: `${API}/API_TagResource.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items', ['id'], { Tags: [{ Key: 'a', Value: '1' }] });
        const ResourceArn = arnOf('items');
        await rig.ask('TagResource', { ResourceArn, Tags: [{ Key: 'b', Value: '2' }] });
        await rig.ask('UntagResource', { ResourceArn, TagKeys: ['a'] });
        expect(await rig.ask('ListTagsOfResource', { ResourceArn })).toEqual({ Tags: [{ Key: 'b', Value: '2' }] });
      },
    },
    {
      says: 'that a table could be restored to any second is told, with 35 days where nobody says',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        const asked = { TableName: 'items', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
        const { ContinuousBackupsDescription } = await rig.ask('UpdateContinuousBackups', asked);
        expect(ContinuousBackupsDescription).toEqual({
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: {
            EarliestRestorableDateTime: 978307200,
            LatestRestorableDateTime: 978307200,
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: 35,
          },
        });
        expect(await rig.ask('DescribeContinuousBackups', { TableName: 'items' })).toEqual({ ContinuousBackupsDescription });
      },
    },
    {
      says: 'a table under AWS’s own key or a customer’s says so',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items', ['id'], { SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:key' } });
        expect((await rig.ask('DescribeTable', { TableName: 'items' })).Table).toMatchObject({
          SSEDescription: { KMSMasterKeyArn: 'arn:key', SSEType: 'KMS', Status: 'ENABLED' },
        });
      },
    },
  ],
};
