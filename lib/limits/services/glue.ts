import { ofType, type ServiceLimits } from '../limit.ts';
import { at, bytes, largest, length } from '../measures.ts';

const SEE = {
  quotas: 'https://docs.aws.amazon.com/general/latest/gr/glue.html',
  column: 'https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html',
  table: 'https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html',
  database: 'https://docs.aws.amazon.com/glue/latest/webapi/API_DatabaseInput.html',
} as const;
const SHORTER = 'shorten it in the contract';

/** What Glue takes. */
export const glue: ServiceLimits = {
  resources: [
    {
      type: 'AWS::Glue::Table',
      what: "characters of a column's name",
      most: 255,
      measure: ({ TableInput }) => largest(columns(TableInput, 'Name'), length),
      remedy: SHORTER,
      see: SEE.column,
    },
    {
      type: 'AWS::Glue::Table',
      what: "bytes of a column's comment",
      most: 255,
      measure: ({ TableInput }) => largest(columns(TableInput, 'Comment'), bytes),
      remedy: SHORTER,
      see: SEE.column,
    },
    {
      type: 'AWS::Glue::Table',
      what: "characters of a column's type",
      most: 131_072,
      measure: ({ TableInput }) => largest(columns(TableInput, 'Type'), length),
      remedy: 'divide the object into columns',
      see: SEE.column,
    },
    {
      type: 'AWS::Glue::Table',
      what: "characters of a table's name",
      most: 255,
      measure: ({ TableInput }) => largest(at(TableInput, 'Name'), length),
      remedy: SHORTER,
      see: SEE.table,
    },
    {
      type: 'AWS::Glue::Table',
      what: "bytes of a table's description",
      most: 2048,
      measure: ({ TableInput }) => largest(at(TableInput, 'Description'), bytes),
      remedy: SHORTER,
      see: SEE.table,
    },
    {
      type: 'AWS::Glue::Table',
      what: "characters of a view's text",
      most: 409_600,
      measure: ({ TableInput }) => largest(at(TableInput, 'ViewOriginalText'), length),
      remedy: 'divide the dataset: its view lists every column',
      see: SEE.table,
    },
    {
      type: 'AWS::Glue::Table',
      what: "bytes of a table's parameter",
      most: 512_000,
      measure: ({ TableInput }) =>
        largest(
          at(TableInput, 'Parameters').flatMap((all) => Object.values(all as Readonly<Record<string, unknown>>)),
          bytes,
        ),
      remedy: SHORTER,
      see: SEE.table,
    },
    {
      type: 'AWS::Glue::Database',
      what: "characters of a database's name",
      most: 255,
      measure: ({ DatabaseInput }) => largest(at(DatabaseInput, 'Name'), length),
      remedy: 'shorten the name of the domain',
      see: SEE.database,
    },
  ],
  quotas: [{ what: 'databases', regional: true, byDefault: 10_000, count: ofType('AWS::Glue::Database'), see: SEE.quotas }],
};

const columns = (tableInput: unknown, key: string): unknown[] => [
  ...at(tableInput, 'StorageDescriptor', 'Columns', key),
  ...at(tableInput, 'PartitionKeys', key),
];
