import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { PlantedEvent } from '../../core/demo/plant-faults.ts';

/** What a producer says it made. */
export interface Produced {
  /** Distinct events. */
  readonly events: number;
  /** Further copies of them. */
  readonly copies: number;
  /** Bytes of all, copies too, as JSON lines. */
  readonly bytes: number;
}

/** A producer's own log: the serial and the size of each event, written before the event is put. Nothing else counts what was produced. */
export class ProducerLog {
  private readonly file: number;

  constructor(name: string) {
    mkdirSync(path.dirname(name), { recursive: true });
    this.file = openSync(name, 'a');
  }

  write(events: readonly PlantedEvent[]): void {
    if (events.length > 0) writeSync(this.file, events.map(({ serial, bytes }) => `${serial}\t${bytes.length + 1}\n`).join(''));
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Reads a log from its file. */
export async function readProducerLog(name: string): Promise<Produced> {
  const seen = new Set<number>();
  let copies = 0;
  let bytes = 0;
  for await (const line of createInterface({ input: createReadStream(name) })) {
    const [serial, size] = line.split('\t').map(Number) as [number, number];
    if (seen.has(serial)) copies += 1;
    else seen.add(serial);
    bytes += size;
  }
  return { events: seen.size, copies, bytes };
}
