import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
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

/**
 * Ends a row with the columns that the platform adds.
 *
 * @param columns The row so far: `{"a":1,`
 * @param eventId As JSON
 * @param arrival Milliseconds since the epoch
 */
export type RowEnd = (columns: string, eventId: string, arrival: number) => string;

export function rowEnd({ version }: CompiledContract): RowEnd {
  let last = NaN;
  let fixed = '';
  return (columns, eventId, arrival) => {
    if (arrival !== last) {
      fixed = `,"_ingested_at":"${formatTimestamp(arrival)}","_contract_version":${JSON.stringify(version)},"_content_hash":`;
      last = arrival; // that of a whole record
    }
    const hashed = crc32(columns) | 0; // an int is signed
    return [columns, '"_event_id":', eventId, fixed, hashed, '}'].join(''); // flat: a text that is still in pieces costs the collector
  };
}

/** One id field is the id, as stored; several are hashed together, so that no two lists of values can meet. */
export function eventIdOf(values: readonly string[]): string {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : hash('sha256', JSON.stringify(values));
}
