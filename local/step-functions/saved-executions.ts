import * as z from 'zod';
import { SavedFile } from '../saved-file.ts';
import type { ExecutionRecord } from './execution.ts';

const saved = z.object({ version: z.literal(1), frames: z.string() });
const head = z.object({
  arn: z.string(),
  name: z.string(),
  stateMachineArn: z.string(),
  input: z.string(),
  status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  started: z.number(),
  stopped: z.number().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const events = z.array(
  z.object({
    id: z.int(),
    previousEventId: z.int(),
    time: z.number(),
    type: z.string(),
    details: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
);

const NAME = 'executions';

/** Writes executions to `folder`, each with its history. */
export function saveExecutions(records: readonly ExecutionRecord[], folder: string): void {
  if (records.length === 0) return;
  const file = new SavedFile(folder, NAME);
  const frames = file.writeFrames(
    records.map(({ events: body, ...rest }) => ({ head: rest, body: Buffer.from(JSON.stringify(body)) })),
  );
  file.write({ version: 1, frames }, [frames]);
}

/** @throws StateError `StateUnreadable` */
export function restoreExecutions(folder: string): readonly ExecutionRecord[] {
  const file = new SavedFile(folder, NAME);
  const { frames } = file.read(saved) ?? {};
  if (frames === undefined) return [];
  return Array.from(file.frames(frames, head), (frame) => ({
    ...frame.head,
    events: events.parse(JSON.parse(frame.body.toString())),
  }));
}
