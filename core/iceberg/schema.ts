import * as z from 'zod';
import { IcebergError } from './iceberg-error.ts';
import { numberedField, type NumberedField } from './types.ts';

/** An Iceberg table as it is, by its metadata. */
export interface LiveTable {
  /** Without a slash at its end. */
  readonly location: string;
  /** The highest id that any column was ever given, one that was dropped included. */
  readonly lastColumnId: number;
  /** Columns of now. */
  readonly fields: readonly NumberedField[];
  /** Ids of the columns whose values tell one row from all others. */
  readonly identifierFieldIds: readonly number[];
  readonly properties: Readonly<Record<string, string>>;
  /** Whether nothing was ever written into it. */
  readonly isEmpty: boolean;
}

/** Later versions have defaults of columns, which a table that is told its columns anew would lose. */
const NEWEST = 2;

/** What of a table's metadata matters here; the rest is whoever writes it. @see https://iceberg.apache.org/spec/#table-metadata-fields */
const metadata = z.object({
  'format-version': z.int(),
  location: z.string(),
  'last-column-id': z.int(),
  'current-schema-id': z.int(),
  schemas: z.array(
    z.object({
      'schema-id': z.int(),
      'identifier-field-ids': z.array(z.int()).optional(),
      fields: z.array(numberedField),
    }),
  ),
  properties: z.record(z.string(), z.string()).optional(),
  snapshots: z.array(z.unknown()).optional(),
});

/** Reads a file of a table's metadata. @throws {@link IcebergError} `BadIcebergMetadata`: names the key, never what it holds */
export function readLiveTable(text: string): LiveTable {
  const read = metadata.safeParse(parsed(text));
  if (!read.success) throw bad(`'${read.error.issues[0]?.path.join('.') ?? ''}' is not as the Iceberg specification has it`);
  const version = read.data['format-version'];
  if (version > NEWEST) throw bad(`'format-version' must be ${NEWEST} at most, got ${version}`);
  const { schemas, 'current-schema-id': current, properties = {}, snapshots = [], location } = read.data;
  const schema = schemas.find(({ 'schema-id': id }) => id === current);
  if (schema === undefined) throw bad(`'current-schema-id' must be of one of 'schemas', got ${current}`);
  return {
    location: trimSlash(location),
    lastColumnId: read.data['last-column-id'],
    fields: schema.fields,
    identifierFieldIds: schema['identifier-field-ids'] ?? [],
    properties,
    isEmpty: snapshots.length === 0,
  };
}

/** What the catalog says of a table. */
export interface CatalogEntry {
  readonly databaseName: string;
  readonly tableName: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where an object lies in S3. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** Where an Iceberg table's metadata lies. @throws {@link IcebergError} `NotAnIcebergTable` */
export function metadataPlace({ databaseName, tableName, parameters }: CatalogEntry): ObjectPlace {
  const [, bucket, key] = /^s3[an]?:\/\/([^/]+)\/(.+)$/s.exec(parameters.metadata_location ?? '') ?? [];
  if (parameters.table_type?.toUpperCase() === 'ICEBERG' && bucket !== undefined && key !== undefined) return { bucket, key };
  throw new IcebergError(
    'NotAnIcebergTable',
    `'${databaseName}.${tableName}' must be an Iceberg table where it exists, got one that is none; choose another name, or drop that table first`,
  );
}

const trimSlash = (address: string): string => address.replace(/\/+$/, '');

const bad = (message: string): IcebergError =>
  new IcebergError('BadIcebergMetadata', `the table's metadata cannot be read: ${message}; see who wrote it`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('it is no JSON');
  }
}
