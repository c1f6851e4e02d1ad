import * as z from 'zod';

/** Where an app that is asked for its findings leaves them, in its cloud assembly. */
export const FOUND_FILE = 'findings.json';
/** The context by which it is asked: `-c findings=judged`. */
export const ASK_FINDINGS = { key: 'findings', value: 'judged' } as const;

/** What the packs found in the templates of an app. */
export const foundShape = z.strictObject({
  /** Names of the platform's datasets. */
  datasets: z.array(z.string()),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      stack: z.string(),
      resource: z.string(),
      type: z.string(),
      level: z.enum(['error', 'warning']),
      says: z.string(),
      isUnjudged: z.boolean(),
    }),
  ),
});
export type Found = z.infer<typeof foundShape>;
