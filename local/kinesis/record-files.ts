import * as z from 'zod';
import { SavedFile } from '../saved-file.ts';

/** A record as a file has it: its place in the shard follows from its place in the file. */
export interface FiledRecord {
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Milliseconds since the epoch, simulated. */
  readonly arrival: number;
}

/** Records of one shard that lie in a file, in order. */
export interface Segment {
  readonly folder: string;
  readonly file: string;
  /** Position of the first record in the shard. */
  readonly start: number;
  readonly count: number;
  /** Length of the file in bytes. */
  readonly length: number;
  /** When records arrived: position and time of each that has another time than the one before it. */
  readonly arrivals: readonly (readonly [position: number, time: number])[];
}

const head = z.object({ key: z.string(), arrival: z.number() });

/** The files of one stream's records. */
export class RecordFiles {
  /**
   * @param folder Where this run writes; files of segments that lie elsewhere are only read
   * @param stream Name of the stream
   */
  constructor(
    private readonly folder: string,
    private readonly stream: string,
  ) {}

  /** Writes records, of which the first stands at `start` in its shard. */
  write(start: number, records: readonly FiledRecord[]): Segment {
    const own = this.in(this.folder);
    const file = own.writeFrames(framesOf(records));
    const arrivals: [number, number][] = [];
    for (const [index, { arrival }] of records.entries()) {
      if (arrivals.at(-1)?.[1] !== arrival) arrivals.push([start + index, arrival]);
    }
    return { folder: this.folder, file, start, count: records.length, length: own.lengthOf(file), arrivals };
  }

  /** @throws StateError `StateUnreadable` unless the file is there, whole */
  check({ folder, file, length }: Segment): void {
    const found = this.in(folder).lengthOf(file);
    if (found !== length) throw this.in(folder).unreadable(`a file has ${found} bytes and not ${length}`);
  }

  /** @throws StateError `StateUnreadable` */
  *read({ folder, file }: Pick<Segment, 'folder' | 'file'>): Generator<FiledRecord> {
    for (const frame of this.in(folder).frames(file, head)) {
      yield { partitionKey: frame.head.key, arrival: frame.head.arrival, data: frame.body };
    }
  }

  remove({ folder, file }: Segment): void {
    if (folder === this.folder) this.in(folder).removeFrames(file);
  }

  private in(folder: string): SavedFile {
    return new SavedFile(folder, this.stream);
  }
}

function* framesOf(records: readonly FiledRecord[]) {
  for (const { partitionKey, arrival, data } of records) yield { head: { key: partitionKey, arrival }, body: data };
}
