import { createHash, createHmac, randomBytes } from 'node:crypto';
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
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

const DAY = 86_400_000;

const saved = z.object({
  material: z.string(),
  enabled: z.boolean(),
  created: z.number(),
  deletion: z.object({ time: z.number(), days: z.number() }).optional(),
  grants: z.array(grantShape),
});

/** What a key encrypts with between two rotations. */
export interface Material {
  /** How many came before it. */
  readonly rotation: number;
  /** As KMS names it: 64 hexadecimal digits. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** One key: its first material, from which later ones are derived, and what has been done to it. */
export class KmsKey {
  private readonly material: Buffer;
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

  /** Milliseconds between rotations; undefined for a key that is not rotated. */
  get period(): number | undefined {
    const { rotationDays } = this.settings;
    return rotationDays === undefined ? undefined : rotationDays * DAY;
  }

  /** Rotations up to a time. */
  rotations(now: number): number {
    return this.period === undefined ? 0 : Math.floor((now - this.created) / this.period);
  }

  /** What a rotation brought. The key keeps all of them, and opens with each what it has sealed. */
  materialOf(rotation: number): Material {
    const bytes = rotation === 0 ? this.material : createHmac('sha256', this.material).update(`rotation ${rotation}`).digest();
    return { rotation, bytes, id: createHash('sha256').update(this.settings.id).update(bytes).digest('hex') };
  }

  isGone(now: number): boolean {
    return this.deletion !== undefined && this.deletion.time <= now;
  }

  saved(): string {
    const { material, enabled, created, deletion, grants } = this;
    return JSON.stringify({ material: material.toString('base64'), enabled, created, deletion, grants });
  }
}
