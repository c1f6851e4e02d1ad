import { SETTINGS } from '../../dynamodb/index.ts';
import { Members } from '../../input.ts';

/** A request for a table, as CreateTable has it. */
export type Given = Readonly<Record<string, unknown>>;

/** What templates and requests say in the same words. */
const AS_THEY_ARE = SETTINGS.filter((name) => name !== 'SSESpecification' && name !== 'StreamSpecification');

/** What a template says of a table, as CreateTable takes it. */
export function asCreateTable(properties: Members): Given {
  const stream = properties.optionalObject('StreamSpecification')?.only(['StreamViewType']);
  const encryption = properties.optionalObject('SSESpecification')?.only(['SSEEnabled', 'SSEType', 'KMSMasterKeyId']);
  const isEncrypted = encryption?.optionalBoolean('SSEEnabled') === true;
  return {
    ...Object.fromEntries(AS_THEY_ARE.filter((name) => properties.has(name)).map((name) => [name, properties.raw(name)])),
    ...withIndexes(properties),
    ...(stream !== undefined && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.text('StreamViewType') } }),
    ...(encryption !== undefined && {
      SSESpecification: {
        Enabled: isEncrypted,
        SSEType: encryption.raw('SSEType'),
        KMSMasterKeyId: encryption.raw('KMSMasterKeyId'),
      },
    }),
  };
}

/** Insights into contributors are nobody's here. */
function withIndexes(properties: Members): Given {
  if (!properties.has('GlobalSecondaryIndexes')) return {};
  const indexes = properties.objects('GlobalSecondaryIndexes').map((index) => {
    const names = index.names().filter((name) => name !== 'ContributorInsightsSpecification');
    return Object.fromEntries(names.map((name) => [name, index.raw(name)]));
  });
  return { GlobalSecondaryIndexes: indexes };
}

const whole = (members: Members): Given => Object.fromEntries(members.names().map((name) => [name, members.raw(name)]));

/** @throws Error for a tag without a key */
export function tagsOf(properties: Members): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.objects('Tags').map((tag) => [tag.text('Key'), tag.optionalText('Value') ?? '']));
}

const OF_REPLICAS = [
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'PointInTimeRecoverySpecification',
  'ReadOnDemandThroughputSettings',
  'ReadProvisionedThroughputSettings',
  'Region',
  'ResourcePolicy',
  'SSESpecification',
  'TableClass',
  'Tags',
];

/** What of a replica stands in a table by itself, under the same name. */
const SAME = ['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'ResourcePolicy', 'TableClass', 'Tags'];
const GLOBAL = [
  'AttributeDefinitions',
  'BillingMode',
  'KeySchema',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'TableName',
  'TimeToLiveSpecification',
];

/** A global table with one replica, in the words of a table of one region. @throws for replicas elsewhere */
export function replicaOf(properties: Members, region: string): Members {
  const replicas = properties.objects('Replicas');
  const elsewhere = replicas.find((replica) => replica.text('Region') !== region);
  if (elsewhere !== undefined)
    throw properties.invalid(
      'Replicas',
      `must be one of '${region}', got one of '${elsewhere.text('Region')}': replicas of other regions are not simulated`,
    );
  const [replica] = replicas;
  if (replica === undefined || replicas.length > 1) throw properties.invalid('Replicas', `must be one, of '${region}'`);
  replica.only(OF_REPLICAS);
  const named = (from: Members, names: readonly string[]): Given =>
    Object.fromEntries(names.filter((name) => from.has(name)).map((name) => [name, from.raw(name)]));
  const encryption = properties.optionalObject('SSESpecification')?.only(['SSEEnabled', 'SSEType']);
  const keyId = replica.optionalObject('SSESpecification')?.only(['KMSMasterKeyId']).optionalText('KMSMasterKeyId');
  const isOnDemand = properties.optionalText('BillingMode') === 'PAY_PER_REQUEST';
  const units = (write: Members, read: Members | undefined): Given | undefined =>
    isOnDemand ? undefined : throughput(write, 'WriteProvisionedThroughputSettings', read);
  return new Members(
    {
      ...named(properties, GLOBAL),
      ...named(replica, SAME),
      ...(properties.has('GlobalSecondaryIndexes') && { GlobalSecondaryIndexes: indexes(properties, replica, units) }),
      ...(!isOnDemand && { ProvisionedThroughput: units(properties, replica) }),
      ...onDemand(properties, replica),
      ...(encryption !== undefined && {
        SSESpecification: { ...whole(encryption), ...(keyId !== undefined && { KMSMasterKeyId: keyId }) },
      }),
    },
    (message) => new Error(message),
  );
}

type Units = (write: Members, read: Members | undefined) => Given | undefined;

function indexes(properties: Members, replica: Members, units: Units): readonly Given[] {
  const reads = new Map(replica.objects('GlobalSecondaryIndexes').map((index) => [index.text('IndexName'), index]));
  return properties.objects('GlobalSecondaryIndexes').map((index) => {
    const { IndexName, KeySchema, Projection } = whole(index);
    const given = units(index, reads.get(index.text('IndexName')));
    return { IndexName, KeySchema, Projection, ...(given !== undefined && { ProvisionedThroughput: given }) };
  });
}

/** Capacity that is scaled begins at its least. */
function throughput(write: Members, member: string, read: Members | undefined): Given {
  const least = (from: Members | undefined, name: string, unit: string): number | undefined => {
    const settings = from?.optionalObject(name);
    return (
      settings?.optionalNumber(unit) ??
      settings?.optionalObject(`${unit.replace(/Units$/, '')}AutoScalingSettings`)?.number('MinCapacity')
    );
  };
  return {
    WriteCapacityUnits: least(write, member, 'WriteCapacityUnits'),
    ReadCapacityUnits: least(read, 'ReadProvisionedThroughputSettings', 'ReadCapacityUnits'),
  };
}

function onDemand(properties: Members, replica: Members): Given {
  const write = properties.optionalObject('WriteOnDemandThroughputSettings')?.optionalNumber('MaxWriteRequestUnits');
  const read = replica.optionalObject('ReadOnDemandThroughputSettings')?.optionalNumber('MaxReadRequestUnits');
  if (write === undefined && read === undefined) return {};
  return { OnDemandThroughput: { MaxWriteRequestUnits: write, MaxReadRequestUnits: read } };
}
