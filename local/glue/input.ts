import * as z from 'zod';
import { invalidInput } from './glue-error.ts';
import type { GluePartitionInput } from './partition.ts';
import type { GlueDatabaseInput, GlueTableInput } from './table.ts';

/** A name in the catalog. @see https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html */
const name = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !/[\r\n\t]/.test(text), 'must be one line');
const parameters = z.record(z.string().min(1).max(255), z.string().max(512_000));
const column = z.strictObject({
  Name: name,
  Type: z.string().max(131_072).optional(),
  Comment: z.string().max(255).optional(),
  Parameters: parameters.optional(),
});

const storage = z.strictObject({
  Columns: z.array(column).optional(),
  Location: z.string().max(2056).optional(),
  InputFormat: z.string().max(128).optional(),
  OutputFormat: z.string().max(128).optional(),
  SerdeInfo: z
    .strictObject({ Name: name.optional(), SerializationLibrary: z.string().optional(), Parameters: parameters.optional() })
    .optional(),
  BucketColumns: z.array(z.string()).optional(),
  Compressed: z.boolean().optional(),
  NumberOfBuckets: z.int().optional(),
  Parameters: parameters.optional(),
  SortColumns: z.array(z.strictObject({ Column: name, SortOrder: z.int().min(0).max(1) })).optional(),
  StoredAsSubDirectories: z.boolean().optional(),
});

/** `TableInput`; a member that is not here would change what readers see, and is refused by its name. */
const tableInput: z.ZodType<GlueTableInput> = z.strictObject({
  Name: name,
  TableType: z.string().max(255).optional(),
  Description: z.string().max(2048).optional(),
  Owner: name.optional(),
  Retention: z.int().min(0).optional(),
  LastAccessTime: z.number().optional(),
  LastAnalyzedTime: z.number().optional(),
  Parameters: parameters.optional(),
  PartitionKeys: z.array(column).optional(),
  StorageDescriptor: storage.optional(),
  ViewOriginalText: z.string().max(409_600).optional(),
  ViewExpandedText: z.string().max(409_600).optional(),
});

const databaseInput: z.ZodType<GlueDatabaseInput> = z.strictObject({
  Name: name,
  Description: z.string().max(2048).optional(),
  LocationUri: z.string().min(1).max(1024).optional(),
  Parameters: parameters.optional(),
  CreateTableDefaultPermissions: z.array(z.unknown()).optional(),
});

const partitionInput: z.ZodType<GluePartitionInput> = z.strictObject({
  Values: z.array(z.string().max(1024)),
  StorageDescriptor: storage.optional(),
  Parameters: parameters.optional(),
  LastAccessTime: z.number().optional(),
  LastAnalyzedTime: z.number().optional(),
});

/** @throws ServiceError InvalidInputException, naming the member and never its value */
export function read<T>(schema: z.ZodType<T>, value: unknown, root: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [root, ...(issue?.path ?? [])].map(String).join('.');
  throw invalidInput(`1 validation error detected: Value at '${place}' failed to satisfy constraint: ${issue?.message ?? ''}`);
}

export const readTableInput = (value: unknown): GlueTableInput => read(tableInput, value, 'tableInput');
export const readDatabaseInput = (value: unknown): GlueDatabaseInput => read(databaseInput, value, 'databaseInput');
export const readPartitionInput = (value: unknown): GluePartitionInput => read(partitionInput, value, 'partitionInput');
