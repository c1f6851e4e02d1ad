/** Additions few enough to be put in place one by one; more are cheaper to sort in at once. */
const FEW = 32;

/** S3 lists keys by their UTF-8 bytes: as UTF-16 compares, but for surrogates, which stand for code points above all others. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return weight(left) - weight(right);
  }
  return a.length - b.length;
}
const weight = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Keys in S3's order, so that all that begin with a prefix lie side by side. What was added or removed is put in order at the next look. */
export class KeyIndex {
  private sorted: string[] = [];
  private added: string[] = [];
  private readonly removed = new Set<string>();

  /** @param key One that is not in the index. */
  add(key: string): void {
    if (!this.removed.delete(key)) this.added.push(key);
  }

  /** @param key One that is in the index. */
  remove(key: string): void {
    this.removed.add(key);
  }

  /** The keys in order. Valid until the next change. */
  keys(): readonly string[] {
    this.settle();
    return this.sorted;
  }

  /** The range `[start, end)` of `keys()` that begins with `prefix`. */
  range(prefix: string): { start: number; end: number } {
    const keys = this.keys();
    const start = this.first((key) => compareKeys(key, prefix) >= 0);
    const end = this.first((key) => compareKeys(key, prefix) >= 0 && !key.startsWith(prefix), start);
    return { start, end: prefix === '' ? keys.length : end };
  }

  /** The position of the first key, from `low` on, that meets a test which all later keys meet too. */
  first(test: (key: string) => boolean, low = 0): number {
    let high = this.sorted.length;
    let from = low;
    while (from < high) {
      const middle = (from + high) >>> 1;
      if (test(this.sorted[middle] ?? '')) high = middle;
      else from = middle + 1;
    }
    return from;
  }

  private settle(): void {
    if (this.removed.size > 0) {
      this.sorted = this.sorted.filter((key) => !this.removed.has(key));
      this.added = this.added.filter((key) => !this.removed.has(key));
      this.removed.clear();
    }
    if (this.added.length === 0) return;
    if (this.added.length <= FEW) {
      for (const key of this.added)
        this.sorted.splice(
          this.first((other) => compareKeys(other, key) > 0),
          0,
          key,
        );
    } else {
      this.sorted = this.sorted.concat(this.added).sort(compareKeys); // two runs, nearly: the sort finds them
    }
    this.added = [];
  }
}
