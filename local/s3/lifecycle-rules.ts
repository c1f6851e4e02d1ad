import * as z from 'zod';
import { parseIsoTime } from '../iso-time.ts';
import { ServiceError } from '../service.ts';
import { STORAGE_CLASSES, type StorageClass } from './object-version.ts';

/** Bytes under which S3 moves no object unless told so. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const SMALLEST_MOVED = 128 * 1024;
/** Days before an object may move to an infrequent-access class, and before one that is there may move to an archive. */
const INFREQUENT_ACCESS_DAYS = 30;
const DAY = 86_400_000;

/** When a rule acts: some days after an object came, or on a date (milliseconds since the epoch). */
export type When = { readonly days: number } | { readonly date: number };

export type Transition = When & { readonly storageClass: StorageClass };

/** A transition of versions that are not current. */
export interface NoncurrentTransition {
  readonly storageClass: StorageClass;
  readonly days: number;
  /** How many noncurrent versions stay whatever their age. */
  readonly newerVersions: number;
}

/** One enabled lifecycle rule. */
export interface LifecycleRule {
  readonly id: string;
  readonly prefix: string;
  /** Bytes, exclusive on both sides. */
  readonly sizeOver: number;
  readonly sizeUnder: number;
  readonly transitions: readonly Transition[];
  /** Tags that an object must all have. */
  readonly tags: readonly (readonly [string, string])[];
  readonly noncurrentTransitions: readonly NoncurrentTransition[];
  readonly expiration: When | undefined;
  readonly expiredObjectDeleteMarker: boolean;
  readonly noncurrentDays: number | undefined;
  /** How many noncurrent versions are kept whatever their age. */
  readonly newerNoncurrentVersions: number;
  /** Days after which a multipart upload that nobody completed is aborted. */
  readonly abortDays: number | undefined;
  /** The least size, in bytes, that this rule moves to a class. */
  readonly smallestMoved: (storageClass: StorageClass) => number;
}

const whole = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const storageClass = z.enum(STORAGE_CLASSES).exclude(['STANDARD']);
const date = z.string().transform((text, context): number => {
  const time = parseIsoTime(text);
  if (time !== undefined) return time;
  context.addIssue('must be a date of ISO 8601');
  return z.NEVER;
});
const truth = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const transition = z
  .strictObject({ StorageClass: storageClass, TransitionInDays: whole.optional(), TransitionDate: date.optional() })
  .transform((given, context): Transition => {
    const when = oneOf(given.TransitionInDays, given.TransitionDate);
    if (when !== undefined) return { ...when, storageClass: given.StorageClass };
    context.addIssue('needs TransitionInDays or TransitionDate, and not both');
    return z.NEVER;
  });
const noncurrentTransition = z
  .strictObject({ StorageClass: storageClass, TransitionInDays: whole, NewerNoncurrentVersions: whole.default(0) })
  .transform((given): NoncurrentTransition => ({
    storageClass: given.StorageClass,
    days: given.TransitionInDays,
    newerVersions: given.NewerNoncurrentVersions,
  }));
const configuration = z.strictObject({
  TransitionDefaultMinimumObjectSize: z
    .enum(['all_storage_classes_128K', 'varies_by_storage_class'])
    .default('all_storage_classes_128K'),
  Rules: z.array(
    z.strictObject({
      Id: z.string().optional(),
      Status: z.enum(['Enabled', 'Disabled']),
      Prefix: z.string().default(''),
      ObjectSizeGreaterThan: whole.optional(),
      ObjectSizeLessThan: whole.optional(),
      Transitions: z.array(transition).default([]),
      TagFilters: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
      NoncurrentVersionTransitions: z.array(noncurrentTransition).default([]),
      ExpirationInDays: whole.optional(),
      ExpirationDate: date.optional(),
      ExpiredObjectDeleteMarker: truth.default(false),
      NoncurrentVersionExpiration: z
        .strictObject({ NoncurrentDays: whole, NewerNoncurrentVersions: whole.default(0) })
        .optional(),
      AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: whole }).optional(),
    }),
  ),
});

const invalid = (message: string): ServiceError => new ServiceError('InvalidArgument', message);

function oneOf(days: number | undefined, on: number | undefined): When | undefined {
  if (days !== undefined) return on === undefined ? { days } : undefined;
  return on === undefined ? undefined : { date: on };
}

const daysOf = (when: When): number => ('days' in when ? when.days : Infinity);

const isInfrequent = ({ storageClass: name }: { readonly storageClass: StorageClass }): boolean =>
  name === 'STANDARD_IA' || name === 'ONEZONE_IA';

function checkDates({ transitions, expiration }: LifecycleRule): void {
  const whens: readonly When[] = expiration === undefined ? transitions : [...transitions, expiration];
  if (whens.some((when) => 'date' in when && when.date % DAY !== 0)) throw invalid("'Date' must be at midnight GMT");
}

/** What S3 takes to be one decision cannot be spread over filters that it cannot combine. */
function checkTagged({ tags, abortDays, expiredObjectDeleteMarker }: LifecycleRule): void {
  if (tags.length > 0 && (abortDays !== undefined || expiredObjectDeleteMarker)) {
    const action = abortDays === undefined ? 'ExpiredObjectDeleteMarker' : 'AbortIncompleteMultipartUpload';
    throw new ServiceError('InvalidRequest', `${action} cannot be specified with Tags.`);
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw new ServiceError('InvalidRequest', 'Duplicate Tag Keys are not allowed.');
  }
}

function checkDays({ prefix, transitions: all, expiration, noncurrentTransitions }: LifecycleRule): void {
  const transitions = all.map((transition) => ({ storageClass: transition.storageClass, days: daysOf(transition) }));
  const expirationDays = expiration === undefined ? undefined : daysOf(expiration);
  const infrequent = transitions.filter(isInfrequent);
  const archive = transitions.filter(({ storageClass: name }) => name === 'GLACIER' || name === 'DEEP_ARCHIVE');
  const early = [...infrequent, ...noncurrentTransitions.filter(isInfrequent)].find(({ days }) => days < INFREQUENT_ACCESS_DAYS);
  if (early !== undefined) {
    throw invalid(
      `'Days' in Transition action must be greater than or equal to ${INFREQUENT_ACCESS_DAYS} for storageClass '${early.storageClass}'`,
    );
  }
  if (archive.some(({ days }) => infrequent.some((before) => days < before.days + INFREQUENT_ACCESS_DAYS))) {
    throw invalid(
      `'Days' of an archive must be ${INFREQUENT_ACCESS_DAYS} more than those of infrequent access for prefix '${prefix}'`,
    );
  }
  if (
    expirationDays !== undefined &&
    (expirationDays === 0 || transitions.some(({ days }) => days !== Infinity && days >= expirationDays))
  ) {
    throw invalid(`'Days' in the Expiration action for prefix '${prefix}' must be greater than 'Days' in the Transition action`);
  }
}

/** A lifecycle configuration in the words of the template, defaults filled in; dates are milliseconds since the epoch. */
export type LifecycleConfiguration = z.infer<typeof configuration>;

/**
 * Reads the `LifecycleConfiguration` of an `AWS::S3::Bucket`.
 *
 * @throws ServiceError MalformedXML for what it does not know
 */
export function readLifecycle(lifecycle: unknown): LifecycleConfiguration | undefined {
  if (lifecycle === undefined) return undefined;
  const parsed = configuration.safeParse(lifecycle);
  if (!parsed.success) throw new ServiceError('MalformedXML', `LifecycleConfiguration: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * The rules of a `LifecycleConfiguration`; disabled ones are left out.
 *
 * @throws ServiceError MalformedXML for what it does not know, InvalidRequest, InvalidArgument for days that S3 refuses
 */
export function parseLifecycle(lifecycle: unknown): readonly LifecycleRule[] {
  const read = readLifecycle(lifecycle);
  if (read === undefined) return [];
  const varies = read.TransitionDefaultMinimumObjectSize === 'varies_by_storage_class';
  return read.Rules.filter((rule) => rule.Status === 'Enabled').map((rule) => {
    const sized = rule.ObjectSizeGreaterThan !== undefined || rule.ObjectSizeLessThan !== undefined;
    const compiled: LifecycleRule = {
      id: rule.Id ?? '',
      prefix: rule.Prefix,
      sizeOver: rule.ObjectSizeGreaterThan ?? -1,
      sizeUnder: rule.ObjectSizeLessThan ?? Infinity,
      transitions: rule.Transitions,
      noncurrentTransitions: rule.NoncurrentVersionTransitions,
      tags: rule.TagFilters.map(({ Key, Value }) => [Key, Value] as const),
      expiration: oneOf(rule.ExpirationInDays, rule.ExpirationDate),
      expiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
      noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
      newerNoncurrentVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions ?? 0,
      abortDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
      // A rule that names sizes has taken the decision; else only archives take small objects, and only where the bucket says so.
      smallestMoved: (name) => (sized || (varies && (name === 'GLACIER' || name === 'DEEP_ARCHIVE')) ? 0 : SMALLEST_MOVED),
    };
    checkDays(compiled);
    checkDates(compiled);
    checkTagged(compiled);
    return compiled;
  });
}
