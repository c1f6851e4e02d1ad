import * as z from 'zod';
import type { Delivery } from '../deliveries.ts';
import { readProperties, type Declared } from '../resource-set.ts';
import type { Situation } from '../situation.ts';
import { UNREAD, type Written } from '../stays.ts';

const shape = z.looseObject({
  WorkGroupConfiguration: z
    .looseObject({ ResultConfiguration: z.looseObject({ OutputLocation: z.unknown().optional() }).optional() })
    .optional(),
});
/** A result, and what Athena notes of it. */
const OBJECTS_A_QUERY = 2;

/** What queries leave in the bucket of the first workgroup. */
export function resultsOf({ resources, workload, month }: Situation, deliveries: readonly Delivery[]): Written[] {
  const [workGroup] = resources.ofType('AWS::Athena::WorkGroup');
  if (workGroup === undefined) return [];
  const location = readProperties(workGroup, shape).WorkGroupConfiguration?.ResultConfiguration?.OutputLocation;
  if (location === undefined) return [];
  const queries = queriesAMonth(deliveries, month.days);
  return [
    {
      by: 'results of queries',
      bucket: resources.require(workGroup, 'OutputLocation', location),
      prefix: '',
      bytes: queries * workload.resultBytesPerQuery,
      objects: queries * OBJECTS_A_QUERY,
      billedPuts: true,
      reads: UNREAD,
    },
  ];
}

/** Queries of all tables that a delivery fills. */
export const queriesAMonth = (deliveries: readonly Delivery[], days: number): number =>
  tablesOf(deliveries).reduce((sum, { traffic }) => sum + traffic.queriesADay * days, 0);

/** Deliveries that write a table: those that convert. */
export const tablesOf = (deliveries: readonly Delivery[]): (Delivery & { readonly table: Declared })[] =>
  deliveries.flatMap((one) => (one.converts && one.objects !== undefined ? [{ ...one, table: one.resource }] : []));
