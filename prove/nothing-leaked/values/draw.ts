import { createHash } from 'node:crypto';

const CONSONANTS = 'bcdfghjklmnprstvwz';
const VOWELS = 'aeiou';
const BYTES = 32;

/** Numbers that depend on a label alone. */
export class Draw {
  private bytes = Buffer.alloc(0);
  private at = 0;
  private count = 0;

  constructor(private readonly label: string) {}

  /** A whole number from 0 to `below` - 1; `below` is at most 65,536. */
  next(below: number): number {
    if (this.at + 2 > this.bytes.length) {
      this.bytes = createHash('sha256').update(`${this.label}/${this.count++}`).digest();
      this.at = 0;
    }
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2) % below;
  }

  digits(length: number): string {
    return Array.from({ length }, (_, place) => (place === 0 ? 1 + this.next(9) : this.next(10))).join('');
  }

  hex(length: number): string {
    return createHash('sha256')
      .update(`${this.label}/hex/${this.count++}`)
      .digest('hex')
      .slice(0, Math.min(length, 2 * BYTES));
  }

  /** A word that nobody ever wrote, of small letters. */
  word(length: number): string {
    return Array.from({ length }, (_, place) => this.oneOf(place % 2 === 0 ? CONSONANTS : VOWELS)).join('');
  }

  private oneOf(characters: string): string {
    return characters.charAt(this.next(characters.length));
  }
}
