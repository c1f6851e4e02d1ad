import type { SimulatedClock } from '../clock.ts';
import { Datapoints, setOf, type StatisticSet } from './datapoints.ts';
import { idOf, type Measure, type Metric } from './metric.ts';

interface Series {
  readonly metric: Metric;
  readonly points: Datapoints;
  readonly watchers: Set<(time: number) => void>;
  /** Of what clients put; undefined while nobody has said one. */
  unit?: string;
}

/** Every metric that was measured or is watched, at the simulated time. */
export class Metrics {
  private readonly series = new Map<string, Series>();

  constructor(private readonly clock: SimulatedClock) {}

  readonly measure: Measure = (namespace, dimensions, values) => {
    for (const [name, value] of Object.entries(values)) this.put({ namespace, name, dimensions }, setOf(value));
  };

  /** @param time Milliseconds since the epoch. Default: now */
  put(metric: Metric, set: StatisticSet, time = this.clock.now()): void {
    const { points, watchers } = this.of(metric);
    points.add(time, set);
    for (const tell of watchers) tell(time);
  }

  /** The one unit of a metric; undefined where none has been said. */
  unitOf(metric: Metric): string | undefined {
    return this.series.get(idOf(metric))?.unit;
  }

  /** Says in which unit a metric is. */
  measureIn(metric: Metric, unit: string): void {
    this.of(metric).unit = unit;
  }

  points(metric: Metric): Datapoints {
    return this.of(metric).points;
  }

  /** Calls `tell` with the time of each value that comes of a metric. */
  watch(metric: Metric, tell: (time: number) => void): void {
    this.of(metric).watchers.add(tell);
  }

  /** Those of which something was measured. */
  all(): readonly { readonly metric: Metric; readonly points: Datapoints; readonly unit?: string }[] {
    return [...this.series.values()].filter(({ points }) => !points.isEmpty);
  }

  private of(metric: Metric): Series {
    const id = idOf(metric);
    const found = this.series.get(id);
    if (found !== undefined) return found;
    const made: Series = { metric, points: new Datapoints(), watchers: new Set() };
    this.series.set(id, made);
    return made;
  }
}
