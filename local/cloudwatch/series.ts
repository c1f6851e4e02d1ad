/** Values by the beginning of their period, in milliseconds since the epoch. */
export type Series = ReadonlyMap<number, number>;

/** Several time series, as in `[m1, m2]`. */
export interface SeriesArray {
  readonly series: readonly Series[];
}

/** What a part of an expression comes to. */
export type Value = number | Series | SeriesArray;

export const isArray = (value: Series | SeriesArray): value is SeriesArray => 'series' in value;

/** A time series of what `valueAt` says; it has no datapoint where that is undefined. */
export function seriesAt(times: readonly number[], valueAt: (time: number) => number | undefined): Series {
  const series = new Map<number, number>();
  for (const time of times) {
    const value = valueAt(time);
    if (value !== undefined) series.set(time, value);
  }
  return series;
}

/** Metric math that is not simulated, or that CloudWatch does not document. */
export class UnknownMath extends Error {}
