import * as z from 'zod';
import { invalidArgument, S3Error } from './s3-error.ts';

const DAY = 86_400_000;
const DAYS_IN_A_YEAR = 365;

export const RETENTION_MODES = ['GOVERNANCE', 'COMPLIANCE'] as const;
export type RetentionMode = (typeof RETENTION_MODES)[number];

/** Until when a version can neither be deleted nor lose its protection. */
export interface Retention {
  readonly mode: RetentionMode;
  /** Milliseconds since the epoch, simulated. */
  readonly until: number;
}

/** What a bucket under Object Lock does to versions that say nothing themselves. */
export interface ObjectLock {
  /** @default - versions are not retained unless they say so */
  readonly defaultRetention?: {
    readonly mode: RetentionMode;
    readonly days?: number | undefined;
    readonly years?: number | undefined;
  };
}

const whole = z.union([
  z.number().int().positive(),
  z
    .string()
    .regex(/^[1-9]\d*$/)
    .transform(Number),
]);
const configuration = z.strictObject({
  ObjectLockEnabled: z.literal('Enabled').optional(),
  Rule: z
    .strictObject({
      DefaultRetention: z
        .strictObject({ Mode: z.enum(RETENTION_MODES), Days: whole.optional(), Years: whole.optional() })
        .refine(({ Days, Years }) => (Days === undefined) !== (Years === undefined), 'needs Days or Years, and not both'),
    })
    .optional(),
});

/**
 * Reads `ObjectLockConfiguration` of an `AWS::S3::Bucket` whose lock is enabled.
 *
 * @throws S3Error MalformedXML
 */
export function parseObjectLock(value: unknown): ObjectLock {
  if (value === undefined) return {};
  const parsed = configuration.safeParse(value);
  if (!parsed.success) throw new S3Error('MalformedXML', `ObjectLockConfiguration: ${z.prettifyError(parsed.error)}`);
  const rule = parsed.data.Rule?.DefaultRetention;
  return rule === undefined ? {} : { defaultRetention: { mode: rule.Mode, days: rule.Days, years: rule.Years } };
}

/** The retention that a bucket gives to a version made at `now`. */
export function defaultRetention({ defaultRetention: given }: ObjectLock, now: number): Retention | undefined {
  if (given === undefined) return undefined;
  return { mode: given.mode, until: now + ((given.days ?? 0) + (given.years ?? 0) * DAYS_IN_A_YEAR) * DAY };
}

export const protectedByLock = (): S3Error =>
  new S3Error('AccessDenied', 'Access Denied because object protected by object lock.', 403);

/** What the lock of a version says at a time: `held` yields to nobody, `governed` to those who may bypass it. */
export function lockOf(
  { retention, legalHold }: { readonly retention?: Retention | undefined; readonly legalHold?: boolean | undefined },
  now: number,
): 'held' | 'governed' | 'free' {
  if (legalHold === true) return 'held';
  if (retention === undefined || retention.until <= now) return 'free';
  return retention.mode === 'COMPLIANCE' ? 'held' : 'governed';
}

/**
 * Judges a new retention against the one in force.
 *
 * @throws S3Error InvalidArgument for a date that has passed, AccessDenied where the lock would weaken and may not
 */
export function checkRetention(
  before: Retention | undefined,
  next: Retention | undefined,
  { now, bypass }: { now: number; bypass: boolean },
): void {
  if (next !== undefined && next.until <= now) {
    throw invalidArgument('The retain until date must be in the future!', 'RetainUntilDate', new Date(next.until).toISOString());
  }
  const lock = lockOf({ retention: before }, now);
  if (lock === 'free' || before === undefined) return;
  const weaker = next === undefined || next.until < before.until || (before.mode === 'COMPLIANCE' && next.mode !== 'COMPLIANCE');
  if (weaker && (lock === 'held' || !bypass)) throw protectedByLock();
}
