import * as z from 'zod';
import type { Buffer } from '../meters/firehose.ts';
import { rejectedBytes } from '../meters/rejects.ts';
import { total } from './bill.ts';
import { readProperties, type Declared } from './resource-set.ts';
import type { Situation } from './situation.ts';
import type { Stream } from './streams.ts';
import { contractNamed, nameOf, trafficOf, type Traffic } from './traffic.ts';

/** A delivery, as far as it decides what it carries. */
export interface Carrier {
  readonly resource: Declared;
  /** Undefined where producers and functions put into it. */
  readonly source: Stream | undefined;
  /** Whether it writes a table. */
  readonly converts: boolean;
  readonly transform: { readonly called: Declared; readonly batch: Buffer } | undefined;
}

/** What a delivery carries. */
export interface Carried {
  readonly traffic: Traffic;
  /** `rejects` where a function puts in what it refuses of other deliveries. */
  readonly brings: 'events' | 'rejects';
}

/**
 * What each delivery carries: what its stream has; or what is put into it, as the workload and its contract say, or as the functions reject
 * that know it and are called by others.
 */
export function trafficOfDeliveries<One extends Carrier>(carriers: readonly One[], situation: Situation): (one: One) => Carried {
  const rejecting = rejectingInto(carriers, situation);
  const events = new Map(carriers.map((one) => [one, one.source?.traffic ?? directTraffic(one, situation)] as const));
  return (one) => {
    const traffic = events.get(one) ?? directTraffic(one, situation);
    const functions = one.source === undefined ? rejecting.get(one.resource) : undefined;
    if (functions === undefined) return { traffic, brings: 'events' };
    if (situation.workload.datasets[traffic.name] !== undefined) return { traffic, brings: 'rejects' };
    const rejected = carriers.flatMap((other) => {
      const own = events.get(other);
      return other !== one && own !== undefined && functions.has(other.transform?.called) ? [own] : [];
    });
    return { traffic: rejectsOf(rejected, traffic), brings: 'rejects' };
  };
}

/** A contract speaks of what comes to the dataset's table. */
const directTraffic = ({ resource, converts }: Carrier, { contracts, workload, month }: Situation): Traffic => {
  const name = nameOf(resource);
  return trafficOf(name, converts ? contractNamed(name, contracts) : undefined, workload, month);
};

/** Each event that is refused comes alone, in its envelope. */
function rejectsOf(of: readonly Traffic[], traffic: Traffic): Traffic {
  const rejects = total(of, (one) => one.rejects);
  const bytes = total(of, rejectedBytes);
  return {
    ...traffic,
    events: rejects,
    records: rejects,
    bytes,
    recordBytes: rejects === 0 ? 0 : bytes / rejects,
    rejects: 0,
    eventsARecord: 1,
  };
}

/** By delivery, the functions that know it in their variables and judge for others: what a replay knows, it does not reject into. */
function rejectingInto(
  carriers: readonly Carrier[],
  { resources }: Situation,
): ReadonlyMap<Declared, ReadonlySet<Declared | undefined>> {
  const found = new Map<Declared, Set<Declared>>();
  for (const one of new Set(carriers.flatMap(({ transform }) => (transform === undefined ? [] : [transform.called]))))
    for (const known of variablesOf(one).map((value) => resources.find(one.stack, value)))
      if (known !== undefined) found.set(known, (found.get(known) ?? new Set<Declared>()).add(one));
  return found;
}

const environmentShape = z.looseObject({
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});
const variablesOf = (one: Declared): unknown[] =>
  Object.values(readProperties(one, environmentShape).Environment?.Variables ?? {});
