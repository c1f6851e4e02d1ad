/** A packed record: 25 KB is one payload unit of a provisioned stream, and five of Firehose's 5 KB steps. */
const PACKED_BYTES = 25 * 1024;
export const NEWLINE = Buffer.from('\n');

/** Neighbours that make one record together, each ended by a newline; a larger event is alone. */
export function packEvents<T>(events: readonly T[], bytesOf: (event: T) => Uint8Array): T[][] {
  const records: T[][] = [];
  let size = Infinity;
  for (const event of events) {
    const { length } = bytesOf(event);
    if (size + length + 1 > PACKED_BYTES) {
      records.push([]);
      size = 0;
    }
    records.at(-1)?.push(event);
    size += length + 1;
  }
  return records;
}

/** Events as the lines of a record. */
export const asLines = (events: readonly Uint8Array[]): Uint8Array[] => events.flatMap((event) => [event, NEWLINE]);
