import { ServiceError } from '../service.ts';
import type { DeliveryParts } from './parts.ts';
import { conversionFailed, type Outgoing } from './records.ts';
import type { Conversion } from './settings.ts';

/** The Parquet file of a batch, and the error lines of the records that are not in it. */
export interface Converted {
  readonly bytes: Buffer | undefined;
  readonly failed: readonly { readonly line: string; readonly arrival: number }[];
}

/** The versions of a table are read beside the table. @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
const VERSION_ACTIONS = ['glue:GetTableVersion', 'glue:GetTableVersions'];

/**
 * Reads the table of the schema as Firehose does before it creates a delivery stream.
 *
 * @throws ServiceError InvalidArgumentException around Glue's own refusal
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/17254 for the words where access is denied; those for a missing table are ours
 */
export function checkSchema({ roleArn, database, table }: Conversion, { assume, catalog }: DeliveryParts): void {
  try {
    catalog.tableFor(assume(roleArn), database, table);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const words = error.code.startsWith('AccessDenied')
      ? 'Access was denied when calling Glue. Please ensure that the role specified in the data format conversion configuration has the necessary permissions.'
      : 'The table specified in the data format conversion configuration could not be read.';
    const cause = `(Service: AWSGlue; Status Code: ${error.status}; Error Code: ${error.code})`;
    throw new ServiceError('InvalidArgumentException', `${words} ${error.message} ${cause}`);
  }
}

/**
 * Converts a batch by the table of its schema, read as the delivery role.
 *
 * @throws ServiceError with a code that begins with `DataFormatConversion.` when the table cannot be read
 */
export async function convertBatch(
  records: readonly Outgoing[],
  conversion: Conversion,
  parts: DeliveryParts,
): Promise<Converted> {
  const table = readTable(conversion, parts);
  const { parquet, failed, rows } = await parts.convert({
    records: records.map(({ recordId, data }) => ({ id: recordId, text: data.toString() })),
    columns: table.StorageDescriptor?.Columns ?? [],
  });
  const reasons = new Map(failed.map((failure) => [failure.id, failure]));
  const place = {
    catalogId: conversion.catalogId ?? parts.accountId,
    databaseName: conversion.database,
    tableName: conversion.table,
    region: conversion.region ?? parts.region,
    versionId: conversion.version,
  };
  const ended = parts.clock.now();
  return {
    bytes: parquet === undefined || rows === 0 ? undefined : Buffer.from(parquet.buffer, parquet.byteOffset, parquet.byteLength),
    failed: records.flatMap((record) => {
      const reason = reasons.get(record.recordId);
      if (reason === undefined) return [];
      const errorCode = `DataFormatConversion.${reason.unparsed === true ? 'ParseError' : 'MalformedData'}`;
      const failure = { errorCode, errorMessage: reason.errorMessage, attemptsMade: 1, ended };
      return [{ line: conversionFailed(record, failure, place), arrival: record.arrival }];
    }),
  };
}

function readTable({ roleArn, database, table }: Conversion, { access, assume, catalog, region, accountId }: DeliveryParts) {
  const caller = assume(roleArn);
  const names = ['catalog', `database/${database.toLowerCase()}`, `table/${database.toLowerCase()}/${table.toLowerCase()}`];
  try {
    for (const action of VERSION_ACTIONS) {
      for (const name of names) access.check(caller, action, `arn:aws:glue:${region}:${accountId}:${name}`);
    }
    return catalog.tableFor(caller, database, table);
  } catch (error) {
    if (error instanceof ServiceError) throw new ServiceError(`DataFormatConversion.${error.code}`, error.message, error.status);
    throw error;
  }
}
