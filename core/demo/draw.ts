import { createHash } from 'node:crypto';

/** Numbers that depend on a label alone. */
export class Draw {
  private count = 0;
  constructor(private readonly label: string) {}

  /** A whole number from 0 to `below` - 1. */
  next(below: number): number {
    this.count += 1;
    return createHash('sha256').update(`${this.label}/${this.count}`).digest().readUInt32BE(0) % below;
  }
  hex(length: number): string {
    this.count += 1;
    return createHash('sha256').update(`${this.label}/${this.count}`).digest('hex').slice(0, length);
  }
}
