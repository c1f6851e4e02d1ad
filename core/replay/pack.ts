import { createHash } from 'node:crypto';
import { asLines, NEWLINE, packEvents } from '../pack-events.ts';
import { COPIES } from './copies.ts';
import type { Source } from './request.ts';

/** A record of a stream, with the events that it carries, by their place among those packed. */
export interface PackedRecord {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly events: readonly number[];
}

/** The first newline ends a neighbour's event, where its producer did not. */
const BEFORE = [NEWLINE, COPIES.begin, NEWLINE];
const AFTER = [COPIES.end, NEWLINE];

/**
 * Joins events to records, each event ended by a newline; those from `raw` stand between lines that say so. A record's key is made of its content:
 * no shard is hot.
 */
export function packReplayed(events: readonly Uint8Array[], source: Source): PackedRecord[] {
  return packEvents([...events.entries()], ([, event]) => event).map((record) => {
    const lines = asLines(record.map(([, event]) => event));
    const data = Buffer.concat(source === 'raw' ? [...BEFORE, ...lines, ...AFTER] : lines);
    return {
      data,
      partitionKey: createHash('sha256').update(data).digest('hex').slice(0, 32),
      events: record.map(([index]) => index),
    };
  });
}
