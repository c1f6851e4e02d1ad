import { attributesOf, type KeySchema } from './key-text.ts';
import type { IndexView } from './index-view.ts';
import type { Throughput } from './settings.ts';
import type { Table } from './table.ts';

/** What a table that is paid for by request takes from its first second on. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html */
const WARM = { read: 12_000, write: 4_000 };

const seconds = (time: number): number => time / 1000;

const keySchema = (keys: KeySchema): readonly object[] =>
  attributesOf(keys).map(({ name }, place) => ({ AttributeName: name, KeyType: place === 0 ? 'HASH' : 'RANGE' }));

const throughput = ({ read, write }: Throughput): object => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: read,
  WriteCapacityUnits: write,
});

/** What is told of a table or of an index that is there, and not of one that is just being made. */
const warm = ({ read, write }: Throughput, status: string): object =>
  status === 'CREATING'
    ? {}
    : {
        WarmThroughput: {
          ReadUnitsPerSecond: read === 0 ? WARM.read : read,
          WriteUnitsPerSecond: write === 0 ? WARM.write : write,
          Status: 'ACTIVE',
        },
      };

/**
 * A table as the API tells of it.
 *
 * @param keyArn The key that it is under; undefined for DynamoDB's own
 * @param status `ACTIVE`; an answer to a change says what follows it
 */
export function describe(table: Table, keyArn: string | undefined, status = 'ACTIVE'): object {
  const { settings, stream, onDemandSince } = table;
  const [local, global] = [false, true].map((isGlobal) => table.indexes.filter((index) => index.settings.isGlobal === isGlobal));
  return {
    AttributeDefinitions: [...settings.types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(settings.billing === 'PAY_PER_REQUEST' && {
      BillingModeSummary: {
        BillingMode: settings.billing,
        ...(status !== 'CREATING' && { LastUpdateToPayPerRequestDateTime: seconds(onDemandSince ?? table.created) }),
      },
    }),
    CreationDateTime: seconds(table.created),
    DeletionProtectionEnabled: settings.isDeletionProtected,
    ...(global !== undefined &&
      global.length > 0 && { GlobalSecondaryIndexes: global.map((index) => describeIndex(table, index, status)) }),
    ItemCount: table.items.size,
    KeySchema: keySchema(settings.keys),
    ...(stream !== undefined && { LatestStreamArn: stream.arn, LatestStreamLabel: stream.label }),
    ...(local !== undefined &&
      local.length > 0 && { LocalSecondaryIndexes: local.map((index) => describeIndex(table, index, status)) }),
    ...(settings.onDemand !== undefined && {
      OnDemandThroughput: {
        MaxReadRequestUnits: settings.onDemand.read ?? -1,
        MaxWriteRequestUnits: settings.onDemand.write ?? -1,
      },
    }),
    ProvisionedThroughput: throughput(settings.throughput),
    ...(keyArn !== undefined && { SSEDescription: { KMSMasterKeyArn: keyArn, SSEType: 'KMS', Status: 'ENABLED' } }),
    ...(stream?.isEnabled === true && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view } }),
    TableArn: table.arn,
    ...(settings.tableClass !== undefined && { TableClassSummary: { TableClass: settings.tableClass } }),
    TableId: table.id,
    TableName: table.name,
    TableSizeBytes: table.bytes,
    TableStatus: status,
    ...warm(settings.throughput, status),
  };
}

function describeIndex(table: Table, index: IndexView, status: string): object {
  const { name, isGlobal, keys, projection, throughput: units } = index.settings;
  return {
    IndexArn: `${table.arn}/index/${name}`,
    IndexName: name,
    IndexSizeBytes: index.bytes,
    ...(isGlobal && { IndexStatus: status === 'CREATING' ? 'CREATING' : 'ACTIVE' }),
    ItemCount: index.entries.size,
    KeySchema: keySchema(keys),
    Projection: {
      ProjectionType: projection.type,
      ...(projection.attributes.length > 0 && { NonKeyAttributes: projection.attributes }),
    },
    ...(isGlobal && { ProvisionedThroughput: throughput(units), ...warm(units, status) }),
  };
}
