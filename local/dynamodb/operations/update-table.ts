import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { invalid, invalidParameters } from '../errors.ts';
import { describe } from '../table/describe.ts';
import { globalIndex } from '../table/read-indexes.ts';
import { readBilling, readKeyId, readStream, readThroughput, readTypes, refuseLacking } from '../table/read-settings.ts';
import { unitsOf } from '../table/read-units.ts';
import type { IndexSettings, TableSettings } from '../table/settings.ts';
import { enumOf } from '../request.ts';
import type { TableOperation } from './index.ts';
import { tableOf } from './table-of.ts';

const LACKING = [
  'ReplicaUpdates',
  'MultiRegionConsistency',
  'GlobalTableWitnessUpdates',
  'GlobalTableSettingsReplicationMode',
  'OnDemandThroughput',
  'WarmThroughput',
];
const CHANGES = [
  'BillingMode',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexUpdates',
  'ProvisionedThroughput',
  'SSESpecification',
  'StreamSpecification',
  'TableClass',
];

/** Changes hold at once: on AWS a table is UPDATING for a while. */
export const updateTable: TableOperation = (db, input, caller) => {
  input.only([...CHANGES, ...LACKING, 'AttributeDefinitions', 'TableName']);
  refuseLacking(input, 'UpdateTable', LACKING);
  const table = tableOf(db, input, (arn) => {
    db.parts.access.check(caller, 'dynamodb:UpdateTable', arn);
  });
  const isEmpty = (member: string): boolean => member === 'GlobalSecondaryIndexUpdates' && input.objects(member).length === 0;
  if (!CHANGES.some((member) => input.has(member) && !isEmpty(member)))
    throw invalid(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  const before = table.settings;
  const settings = changed(input, before);
  if (settings.billing === 'PAY_PER_REQUEST' && before.billing !== 'PAY_PER_REQUEST') table.onDemandSince = db.now;
  db.key.find(settings.keyId); // refuses one that is not there
  db.update(table, settings);
  return { TableDescription: describe(table, db.key.arnOf(table), 'UPDATING') };
};

function changed(input: Members, before: TableSettings): TableSettings {
  const billing = readBilling(input) ?? before.billing;
  if (input.optionalText('BillingMode') === 'PROVISIONED' && !input.has('ProvisionedThroughput'))
    throw invalidParameters('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  const isAsked = input.has('ProvisionedThroughput') || billing !== before.billing;
  const throughput = isAsked ? readThroughput(input, billing) : before.throughput;
  const types = input.has('AttributeDefinitions') ? new Map([...before.types, ...readTypes(input)]) : before.types;
  for (const [name, type] of types) if (before.types.has(name) && before.types.get(name) !== type) throw redefined(name);
  const { stream: oldStream, keyId: oldKey, ...kept } = before;
  const stream = input.has('StreamSpecification') ? streamOf(input, oldStream) : oldStream;
  const keyId = input.has('SSESpecification') ? readKeyId(input) : oldKey;
  const tableClass = enumOf(input, 'TableClass', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS']) as TableSettings['tableClass'];
  const all = indexesOf(input, { ...before, types, billing });
  const indexes = billing === 'PAY_PER_REQUEST' ? all.map((index) => ({ ...index, throughput })) : all;
  const used = [before.keys, ...indexes.map(({ keys }) => keys)].flatMap(({ hash, range }) => [hash.name, range?.name]);
  return {
    ...kept,
    billing,
    throughput,
    types: new Map([...types].filter(([name]) => used.includes(name))),
    indexes,
    isDeletionProtected: input.optionalBoolean('DeletionProtectionEnabled') ?? before.isDeletionProtected,
    ...(stream !== undefined && { stream }),
    ...(keyId !== undefined && { keyId }),
    ...(tableClass !== undefined && { tableClass }),
  };
}

const redefined = (name: string): ServiceError =>
  invalidParameters(
    `Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Attribute: ${name}`,
  );

function streamOf(input: Members, before: TableSettings['stream']): TableSettings['stream'] {
  const stream = readStream(input);
  if (stream !== undefined && before !== undefined)
    throw invalid(`Table already has an enabled stream: TableName: ${input.text('TableName')}`);
  if (stream === undefined && before === undefined)
    throw invalid(`Table is already disabled: TableName: ${input.text('TableName')}`);
  return stream;
}

function indexesOf(input: Members, { indexes: before, types, billing }: TableSettings): readonly IndexSettings[] {
  const updates = input.objects('GlobalSecondaryIndexUpdates').map((update) => update.only(['Create', 'Delete', 'Update']));
  if (updates.filter((update) => !update.has('Update')).length > 1)
    throw new ServiceError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  return updates.reduce<readonly IndexSettings[]>((indexes, update) => {
    const [kind, other] = update.names();
    if (kind === undefined)
      throw invalidParameters(
        'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
      );
    if (other !== undefined)
      throw invalidParameters(`Only one of GlobalSecondaryIndexUpdate.${kind}, GlobalSecondaryIndexUpdate.${other} may be given`);
    const given = update.object(kind);
    const name = given.text('IndexName');
    const known = indexes.find((index) => index.name === name && index.isGlobal);
    if (kind === 'Create') {
      if (indexes.some((index) => index.name === name)) throw invalid('Attempting to create an index which already exists');
      return [...indexes, globalIndex(given, { types, billing })];
    }
    if (known === undefined) throw new ServiceError('ResourceNotFoundException', 'Requested resource not found');
    if (kind === 'Delete') return indexes.filter((index) => index !== known);
    const throughput = unitsOf(
      given.only(['IndexName', 'ProvisionedThroughput']).object('ProvisionedThroughput'),
      'provisionedThroughput',
    );
    return indexes.map((index) => (index === known ? { ...index, throughput } : index));
  }, before);
}
