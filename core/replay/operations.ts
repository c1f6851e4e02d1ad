import * as z from 'zod';
import { rowShape } from './rows.ts';

/**
 * What one run takes at most; what is beyond is taken by the next. A step is a state of the workflow, which has 25,000 events for all: at seven for
 * each, 11,000 are left for invocations that are tried again.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const RUN_LIMITS = { objects: 5_000, bytes: 10 * 1024 ** 3, steps: 2_000 } as const;
/** Steps of a round over a page's groups, beside one for each group. */
export const ROUND_STEPS = 3;
/** Objects that one invocation is given, and those of one page: their keys pass through a state of 256 KiB. */
export const GROUP = { objects: 10, bytes: 64 * 1024 ** 2 } as const;
export const PAGE_OBJECTS = 200;
/** Invocations of one group at most; each takes a quarter of an hour, or what the stream takes before it refuses more. */
export const MOST_ROUNDS = 50;

/** What the function is asked: the next objects that are not done, or to replay some. The request is read by the function alone. */
const listInput = z.strictObject({
  operation: z.literal('list'),
  request: z.unknown(),
  /** The key after which the listing goes on; empty for its begin. */
  after: z.string(),
  objectsLeft: z.number(),
  bytesLeft: z.number(),
});
/** Where a group of objects goes on. */
const position = z.strictObject({
  object: z.number(),
  line: z.number(),
  /** Whether this run has begun the object. */
  resumed: z.boolean(),
});
const replayInput = z.strictObject({
  operation: z.literal('replay'),
  request: z.unknown(),
  keys: z.array(z.string()),
  position,
});
export const operationInput = z.discriminatedUnion('operation', [listInput, replayInput]);
export type ListInput = z.infer<typeof listInput>;
export type ReplayInput = z.infer<typeof replayInput>;
export type Position = z.infer<typeof position>;

export const BEGIN: Position = { object: 0, line: 0, resumed: false };

export const listAnswer = z.strictObject({
  groups: z.array(z.array(z.string())),
  objects: z.number(),
  bytes: z.number(),
  /** Objects that were done by this handler before, and what they hold. */
  doneObjects: z.number(),
  rows: z.array(rowShape),
  after: z.string(),
  more: z.boolean(),
  /** Whether the run has all that it may take, and something is left. */
  limited: z.boolean(),
});
export type ListAnswer = z.infer<typeof listAnswer>;

export const replayAnswer = z.strictObject({
  finished: z.boolean(),
  /** Whether the stream takes no more for now: somebody should wait a little. */
  throttled: z.boolean(),
  position,
  rows: z.array(rowShape),
  /** Objects that could not be replayed to their end, and why the first could not. */
  failedObjects: z.number(),
  failure: z.string(),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;
