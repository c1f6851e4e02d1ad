import * as z from 'zod';
import type { Delivery } from './deliveries.ts';
import { PriceError } from './price-error.ts';
import { pathOf, readProperties, type Declared, type ResourceSet } from './resource-set.ts';

const converting = z.looseObject({
  ExtendedS3DestinationConfiguration: z.looseObject({
    DataFormatConversionConfiguration: z.looseObject({
      SchemaConfiguration: z.looseObject({ DatabaseName: z.unknown(), TableName: z.unknown() }),
    }),
  }),
});
const glueTable = z.looseObject({
  DatabaseName: z.unknown(),
  TableInput: z.looseObject({
    Name: z.unknown(),
    PartitionKeys: z.array(z.looseObject({ Name: z.string() })).default([]),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

/**
 * Listings of S3 that a query makes which names no partition: Athena lists each that the table projects.
 *
 * @param days Days that it names, where it does
 * @throws {@link PriceError} `UnknownTarget` for a table that stands elsewhere, `UnreadableProperty` for partitions that are registered
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export function listingsOfQuery({ resource, traffic }: Delivery, resources: ResourceSet, days = Infinity): number {
  if (traffic.said.partitionsPerQuery !== undefined && days === Infinity) return traffic.said.partitionsPerQuery;
  const table = tableOf(resource, resources);
  const { PartitionKeys, Parameters } = readProperties(table, glueTable).TableInput;
  return PartitionKeys.reduce((count, { Name }) => {
    const values = valuesOf(Name, Parameters, table);
    return count * (Parameters[`projection.${Name}.type`] === 'date' ? Math.min(values, days) : values);
  }, 1);
}

function tableOf(delivery: Declared, resources: ResourceSet): Declared {
  const { SchemaConfiguration: named } = readProperties(delivery, converting).ExtendedS3DestinationConfiguration
    .DataFormatConversionConfiguration;
  const isNamed = (one: Declared): boolean => {
    const { DatabaseName, TableInput } = readProperties(one, glueTable);
    return isSame(DatabaseName, named.DatabaseName) && isSame(TableInput.Name, named.TableName);
  };
  const byName = resources.ofType('AWS::Glue::Table').find(isNamed);
  return byName ?? resources.require(delivery, 'TableName', named.TableName);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Values of a partition key. An injected one has a single value in each query. */
function valuesOf(key: string, parameters: Readonly<Record<string, unknown>>, table: Declared): number {
  const said = (name: string): string => textOf(parameters[`projection.${key}.${name}`]);
  if (parameters['projection.enabled'] === 'true') {
    const days = /^NOW-(\d+)DAYS,NOW$/.exec(said('range'))?.[1];
    const [, first, last] = /^(-?\d+),(-?\d+)$/.exec(said('range')) ?? [];
    const step = Number(said('interval') || 1);
    const isByDay = ['', 'DAYS'].includes(said('interval.unit').toUpperCase());
    if (said('type') === 'date' && days !== undefined && isByDay) return Math.floor(Number(days) / step) + 1;
    if (said('type') === 'integer' && first !== undefined) return Math.floor((Number(last) - Number(first)) / step) + 1;
    if (said('type') === 'enum') return said('values').split(',').length;
    if (said('type') === 'injected') return 1;
  }
  throw new PriceError('UnreadableProperty', [
    `the partitions '${key}' of ${pathOf(table)} must be projected, as days up to now, integers, an enum or injected, for their listings to be counted; say 'partitionsPerQuery' in the workload`,
  ]);
}
