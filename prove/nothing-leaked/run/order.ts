import * as z from 'zod';

/** What the platform's process is told to do. */
export const order = z.object({
  /** Of the repository: where `contracts/` lies. */
  project: z.string(),
  /** Values for each field. */
  count: z.int(),
  /** Whether everything is asked, or one question of some. */
  thorough: z.boolean(),
  /** Where its templates and its state lie. */
  home: z.string(),
  said: z.string(),
  stages: z.string(),
  /** Where it reports. */
  report: z.string(),
  /** Ends by SIGKILL amid its work, or lives until its data has expired. */
  ends: z.enum(['killed', 'expired']),
});
export type Order = z.infer<typeof order>;

/** Moments at which the state is copied, in order. */
export const STAGES = ['in-flight', 'drained', 'expired'] as const;
export type Stage = (typeof STAGES)[number];

/** What the run tells of itself beside its files: nothing of an event. */
export const report = z.object({
  /** Names of buckets by zone. */
  buckets: z.object({ raw: z.string(), quarantine: z.string(), clean: z.string() }),
  /** Distinct events that a reader can query, of all datasets. */
  readable: z.int(),
  /** Queries and calls that failed. */
  refused: z.int(),
  /** Faults that came. */
  faults: z.int(),
});
export type Report = z.infer<typeof report>;
