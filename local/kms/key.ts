import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { grantShape, type Grant } from './grant.ts';
import type { KeyState } from './key-state.ts';

/** A customer managed key as the template creates it: symmetric, of KMS's own making. */
export interface NewKey {
  readonly id: string;
  readonly arn: string;
  readonly description: string;
  /** `Enabled`: of a key that an earlier run left, what was done to it since counts. */
  readonly enabled: boolean;
  /** `KeyPolicy`. */
  readonly policy: unknown;
  /** Days between rotations. @default - the key is not rotated */
  readonly rotationDays?: number;
}

const saved = z.object({
  material: z.string(),
  enabled: z.boolean(),
  created: z.number(),
  deletion: z.object({ time: z.number(), days: z.number() }).optional(),
  grants: z.array(grantShape),
});

/** One key: its material, and what has been done to it. */
export class KmsKey {
  readonly material: Buffer;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
  enabled: boolean;
  /** When it goes, in milliseconds since the epoch, simulated, and the days that were asked for. */
  deletion: { readonly time: number; readonly days: number } | undefined;
  grants: readonly Grant[];

  /** @param text What an earlier run saved of it, as {@link saved} gives it. Default: the key is new. */
  constructor(
    readonly settings: NewKey,
    now: number,
    text?: string,
  ) {
    const before = text === undefined ? undefined : saved.parse(JSON.parse(text));
    this.material = before === undefined ? randomBytes(32) : Buffer.from(before.material, 'base64');
    this.created = before?.created ?? now;
    this.enabled = before?.enabled ?? settings.enabled;
    this.deletion = before?.deletion;
    this.grants = before?.grants ?? [];
  }

  get state(): KeyState {
    if (this.deletion !== undefined) return 'PendingDeletion';
    return this.enabled ? 'Enabled' : 'Disabled';
  }

  isGone(now: number): boolean {
    return this.deletion !== undefined && this.deletion.time <= now;
  }

  saved(): string {
    const { material, enabled, created, deletion, grants } = this;
    return JSON.stringify({ material: material.toString('base64'), enabled, created, deletion, grants });
  }
}
