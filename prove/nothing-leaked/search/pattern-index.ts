import { fold } from './fold.ts';

/** Bytes by which patterns are told apart at first. */
const WINDOW = 8;
/** Bits of the filter that most positions of a text do not pass. */
const FILTER_BITS = 24;
/** Multipliers that spread the two halves of a window. */
const SPREAD = { high: 0x9e3779b1, low: 0x85ebca6b } as const;

/** So many hexadecimal digits in a row are a digest's, and hold by chance what is digits alone: a date without its dashes. */
const DIGEST = 32;
/** Digits of a CRC-32 written as a number, as every row has one: a thousand dates in six thousand places of eight digits meet one in twenty runs. */
const CHECKSUM = { least: 9, most: 10 } as const;

const hashOf = (high: number, low: number): number => (Math.imul(high, SPREAD.high) ^ Math.imul(low, SPREAD.low)) >>> 0;

/** What to look for, and what it stands for. */
export interface Pattern<Meaning> {
  readonly bytes: Uint8Array;
  readonly means: Meaning;
}

/**
 * Many patterns that are looked for at once, folded: the time for a text does not grow with their number. A hash of the window that ends at each
 * byte finds those that may begin there (Rabin and Karp), and these are compared.
 */
export class PatternIndex<Meaning> {
  private readonly filter = new Uint8Array(1 << (FILTER_BITS - 3));
  private readonly found = new Map<number, { readonly bytes: Uint8Array; readonly means: Meaning[] }[]>();
  /** Distinct patterns. */
  readonly size: number;

  /** @throws RangeError for a pattern that has fewer than 8 bytes once it is folded: it would be found by chance */
  constructor(patterns: Iterable<Pattern<Meaning>>) {
    let size = 0;
    for (const { bytes, means } of patterns) {
      const folded = fold(bytes);
      if (folded.length < WINDOW) throw new RangeError(`a pattern must have ${WINDOW} bytes or more, got ${folded.length}`);
      const hash = hashOf(word(folded, 0), word(folded, 4));
      const slot = hash >>> (32 - FILTER_BITS);
      this.filter[slot >>> 3] = (this.filter[slot >>> 3] ?? 0) | (1 << (slot & 7));
      const chain = this.found.get(hash) ?? [];
      const same = chain.find((other) => Buffer.compare(other.bytes, folded) === 0);
      if (same === undefined) {
        chain.push({ bytes: folded, means: [means] });
        size += 1;
      } else same.means.push(means);
      this.found.set(hash, chain);
    }
    this.size = size;
  }

  /** Tells each pattern that the bytes hold, as often as they hold it. */
  search(bytes: Uint8Array, onFound: (means: Meaning) => void): void {
    const text = fold(bytes);
    const { filter, found } = this;
    let high = 0;
    let low = 0;
    for (let end = 0; end < text.length; end++) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | (text[end] ?? 0);
      if (end < WINDOW - 1) continue;
      const hash = hashOf(high, low);
      const slot = hash >>> (32 - FILTER_BITS);
      if (((filter[slot >>> 3] ?? 0) & (1 << (slot & 7))) === 0) continue;
      const start = end - WINDOW + 1;
      for (const pattern of found.get(hash) ?? []) {
        const { length } = pattern.bytes;
        if (
          startsWith(text, start, pattern.bytes) &&
          !isWithinDigest(text, start, length) &&
          !isWithinChecksum(text, start, length)
        )
          pattern.means.forEach(onFound);
      }
    }
  }
}

/** Four bytes as a number of 32 bits. */
const word = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);

function startsWith(text: Uint8Array, start: number, pattern: Uint8Array): boolean {
  if (start + pattern.length > text.length) return false;
  for (let at = 0; at < pattern.length; at++) if (text[start + at] !== pattern[at]) return false;
  return true;
}

/** Whether all of a part of a text is hexadecimal digits, and stands among so many of them that they are a digest's. */
const isWithinDigest = (text: Uint8Array, start: number, length: number): boolean =>
  length < DIGEST && runAround(text, start, length, isHexDigit) >= DIGEST;

/** Whether a part of a text is digits, and stands in a number of as many as a checksum has. */
function isWithinChecksum(text: Uint8Array, start: number, length: number): boolean {
  if (length >= CHECKSUM.least) return false;
  const run = runAround(text, start, length, isDigit);
  return run >= CHECKSUM.least && run <= CHECKSUM.most;
}

/** How many bytes of a kind stand in a row around a part of a text; 0 where not all of the part is of that kind. */
function runAround(text: Uint8Array, start: number, length: number, isOne: (byte: number | undefined) => boolean): number {
  let end = start;
  while (isOne(text[end])) end++;
  if (end < start + length) return 0;
  let begin = start;
  while (isOne(text[begin - 1])) begin--;
  return end - begin;
}

const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;
const isHexDigit = (byte = 0): boolean => isDigit(byte) || (byte >= 0x61 && byte <= 0x66);
