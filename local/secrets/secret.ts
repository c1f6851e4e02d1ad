import { randomUUID } from 'node:crypto';
import * as z from 'zod';

/** A secret as the template creates it. */
export interface NewSecret {
  readonly name: string;
  /** @default - AWS's own key, which asks for no permission */
  readonly keyArn?: string | undefined;
  /** @default - none */
  readonly description?: string | undefined;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What outlives a run: the one version that a secret has. */
const version = z.object({
  value: z.string(),
  versionId: z.string(),
  /** Milliseconds since the epoch, simulated. */
  created: z.number(),
  /** The day on which its value was last asked for, in milliseconds since the epoch, simulated. */
  accessed: z.number().optional(),
});

export type SecretVersion = z.infer<typeof version>;

/** Earlier releases kept a secret's value alone, and called the version of each by this id. */
const LONE_VALUE_ID = '00000000-0000-4000-8000-000000000001';

/**
 * The version that an earlier run saved, or a new one.
 *
 * @param saved Undefined for a new secret; a text is a value without a date, which is taken to be new
 * @param make Makes the value of a new secret
 */
export function versionOf(saved: unknown, now: number, make: () => string): SecretVersion {
  if (saved === undefined) return { value: make(), versionId: randomUUID(), created: now };
  if (typeof saved === 'string') return { value: saved, versionId: LONE_VALUE_ID, created: now };
  return version.parse(saved);
}
