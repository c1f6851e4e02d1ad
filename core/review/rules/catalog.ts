import { alternativesOf } from '../alternatives.ts';
import { danger, type Danger } from '../danger.ts';
import { at } from '../value.ts';
import { always, createOnly, harmless, inside, renamed, stays } from './judge.ts';
import { columns, partitionKeys } from './columns.ts';
import { strangePlaces } from './own-place.ts';
import { icebergDefinition } from './iceberg-table.ts';
import { tableParameters } from './projection.ts';
import type { RulesByType } from './resource-rules.ts';
import { viewQuery } from './view-query.ts';

/** A table's name is a property within a property: CloudFormation calls its change an update. */
const TABLE = inside({
  Name: renamed,
  Description: harmless,
  Owner: harmless,
  Parameters: tableParameters,
  PartitionKeys: partitionKeys,
  StorageDescriptor: inside({
    Columns: columns,
    Location: always('TableMoved', 'what is stored lies elsewhere, where no query looks'),
  }),
  ViewOriginalText: viewQuery,
});

/** Where queries and deliveries look for the files of a new table, and put them. */
const placesOf = (table: unknown, resources: Parameters<typeof strangePlaces>[2]): readonly Danger[] =>
  strangePlaces(
    'table',
    Object.fromEntries(PLACES.map((path) => [path.at(-1) ?? '', alternativesOf(table).map(({ value }) => at(value, ...path))])),
    resources,
  );
const PLACES = [
  ['StorageDescriptor', 'Location'],
  ['Parameters', 'storage.location.template'],
];

export const CATALOG_RULES: RulesByType = {
  'AWS::Glue::Database': {
    holds: 'the names of its tables',
    addition: { harmless: 'it is empty' },
    properties: {
      CatalogId: createOnly,
      DatabaseName: renamed,
      DatabaseInput: inside({ Name: renamed, Description: harmless }),
    },
  },
  'AWS::Glue::Table': {
    holds: 'how its files are read',
    // it shows files to those alone who may read them; who writes by it may write to anybody
    addition: ({ TableInput }, resources) => placesOf(TableInput, resources),
    properties: { CatalogId: createOnly, DatabaseName: createOnly, Name: renamed, TableInput: TABLE },
  },
  'Custom::IcebergTable': {
    holds: 'how its files are read',
    addition: { harmless: 'it is empty, or it was there' },
    properties: {
      Definition: icebergDefinition,
      DeleteWithStack: stays(false, 'DeletionPolicyWeakened', 'the table goes from the catalog with its stack', true),
      ServiceToken: always(
        'CreateOnlyChanged',
        'CloudFormation refuses another provider for a resource that stands, and the deployment fails',
      ),
      ServiceTimeout: harmless,
    },
  },
  'AWS::Glue::DataQualityRuleset': {
    addition: { harmless: 'it only looks' },
    removal: { code: 'WatchRemoved', does: 'nobody checks its table any more' },
    properties: { Name: renamed, Description: harmless, Tags: harmless, ClientToken: harmless },
  },
  'AWS::Glue::TableOptimizer': {
    addition: ({ Type }) =>
      Type === 'compaction'
        ? []
        : [danger('UnknownEffect', `a new optimizer of type '${String(Type)}' may delete files and snapshots; see which`)],
    removal: { code: 'ProcessRemoved', does: 'its table is looked after no longer' },
    properties: { CatalogId: createOnly, DatabaseName: createOnly, TableName: createOnly, Type: createOnly },
  },
  'AWS::Glue::DataCatalogEncryptionSettings': {
    addition: { harmless: 'what the catalog says is under a key from now on, and who lacks it fails aloud' },
    removal: { code: 'EncryptionRemoved', does: 'what the catalog says is stored under no key of yours' },
    properties: { CatalogId: createOnly },
  },
  'AWS::Glue::Registry': {
    holds: 'schemas',
    addition: { harmless: 'it is empty' },
    properties: { Name: renamed, Description: harmless, Tags: harmless },
  },
  'AWS::Glue::Schema': {
    holds: 'versions of a schema',
    addition: { harmless: 'nobody reads by it yet' },
    properties: {
      Name: renamed,
      Registry: createOnly,
      DataFormat: createOnly,
      SchemaDefinition: createOnly,
      Description: harmless,
      Tags: harmless,
    },
  },
};
