/** Entries of one run of keys at most: what an insertion moves. */
const MOST = 512;

export type Entry<Value> = readonly [key: string, value: Value];

/** From where to where, and which way. */
export interface Range {
  /** The first key, itself among them. @default - the very first */
  readonly from?: string;
  /** The key before which it ends. @default - behind the last */
  readonly before?: string;
  readonly isReverse?: boolean;
}

/** Values in the order of their keys, by UTF-16 code units. */
export class SortedMap<Value> {
  /** None is empty, but for the first of an empty map. */
  private runs: Entry<Value>[][] = [[]];
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(key: string): Value | undefined {
    const run = this.runs[this.runOf(key)] ?? [];
    const entry = run[placeIn(run, key)];
    return entry?.[0] === key ? entry[1] : undefined;
  }

  set(key: string, value: Value): void {
    const at = this.runOf(key);
    const run = this.runs[at] as Entry<Value>[];
    const place = placeIn(run, key);
    if (run[place]?.[0] === key) {
      run[place] = [key, value];
      return;
    }
    run.splice(place, 0, [key, value]);
    this.count += 1;
    if (run.length <= MOST) return;
    const isLast = at === this.runs.length - 1 && place === run.length - 1; // keys come in order: full runs stay behind
    this.runs.splice(at + 1, 0, run.splice(isLast ? MOST : MOST / 2));
  }

  delete(key: string): void {
    const at = this.runOf(key);
    const run = this.runs[at] as Entry<Value>[];
    const place = placeIn(run, key);
    if (run[place]?.[0] !== key) return;
    run.splice(place, 1);
    this.count -= 1;
    if (run.length === 0 && this.runs.length > 1) this.runs.splice(at, 1);
  }

  /** What lies in a range. Nothing may be changed while it is read. */
  *entries({ from = '', before, isReverse = false }: Range = {}): Generator<Entry<Value>, undefined> {
    if (isReverse) yield* this.backwards(from, before);
    else yield* this.forwards(from, before);
    return undefined;
  }

  private *forwards(from: string, before: string | undefined): Generator<Entry<Value>, undefined> {
    let at = this.runOf(from);
    let place = placeIn(this.runs[at] as Entry<Value>[], from);
    for (; at < this.runs.length; at++, place = 0) {
      const run = this.runs[at] as Entry<Value>[];
      for (; place < run.length; place++) {
        const entry = run[place] as Entry<Value>;
        if (before !== undefined && entry[0] >= before) return undefined;
        yield entry;
      }
    }
    return undefined;
  }

  private *backwards(from: string, before: string | undefined): Generator<Entry<Value>, undefined> {
    let at = before === undefined ? this.runs.length - 1 : this.runOf(before);
    let place = before === undefined ? Infinity : placeIn(this.runs[at] as Entry<Value>[], before);
    for (; at >= 0; at--, place = Infinity) {
      const run = this.runs[at] as Entry<Value>[];
      for (let next = Math.min(place, run.length) - 1; next >= 0; next--) {
        const entry = run[next] as Entry<Value>;
        if (entry[0] < from) return undefined;
        yield entry;
      }
    }
    return undefined;
  }

  /** The run in which a key stands, or would. */
  private runOf(key: string): number {
    let [low, high] = [0, this.runs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const first = this.runs[middle]?.[0];
      if (first !== undefined && first[0] <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Where a key stands in a run, or would. */
function placeIn<Value>(run: readonly Entry<Value>[], key: string): number {
  let [low, high] = [0, run.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((run[middle] as Entry<Value>)[0] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
