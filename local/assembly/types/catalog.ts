import type { GlueCatalog } from '../../glue/catalog.ts';
import type { IcebergDefinition } from '../../glue/iceberg/definition.ts';
import { readDefinition } from '../../glue/iceberg/read-definition.ts';
import type { GlueColumn, GlueTableInput } from '../../glue/table.ts';
import type { Members } from '../../input.ts';
import type { ResourceType } from '../resource-type.ts';

export const database: ResourceType = {
  acted: ['CatalogId', 'DatabaseInput'],
  recorded: [],
  create: (properties, creation) => {
    checkCatalog(properties, creation.services.accountId);
    const input = properties.object('DatabaseInput');
    input.only(['CreateTableDefaultPermissions', 'Description', 'LocationUri', 'Name', 'Parameters']);
    const name = creation.name(input.optionalText('Name'), { longest: 255, lowerCase: true });
    const permissions = input.raw('CreateTableDefaultPermissions');
    creation.services.glue.createDatabase({
      name,
      parameters: input.textMap('Parameters'),
      description: input.optionalText('Description'),
      locationUri: input.optionalText('LocationUri'),
      ...(Array.isArray(permissions) && { tablePermissions: permissions as unknown[] }),
    });
    return { ref: name, attributes: {} };
  },
};

export const table: ResourceType = {
  acted: ['CatalogId', 'DatabaseName', 'Name', 'OpenTableFormatInput', 'TableInput'],
  recorded: [],
  create: (properties, creation) => {
    checkCatalog(properties, creation.services.accountId);
    return { ref: createTable(properties, creation.services.glue), attributes: {} };
  },
};

/** The table's name. */
function createTable(properties: Members, glue: GlueCatalog): string {
  const database = properties.text('DatabaseName');
  const iceberg = properties.optionalObject('OpenTableFormatInput')?.only(['IcebergInput']).object('IcebergInput');
  const definition = iceberg && readIceberg(iceberg);
  if (iceberg !== undefined && properties.has('TableInput') === (definition !== undefined)) throw new Error(TWO_OR_NONE);
  if (definition !== undefined) {
    const name = properties.text('Name').toLowerCase();
    glue.createIcebergTable(database, name, definition);
    return name;
  }
  if (properties.has('Name')) throw properties.invalid('Name', "must stand in 'TableInput' here, beside what it names");
  const input = readTable(properties.object('TableInput'));
  if (iceberg === undefined) glue.createTable(database, input);
  else glue.createIcebergTableOf(database, input);
  return input.Name;
}

/** CloudFormation's words. @see https://github.com/go-to-k/cdkd/pull/1453 */
const TWO_OR_NONE =
  'Table metadata is expected only via TableInput or via IcebergTableInputProperties inside OpenTableFormatInput';

function readIceberg(input: Members): IcebergDefinition | undefined {
  input.only(['IcebergTableInput', 'MetadataOperation', 'Version']);
  if (input.text('MetadataOperation') !== 'CREATE') throw input.invalid('MetadataOperation', "must be 'CREATE'");
  if ((input.optionalText('Version') ?? '2') !== '2') throw input.invalid('Version', "must be '2' here");
  const definition = input.raw('IcebergTableInput');
  return definition === undefined ? undefined : readDefinition(definition, 'OpenTableFormatInput.IcebergInput.IcebergTableInput');
}

function checkCatalog(properties: Members, accountId: string): void {
  const id = properties.text('CatalogId');
  if (id !== accountId)
    throw properties.invalid('CatalogId', `must be the account's own catalog '${accountId}' here, got '${id}'`);
}

function readTable(input: Members): GlueTableInput {
  input.only([
    'Description',
    'Name',
    'Owner',
    'Parameters',
    'PartitionKeys',
    'Retention',
    'StorageDescriptor',
    'TableType',
    'ViewExpandedText',
    'ViewOriginalText',
  ]);
  const storage = input.optionalObject('StorageDescriptor');
  const retention = input.optionalNumber('Retention');
  return {
    Name: input.text('Name'),
    Parameters: input.textMap('Parameters'),
    PartitionKeys: input.objects('PartitionKeys').map(readColumn),
    ...texts(input, ['Description', 'Owner', 'TableType', 'ViewExpandedText', 'ViewOriginalText']),
    ...(retention !== undefined && { Retention: retention }),
    ...(storage && { StorageDescriptor: readStorage(storage) }),
  };
}

function readStorage(storage: Members): NonNullable<GlueTableInput['StorageDescriptor']> {
  storage.only([
    'BucketColumns',
    'Columns',
    'Compressed',
    'InputFormat',
    'Location',
    'NumberOfBuckets',
    'OutputFormat',
    'Parameters',
    'SerdeInfo',
    'SortColumns',
    'StoredAsSubDirectories',
  ]);
  const serde = storage.optionalObject('SerdeInfo')?.only(['Name', 'Parameters', 'SerializationLibrary']);
  const buckets = storage.optionalNumber('NumberOfBuckets');
  const compressed = storage.optionalBoolean('Compressed');
  const folders = storage.optionalBoolean('StoredAsSubDirectories');
  return {
    Columns: storage.objects('Columns').map(readColumn),
    ...texts(storage, ['Location', 'InputFormat', 'OutputFormat']),
    ...(serde && {
      SerdeInfo: { ...texts(serde, ['Name', 'SerializationLibrary']), Parameters: serde.textMap('Parameters') },
    }),
    ...(storage.has('BucketColumns') && { BucketColumns: storage.texts('BucketColumns') }),
    ...(storage.has('Parameters') && { Parameters: storage.textMap('Parameters') }),
    ...(storage.has('SortColumns') && { SortColumns: storage.objects('SortColumns').map(readSort) }),
    ...(buckets !== undefined && { NumberOfBuckets: buckets }),
    ...(compressed !== undefined && { Compressed: compressed }),
    ...(folders !== undefined && { StoredAsSubDirectories: folders }),
  };
}

function readSort(sort: Members): { Column: string; SortOrder: number } {
  sort.only(['Column', 'SortOrder']);
  return { Column: sort.text('Column'), SortOrder: sort.number('SortOrder') };
}

function readColumn(column: Members): GlueColumn {
  column.only(['Comment', 'Name', 'Type']);
  return { Name: column.text('Name'), ...texts(column, ['Type', 'Comment']) };
}

function texts<Name extends string>(members: Members, names: readonly Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = members.optionalText(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
