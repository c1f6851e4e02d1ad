import { isRecord, Members } from '../../input.ts';
import { readSettings, SETTINGS, type Table } from '../../dynamodb/index.ts';
import type { Created, Creation, ResourceType } from '../resource-type.ts';
import { asCreateTable, tagsOf, replicaOf, type Given } from './table-properties.ts';

/** A table in its own region. */
export const dynamodbTable: ResourceType = {
  acted: [...SETTINGS, 'PointInTimeRecoverySpecification', 'ResourcePolicy', 'TableName', 'Tags', 'TimeToLiveSpecification'],
  recorded: ['ContributorInsightsSpecification', 'WarmThroughput'],
  create: (properties, creation) => {
    const table = make(properties, creation, asCreateTable(properties));
    return created(table, {});
  },
};

/** A table that others may replicate; here it has the one replica of its own region. */
export const globalTable: ResourceType = {
  acted: [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'Replicas',
    'SSESpecification',
    'StreamSpecification',
    'TableName',
    'TimeToLiveSpecification',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
  recorded: ['WarmThroughput'],
  create: (properties, creation) => {
    const own = replicaOf(properties, creation.services.region);
    const table = make(own, creation, asCreateTable(own));
    return created(table, { TableId: table.id });
  },
};

function created(table: Table, more: Readonly<Record<string, string>>): Created {
  const { stream } = table;
  return {
    ref: table.name,
    attributes: { Arn: table.arn, ...more, ...(stream?.isEnabled === true && { StreamArn: stream.arn }) },
  };
}

function make(properties: Members, creation: Creation, given: Given): Table {
  const { tables } = creation.services;
  const name = creation.name(properties.optionalText('TableName'), { longest: 255 });
  const tags = tagsOf(properties);
  creation.keyArn(properties.optionalObject('SSESpecification')?.optionalText('KMSMasterKeyId')); // refuses one that is not there
  const refuse = (message: string): Error => new Error(message);
  const table = tables.create(readSettings(new Members(given, refuse), name), {
    properties: JSON.stringify(
      properties
        .names()
        .filter((member) => member !== 'Tags')
        .sort()
        .map((member) => [member, properties.raw(member)]),
    ),
    tags,
  });
  for (const [key, value] of Object.entries(tags)) table.tags.set(key, value);
  setRest(properties, creation, table);
  tables.resume(table);
  return table;
}

/** What a request for a table does not say, and others do. */
function setRest(properties: Members, { services: { tables } }: Creation, table: Table): void {
  const expiring = properties.optionalObject('TimeToLiveSpecification')?.only(['AttributeName', 'Enabled']);
  const attribute = expiring?.optionalText('AttributeName');
  if (expiring?.optionalBoolean('Enabled') === true) {
    if (attribute === undefined) throw expiring.invalid('AttributeName', 'is required where Enabled is true');
    tables.setTimeToLive(table, { attribute, isEnabled: true });
  }
  const policy = properties.optionalObject('ResourcePolicy')?.only(['PolicyDocument']).raw('PolicyDocument');
  if (policy !== undefined) {
    if (!isRecord(policy)) throw properties.invalid('ResourcePolicy.PolicyDocument', 'must be an object');
    tables.setPolicy(table, JSON.stringify(policy));
  }
  const recovery = properties
    .optionalObject('PointInTimeRecoverySpecification')
    ?.only(['PointInTimeRecoveryEnabled', 'RecoveryPeriodInDays']);
  if (recovery?.optionalBoolean('PointInTimeRecoveryEnabled') === true)
    table.recovery = { days: recovery.optionalNumber('RecoveryPeriodInDays') ?? 35, since: table.created };
}
