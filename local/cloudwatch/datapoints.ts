const MINUTE = 60_000;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Metric for one-minute values; the sums that AWS keeps for longer are not kept here */
export const KEPT = 15 * 24 * 60 * MINUTE;

/** Of all values of a minute, or of several. */
export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export const STATISTICS = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] as const;
export type Statistic = (typeof STATISTICS)[number];

const OF_SET: Readonly<Record<Statistic, (set: StatisticSet) => number>> = {
  Average: ({ sum, count }) => sum / count,
  Maximum: ({ maximum }) => maximum,
  Minimum: ({ minimum }) => minimum,
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
};

export const minuteOf = (time: number): number => Math.floor(time / MINUTE) * MINUTE;

/** What was measured of one metric, by minutes, in their order. */
export class Datapoints {
  private readonly minutes: number[] = [];
  private readonly sets: StatisticSet[] = [];

  /** @param time Milliseconds since the epoch */
  add(time: number, set: StatisticSet): void {
    const minute = minuteOf(time);
    const at = this.from(minute);
    const own = this.minutes[at] === minute ? this.sets[at] : undefined;
    if (own === undefined) {
      this.minutes.splice(at, 0, minute);
      this.sets.splice(at, 0, set);
      this.forget(minute - KEPT);
    } else this.sets[at] = together(own, set);
  }

  /** Of all minutes that begin in a span of time; undefined where nothing was measured. */
  statistic(statistic: Statistic, begin: number, end: number): number | undefined {
    const sets = this.sets.slice(this.from(begin), this.from(end));
    if (sets.length === 0) return undefined;
    return OF_SET[statistic](sets.reduce(together));
  }

  /** Beginnings of the minutes with a value that are not before `time`. */
  minutesFrom(time: number): readonly number[] {
    return this.minutes.slice(this.from(time));
  }

  get isEmpty(): boolean {
    return this.minutes.length === 0;
  }

  /** Every minute with a value, for those who save it. */
  get all(): readonly (readonly [minute: number, set: StatisticSet])[] {
    return this.minutes.map((minute, at) => [minute, this.sets[at] ?? NONE]);
  }

  /** Takes back what was saved, in order. */
  restore(saved: readonly (readonly [minute: number, set: StatisticSet])[]): void {
    for (const [minute, set] of saved) {
      this.minutes.push(minute);
      this.sets.push(set);
    }
  }

  /** Place of the first minute that is not before `time`. */
  private from(time: number): number {
    let low = 0;
    let high = this.minutes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.minutes[middle] ?? Infinity) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private forget(before: number): void {
    const gone = this.from(before);
    if (gone < 1000) return; // some at a time
    this.minutes.splice(0, gone);
    this.sets.splice(0, gone);
  }
}

const NONE: StatisticSet = { count: 0, sum: 0, minimum: 0, maximum: 0 };

export const setOf = (value: number): StatisticSet => ({ count: 1, sum: value, minimum: value, maximum: value });

export const together = (one: StatisticSet, other: StatisticSet): StatisticSet => ({
  count: one.count + other.count,
  sum: one.sum + other.sum,
  minimum: Math.min(one.minimum, other.minimum),
  maximum: Math.max(one.maximum, other.maximum),
});
