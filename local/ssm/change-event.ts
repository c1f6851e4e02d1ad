import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import { latestOf, type Parameter } from './parameter.ts';
import { arnOf, type Place } from './parameter-name.ts';
import type { Change } from './parameter-store.ts';

/** What EventBridge hears of a parameter; its value is not told. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
export function changeEvent(place: Place & { readonly clock: SimulatedClock }, operation: Change, parameter: Parameter): object {
  const { type, description } = latestOf(parameter);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Parameter Store Change',
    source: 'aws.ssm',
    account: place.accountId,
    time: new Date(place.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources: [arnOf(place, parameter.name)],
    detail: { operation, name: parameter.name, type, ...(description !== undefined && { description }) },
  };
}
