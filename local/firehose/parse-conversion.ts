import type { Members } from '../input.ts';
import type { Conversion } from './settings.ts';

/**
 * Reads `DataFormatConversionConfiguration`: OpenX JSON in, Parquet out; undefined where it is absent or off.
 *
 * @throws for options of the formats whose effect the converter does not have
 */
export function parseConversion(configuration: Members | undefined): Conversion | undefined {
  if (configuration === undefined) return undefined;
  configuration.only(['Enabled', 'InputFormatConfiguration', 'OutputFormatConfiguration', 'SchemaConfiguration']);
  if (configuration.optionalBoolean('Enabled') === false) return undefined;
  const input = configuration.object('InputFormatConfiguration').only(['Deserializer']).object('Deserializer');
  const serde = input.only(['OpenXJsonSerDe']).object('OpenXJsonSerDe').only(['CaseInsensitive']);
  if (serde.optionalBoolean('CaseInsensitive') === false) throw serde.invalid('CaseInsensitive', 'must be true here');
  const output = configuration.object('OutputFormatConfiguration').only(['Serializer']).object('Serializer');
  const parquet = output.only(['ParquetSerDe']).object('ParquetSerDe').only(['Compression']);
  const compression = parquet.optionalText('Compression') ?? 'SNAPPY';
  if (compression !== 'SNAPPY') throw parquet.invalid('Compression', `must be SNAPPY here, got '${compression}'`);
  const schema = configuration.object('SchemaConfiguration');
  schema.only(['CatalogId', 'DatabaseName', 'TableName', 'RoleARN', 'Region', 'VersionId']);
  return {
    roleArn: schema.text('RoleARN'),
    catalogId: schema.optionalText('CatalogId'),
    database: schema.text('DatabaseName'),
    table: schema.text('TableName'),
    region: schema.optionalText('Region'),
    version: schema.optionalText('VersionId') ?? 'LATEST',
  };
}
