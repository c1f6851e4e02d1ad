import type { SimulatedClock } from '../clock.ts';
import { KeyIndex } from './key-index.ts';
import { nextChange, type Change } from './lifecycle.ts';
import type { LifecycleRule } from './lifecycle-rules.ts';
import type { ObjectVersion } from './object-version.ts';

interface Entry {
  /** Newest first; empty once the key is gone. */
  versions: readonly ObjectVersion[];
  readonly rules: readonly LifecycleRule[];
  next: Change | undefined;
}

/** A change that has fallen due. */
export interface DueChange {
  readonly key: string;
  readonly change: Change;
}

/** The versions of a bucket's keys, in order of the keys, and what time will do to each next. */
export class VersionStore {
  private readonly entries = new Map<string, Entry>();
  private readonly index = new KeyIndex();
  private soonest = Infinity;

  constructor(
    private readonly clock: SimulatedClock,
    private readonly rules: readonly LifecycleRule[],
  ) {}

  /** When time next changes a version: until then none need be looked at. */
  get nextDue(): number {
    return this.soonest;
  }

  /** Newest first, delete markers included. */
  versions(key: string): readonly ObjectVersion[] {
    return this.entries.get(key)?.versions ?? [];
  }

  /** The rules whose prefix a key has. */
  rulesOf(key: string): readonly LifecycleRule[] {
    return this.entries.get(key)?.rules ?? [];
  }

  /** Keys with their versions, in no order. */
  all(): Iterable<readonly [string, readonly ObjectVersion[]]> {
    return Array.from(this.entries, ([key, { versions }]) => [key, versions] as const);
  }

  /** The positions of a prefix in `keys`, and the keys: also those whose current version is a delete marker. */
  list(prefix: string): {
    readonly keys: readonly string[];
    readonly start: number;
    readonly end: number;
    readonly index: KeyIndex;
  } {
    const range = this.index.range(prefix);
    return { ...range, keys: this.index.keys(), index: this.index };
  }

  /** Gives a key other versions; none means that it is gone. */
  set(key: string, versions: readonly ObjectVersion[]): void {
    const known = this.entries.get(key);
    if (versions.length === 0) {
      if (known === undefined) return;
      known.versions = versions;
      this.entries.delete(key);
      this.index.remove(key);
      return;
    }
    const entry = known ?? { versions, rules: this.rules.filter((rule) => key.startsWith(rule.prefix)), next: undefined };
    if (known === undefined) {
      this.entries.set(key, entry);
      this.index.add(key);
    }
    entry.versions = versions;
    this.foresee(entry, this.clock.now());
  }

  /** What has fallen due by `now`, key by key; whoever is given a change carries it out, or says that there was nothing to do. */
  *due(now: number): Iterable<DueChange> {
    for (const [key, entry] of this.entries) {
      while (entry.versions.length > 0 && entry.next !== undefined && entry.next.time <= now) {
        yield { key, change: entry.next };
      }
    }
    this.soonest = Infinity;
    for (const { next } of this.entries.values()) this.soonest = Math.min(this.soonest, next?.time ?? Infinity);
  }

  /** Goes on behind a change that left the versions as they were. */
  pass(key: string, time: number): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) this.foresee(entry, time);
  }

  private foresee(entry: Entry, now: number): void {
    entry.next = nextChange(entry.versions, entry.rules, now);
    this.soonest = Math.min(this.soonest, entry.next?.time ?? Infinity);
  }
}
