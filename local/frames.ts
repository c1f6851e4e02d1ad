import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** A few facts about some bytes, and the bytes. */
export interface Frame {
  /** What JSON can hold. */
  readonly head: unknown;
  readonly body: Buffer;
}

/** Lengths of head and body before each frame: 4 bytes each. */
const LENGTHS = 8;
/** Bytes gathered before they are written, and read at once. */
const CHUNK = 1 << 20;

/** Writes frames to a new file, a chunk at a time: memory does not grow with their number. */
export function writeFrames(file: string, frames: Iterable<Frame>): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    let parts: Buffer[] = [];
    let size = 0;
    const flush = (): void => {
      writeAll(descriptor, Buffer.concat(parts));
      parts = [];
      size = 0;
    };
    for (const { head, body } of frames) {
      const text = Buffer.from(JSON.stringify(head));
      const lengths = Buffer.allocUnsafe(LENGTHS);
      lengths.writeUInt32BE(text.length, 0);
      lengths.writeUInt32BE(body.length, 4);
      parts.push(lengths, text, body);
      size += LENGTHS + text.length + body.length;
      if (size >= CHUNK) flush();
    }
    flush();
  } finally {
    closeSync(descriptor);
  }
}

/** Reads the frames of a file, one after the other. @throws RangeError for a file that ends within a frame; SyntaxError for a head that is no JSON */
export function* readFrames(file: string): Generator<Frame> {
  const descriptor = openSync(file, 'r');
  try {
    let held = Buffer.alloc(0);
    /** The next `count` bytes, or fewer at the file's end. */
    const take = (count: number): Buffer => {
      while (held.length < count) {
        const chunk = Buffer.allocUnsafe(Math.max(CHUNK, count - held.length));
        const read = readSync(descriptor, chunk);
        if (read === 0) break;
        held = Buffer.concat([held, chunk.subarray(0, read)]);
      }
      const taken = held.subarray(0, count);
      held = held.subarray(count);
      return taken;
    };
    for (let lengths = take(LENGTHS); lengths.length > 0; lengths = take(LENGTHS)) {
      const size = lengths.length === LENGTHS ? lengths.readUInt32BE(0) + lengths.readUInt32BE(4) : -1;
      const frame = take(Math.max(0, size));
      if (frame.length !== size) throw new RangeError(`'${file}' ends within a frame`);
      const split = lengths.readUInt32BE(0);
      const head: unknown = JSON.parse(frame.toString('utf8', 0, split));
      yield { head, body: Buffer.from(frame.subarray(split)) }; // a copy: a small body must not hold its chunk in memory
    }
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}
