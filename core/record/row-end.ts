import { hash } from 'node:crypto';
import type { CompiledContract } from './compiled-contract.ts';
import type { Reason } from './reasons.ts';
import { formatTimestamp } from './time.ts';

/** How far ahead of its arrival an event may claim to be: clocks of producers differ. */
const FUTURE_MS = 48 * 3_600_000;

/** What an event's time has against it. */
export function whenIsWrong(contract: CompiledContract, eventTime: number, arrival: number): Reason | undefined {
  if (eventTime > arrival + FUTURE_MS) return 'in-the-future';
  return eventTime < arrival - contract.oldestMs ? 'too-old' : undefined;
}

/** The columns that the platform adds, which end a row: told by the event's id as JSON, and the milliseconds of its arrival. */
export type RowEnd = (eventId: string, arrival: number) => string;

export function rowEnd({ version }: CompiledContract): RowEnd {
  let last = NaN;
  let fixed = '';
  return (eventId, arrival) => {
    if (arrival !== last) {
      fixed = `,"_ingested_at":"${formatTimestamp(arrival)}","_contract_version":${JSON.stringify(version)}}`;
      last = arrival; // that of a whole record
    }
    return `"_event_id":${eventId}${fixed}`;
  };
}

/** One id field is the id, as stored; several are hashed together, so that no two lists of values can meet. */
export function eventIdOf(values: readonly string[]): string {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : hash('sha256', JSON.stringify(values));
}
