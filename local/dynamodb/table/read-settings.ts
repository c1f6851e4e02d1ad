import type { Members } from '../../input.ts';
import { ServiceError } from '../../service.ts';
import { constraint, invalid, invalidParameters, lacking } from '../errors.ts';
import { checkLength, checkName, enumOf } from '../request.ts';
import type { ScalarType } from '../values/attribute-value.ts';
import { readIndexes, readKeys } from './read-indexes.ts';
import { unitsOf } from './read-units.ts';
import type { StreamView, TableSettings, Throughput } from './settings.ts';

const VIEWS: readonly StreamView[] = ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'];

/** What describes a table in a request, beside its name. */
export const SETTINGS = [
  'AttributeDefinitions',
  'BillingMode',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'SSESpecification',
  'StreamSpecification',
  'TableClass',
];

/** Reads a table as CreateTable has it. @throws ServiceError ValidationException */
export function readSettings(input: Members, name: string): TableSettings {
  const billing = readBilling(input) ?? 'PROVISIONED';
  const throughput = readThroughput(input, billing);
  const types = readTypes(input);
  const keys = readKeys(input, types);
  const indexes = readIndexes(input, { types, keys, billing });
  checkDefinitions(
    types,
    [keys, ...indexes.map((index) => index.keys)].flatMap(({ hash, range }) => [hash.name, range?.name ?? hash.name]),
    indexes.length > 0,
  );
  const [stream, keyId, onDemand] = [readStream(input), readKeyId(input), readOnDemand(input)];
  const tableClass = enumOf(input, 'TableClass', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS']) as TableSettings['tableClass'];
  return {
    name,
    types,
    keys,
    indexes,
    billing,
    throughput,
    isDeletionProtected: input.optionalBoolean('DeletionProtectionEnabled') === true,
    ...(stream !== undefined && { stream }),
    ...(keyId !== undefined && { keyId }),
    ...(onDemand !== undefined && { onDemand }),
    ...(tableClass !== undefined && { tableClass }),
  };
}

export const readBilling = (input: Members): TableSettings['billing'] | undefined =>
  enumOf(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']) as TableSettings['billing'] | undefined;

/** @throws ServiceError ValidationException */
export function readThroughput(input: Members, billing: TableSettings['billing']): Throughput {
  const given = input.optionalObject('ProvisionedThroughput');
  if (billing === 'PAY_PER_REQUEST') {
    if (given === undefined) return { read: 0, write: 0 };
    throw invalidParameters(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (given === undefined)
    throw invalidParameters('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
  return unitsOf(given, 'provisionedThroughput');
}

/** @throws ServiceError ValidationException */
export function readTypes(input: Members): ReadonlyMap<string, ScalarType> {
  if (!input.has('AttributeDefinitions')) throw constraint(undefined, 'attributeDefinitions', 'Member must not be null');
  const types = new Map<string, ScalarType>();
  for (const [index, definition] of input.objects('AttributeDefinitions').entries()) {
    const at = `attributeDefinitions.${index + 1}.member`;
    const name = definition.only(['AttributeName', 'AttributeType']).optionalText('AttributeName');
    if (name === undefined || !definition.has('AttributeType'))
      throw constraint(undefined, `${at}.${name === undefined ? 'attributeName' : 'attributeType'}`, 'Member must not be null');
    checkLength(name, `${at}.attributeName`, 255);
    if (types.has(name)) throw invalid('Cannot have two attributes with the same name');
    types.set(name, enumOf(definition, 'AttributeType', ['B', 'N', 'S']) as ScalarType);
  }
  return types;
}

/** Attributes are defined that are part of a key, and no others. */
export function checkDefinitions(types: ReadonlyMap<string, ScalarType>, used: readonly string[], hasIndexes: boolean): void {
  const unused = [...types.keys()].filter((name) => !used.includes(name));
  if (unused.length === 0) return;
  throw invalidParameters(
    hasIndexes
      ? `Some AttributeDefinitions are not used. AttributeDefinitions: [${[...types.keys()].join(', ')}], keys used: [${[...new Set(used)].join(', ')}]`
      : 'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
  );
}

/** @returns the view; undefined where there is no stream @throws ServiceError ValidationException */
export function readStream(input: Members): StreamView | undefined {
  const given = input.optionalObject('StreamSpecification')?.only(['StreamEnabled', 'StreamViewType']);
  if (given === undefined) return undefined;
  const view = enumOf(given, 'StreamViewType', VIEWS) as StreamView | undefined;
  if (given.optionalBoolean('StreamEnabled') === true) {
    if (view === undefined)
      throw invalidParameters('UpdateStreamSpecification: StreamViewType must be specified when StreamEnabled is true');
    return view;
  }
  if (view !== undefined)
    throw invalidParameters('UpdateStreamSpecification: StreamViewType cannot be specified when StreamEnabled is false');
  return undefined;
}

/** The key that a table is under; undefined under DynamoDB's own. @throws ServiceError ValidationException */
export function readKeyId(input: Members): string | undefined {
  const given = input.optionalObject('SSESpecification')?.only(['Enabled', 'SSEType', 'KMSMasterKeyId']);
  if (given === undefined) return undefined;
  const isEnabled = given.optionalBoolean('Enabled') === true;
  const type = given.optionalText('SSEType');
  if (type === 'AES256') throw invalidParameters('SSEType AES256 is not supported.');
  const keyId = given.optionalText('KMSMasterKeyId');
  if (!isEnabled && keyId !== undefined)
    throw invalidParameters('KMSMasterKeyId should not be specified when SSE is not enabled.');
  return isEnabled ? (keyId ?? 'alias/aws/dynamodb') : undefined;
}

function readOnDemand(input: Members): TableSettings['onDemand'] | undefined {
  const given = input.optionalObject('OnDemandThroughput')?.only(['MaxReadRequestUnits', 'MaxWriteRequestUnits']);
  const [read, write] = [given?.optionalNumber('MaxReadRequestUnits'), given?.optionalNumber('MaxWriteRequestUnits')];
  if (given === undefined) return undefined;
  return { ...(read !== undefined && { read }), ...(write !== undefined && { write }) };
}

/** What a request for a table may say, and nobody does here. @throws ServiceError NotImplemented */
export function refuseLacking(input: Members, operation: string, members: readonly string[]): void {
  const one = members.find((member) => input.has(member));
  if (one !== undefined) throw lacking(operation, one);
}

/** The name of a new table. @throws ServiceError ValidationException */
export function newName(input: Members): string {
  const name = input.optionalText('TableName');
  if (name === undefined)
    throw new ServiceError('ValidationException', "The parameter 'TableName' is required but was not present in the request");
  if (name.length < 3 || name.length > 255)
    throw invalid('TableName must be at least 3 characters long and at most 255 characters long');
  return checkName(name, 'tableName');
}
