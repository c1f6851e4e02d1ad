import * as z from 'zod';

const shape = z.strictObject({
  /** The contract and the code that judged. */
  handler: z.string(),
  /** Lines before this one are settled by that handler. */
  next: z.number(),
  /** Lines before this one may be put though they are not settled: a call that was refused in part. */
  ahead: z.number(),
  /** Of the settled lines: put by any run, and still bad. */
  put: z.number(),
  left: z.number(),
  /** Which lines were ever put, a bit for each, in base64; empty for `raw`. */
  lines: z.base64(),
});
/** How far an object has been replayed. It holds nothing of an event. */
export type Progress = z.infer<typeof shape>;

export const formatProgress = (progress: Progress): string => JSON.stringify(progress);

/** @throws ZodError for what no version of this wrote */
export const parseProgress = (text: string): Progress => shape.parse(JSON.parse(text));

const BITS = 8;

/** A set of line numbers, as small as bits are. */
export class LineSet {
  private constructor(private bytes: Buffer) {}

  static parse(base64: string): LineSet {
    return new LineSet(Buffer.from(base64, 'base64'));
  }

  has(line: number): boolean {
    return ((this.bytes[Math.floor(line / BITS)] ?? 0) & (1 << (line % BITS))) !== 0;
  }

  add(line: number): void {
    const at = Math.floor(line / BITS);
    if (at >= this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(at + 1)]); // at least doubled
    this.bytes[at] = (this.bytes[at] ?? 0) | (1 << (line % BITS));
  }

  /** Base64, without what follows the last line. */
  format(): string {
    const end = this.bytes.findLastIndex((byte) => byte !== 0) + 1;
    return this.bytes.toString('base64', 0, end);
  }
}
