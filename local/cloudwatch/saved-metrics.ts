import * as z from 'zod';
import { SavedFile } from '../saved-file.ts';
import type { SavedAlarm } from './alarm.ts';
import type { Datapoints, StatisticSet } from './datapoints.ts';
import type { Metric } from './metric.ts';

type SavedState = SavedAlarm & { readonly arn: string };

const point = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]);
const saved = z.object({
  version: z.literal(1),
  alarms: z.array(
    z.object({
      arn: z.string(),
      state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
      reason: z.string(),
      time: z.number(),
      actionsEnabled: z.boolean().optional(),
      configured: z.number().optional(),
    }),
  ),
  series: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      /** Pairs: a dimension may have any name. */
      dimensions: z.array(z.tuple([z.string(), z.string()])),
      points: z.array(point),
      unit: z.string().optional(),
    }),
  ),
});

const NAME = 'metrics';

/** Writes what was measured, and the alarms that alarms have come to. */
export function saveMetrics(
  {
    series,
    alarms,
  }: {
    readonly series: readonly { readonly metric: Metric; readonly points: Datapoints; readonly unit?: string | undefined }[];
    readonly alarms: readonly SavedState[];
  },
  folder: string,
): void {
  if (series.length === 0 && alarms.length === 0) return;
  const written = series.map(({ metric, points, unit }) => ({
    ...metric,
    unit,
    dimensions: Object.entries(metric.dimensions),
    points: points.all.map(([minute, { count, sum, minimum, maximum }]) => [minute, count, sum, minimum, maximum]),
  }));
  new SavedFile(folder, NAME).write({ version: 1, alarms, series: written }, []);
}

/** @throws StateError `StateUnreadable` */
export function restoreMetrics(folder: string): {
  readonly series: readonly {
    readonly metric: Metric;
    readonly points: readonly (readonly [minute: number, set: StatisticSet])[];
    readonly unit: string | undefined;
  }[];
  readonly alarms: readonly SavedState[];
} {
  const { series = [], alarms = [] } = new SavedFile(folder, NAME).read(saved) ?? {};
  return {
    alarms,
    series: series.map(({ points, dimensions, unit, ...metric }) => ({
      unit,
      metric: { ...metric, dimensions: Object.fromEntries(dimensions) },
      points: points.map(([minute, count, sum, minimum, maximum]) => [minute, { count, sum, minimum, maximum }] as const),
    })),
  };
}
