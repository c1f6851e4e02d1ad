import * as z from 'zod';
import { ATTEMPT } from './attempt.ts';

/** When a schedule or a group was made and last changed: milliseconds since the epoch, simulated. */
export const DATED = z.object({ arn: z.string(), digest: z.string(), created: z.number(), modified: z.number() });

export const SAVED = z.object({
  version: z.literal(1),
  groups: z.array(DATED),
  /** `due` is absent where nothing is waited for. */
  schedules: z.array(DATED.extend({ timing: z.string(), due: z.number().optional() })),
  attempts: z.array(ATTEMPT),
});
export type Saved = z.infer<typeof SAVED>;
export type Dated = Readonly<z.infer<typeof DATED>>;
