import { createHash } from 'node:crypto';
import { COPIES } from './copies.ts';
import type { Source } from './request.ts';

/** A record of a stream, with the events that it carries, by their place among those packed. */
export interface PackedRecord {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly events: readonly number[];
}

/** A packed record: 25 KB is one payload unit of a provisioned stream, and five of Firehose's 5 KB steps. */
const PACKED_BYTES = 25 * 1024;
const NEWLINE = Buffer.from('\n');
/** The first newline ends a neighbour's event, where its producer did not. */
const BEFORE = [NEWLINE, COPIES.begin, NEWLINE];
const AFTER = [COPIES.end, NEWLINE];

/**
 * Joins events to records, each event ended by a newline; those from `raw` stand between lines that say so. A record's key is made of its content:
 * no shard is hot.
 */
export function packEvents(events: readonly Uint8Array[], source: Source): PackedRecord[] {
  const packed: number[][] = [];
  let size = Infinity;
  for (const [index, event] of events.entries()) {
    if (size + event.length + 1 > PACKED_BYTES) {
      packed.push([]);
      size = 0;
    }
    packed.at(-1)?.push(index);
    size += event.length + 1;
  }
  return packed.map((indexes) => {
    const lines = indexes.flatMap((index) => [events[index] ?? NEWLINE, NEWLINE]);
    const data = Buffer.concat(source === 'raw' ? [...BEFORE, ...lines, ...AFTER] : lines);
    return { data, partitionKey: createHash('sha256').update(data).digest('hex').slice(0, 32), events: indexes };
  });
}
