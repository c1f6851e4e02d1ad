import { S3Error, invalidArgument } from './s3-error.ts';
import { isArchived, type StorageClass } from './object-version.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const RESTORE_TIERS = ['Bulk', 'Standard', 'Expedited'] as const;
export type RestoreTier = (typeof RESTORE_TIERS)[number];

/** A temporary copy of an archived object, under way or there. Times are milliseconds since the epoch, simulated. */
export interface Restore {
  readonly tier: RestoreTier;
  readonly days: number;
  /** When the copy can be read. */
  readonly ready: number;
  /** When the copy goes. */
  readonly expires: number;
}

export interface RestoreRequest {
  readonly days: number;
  /** @default 'Standard' */
  readonly tier?: RestoreTier | undefined;
}

/** The later end of what AWS's page gives for each tier: who waits for less fails on a slow day. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
const TIMES: Readonly<Record<'GLACIER' | 'DEEP_ARCHIVE', Readonly<Record<RestoreTier, number | undefined>>>> = {
  GLACIER: { Expedited: 5 * MINUTE, Standard: 5 * HOUR, Bulk: 12 * HOUR },
  DEEP_ARCHIVE: { Expedited: undefined, Standard: 12 * HOUR, Bulk: 48 * HOUR },
};

const expiry = (now: number, days: number): number => Math.ceil(now / DAY + days) * DAY;
const speed = (tier: RestoreTier): number => RESTORE_TIERS.indexOf(tier);

/** What a request to restore comes to. */
export interface Requested {
  readonly restore: Restore;
  /** Whether a copy was there already, so that only its days changed. */
  readonly extended: boolean;
}

/** What a listing tells of the copy of an archived object: when it goes, or that it is not there yet; undefined where none was asked for. */
export function restoreStatusOf(
  { restore, storageClass }: { readonly restore?: Restore | undefined; readonly storageClass: StorageClass },
  now: number,
): { readonly expires?: number } | undefined {
  if (restore === undefined || !isArchived(storageClass)) return undefined;
  return restore.ready > now ? {} : { expires: restore.expires };
}

/**
 * Begins a restore, makes one under way faster, or changes the days of a copy that is there; the days count from the request.
 *
 * @param before The copy of an earlier request, expired ones left out.
 * @throws S3Error InvalidObjectState, RestoreAlreadyInProgress, InvalidArgument
 */
export function requestRestore(
  { storageClass, before, now }: { storageClass: StorageClass; before: Restore | undefined; now: number },
  { days, tier = 'Standard' }: RestoreRequest,
): Requested {
  if (storageClass !== 'GLACIER' && storageClass !== 'DEEP_ARCHIVE') {
    throw new S3Error('InvalidObjectState', "Restore is not allowed for the object's current storage class", 403, {
      elements: { StorageClass: storageClass },
    });
  }
  if (days < 1) throw invalidArgument('Restoration days should be at least 1', 'Days', days);
  const takes = TIMES[storageClass][tier];
  if (takes === undefined) throw invalidArgument(`${tier} retrieval is not available for ${storageClass}`, 'Tier', tier);
  const expires = expiry(now, days);
  if (before === undefined) return { restore: { tier, days, ready: now + takes, expires }, extended: false };
  if (before.ready <= now) return { restore: { ...before, days, expires }, extended: true };
  if (days !== before.days || speed(tier) <= speed(before.tier)) {
    throw new S3Error('RestoreAlreadyInProgress', 'Object restore is already in progress', 409);
  }
  return { restore: { ...before, tier, ready: Math.min(before.ready, now + takes) }, extended: false };
}
