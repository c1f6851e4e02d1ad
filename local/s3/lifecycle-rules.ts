import { z } from 'zod';
import { ServiceError } from '../service.ts';
import { STORAGE_CLASSES, type StorageClass } from './object-version.ts';

/** Bytes under which S3 moves no object unless told so. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const SMALLEST_MOVED = 128 * 1024;
/** Days before an object may move to an infrequent-access class, and before one that is there may move to an archive. */
const INFREQUENT_ACCESS_DAYS = 30;

export interface Transition {
  readonly storageClass: StorageClass;
  readonly days: number;
}

/** One enabled lifecycle rule. */
export interface LifecycleRule {
  readonly prefix: string;
  /** Bytes, exclusive on both sides. */
  readonly sizeOver: number;
  readonly sizeUnder: number;
  readonly transitions: readonly Transition[];
  readonly noncurrentTransitions: readonly Transition[];
  readonly expirationDays: number | undefined;
  readonly expiredObjectDeleteMarker: boolean;
  readonly noncurrentDays: number | undefined;
  /** How many noncurrent versions are kept whatever their age. */
  readonly newerNoncurrentVersions: number;
  /** The least size, in bytes, that this rule moves to a class. */
  readonly smallestMoved: (storageClass: StorageClass) => number;
}

const whole = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const storageClass = z.enum(STORAGE_CLASSES).exclude(['STANDARD']);
const transition = z
  .strictObject({ StorageClass: storageClass, TransitionInDays: whole })
  .transform((given): Transition => ({ storageClass: given.StorageClass, days: given.TransitionInDays }));
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
      NoncurrentVersionTransitions: z.array(transition).default([]),
      ExpirationInDays: whole.optional(),
      ExpiredObjectDeleteMarker: z.boolean().default(false),
      NoncurrentVersionExpiration: z
        .strictObject({ NoncurrentDays: whole, NewerNoncurrentVersions: whole.default(0) })
        .optional(),
      // There are no multipart uploads here that could be left incomplete.
      AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: whole }).optional(),
    }),
  ),
});

const invalid = (message: string): ServiceError => new ServiceError('InvalidArgument', message);

function checkDays({ prefix, transitions, expirationDays }: LifecycleRule): void {
  const infrequent = transitions.filter(({ storageClass: name }) => name === 'STANDARD_IA' || name === 'ONEZONE_IA');
  const archive = transitions.filter(({ storageClass: name }) => name === 'GLACIER' || name === 'DEEP_ARCHIVE');
  const early = infrequent.find(({ days }) => days < INFREQUENT_ACCESS_DAYS);
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
  if (expirationDays !== undefined && (expirationDays === 0 || transitions.some(({ days }) => days >= expirationDays))) {
    throw invalid(`'Days' in the Expiration action for prefix '${prefix}' must be greater than 'Days' in the Transition action`);
  }
}

/**
 * Reads the `LifecycleConfiguration` of an `AWS::S3::Bucket`; disabled rules are left out.
 *
 * @throws ServiceError MalformedXML for what it does not know (filters by tag, dates), InvalidArgument for days that S3 refuses
 */
export function parseLifecycle(lifecycle: unknown): readonly LifecycleRule[] {
  if (lifecycle === undefined) return [];
  const parsed = configuration.safeParse(lifecycle);
  if (!parsed.success) throw new ServiceError('MalformedXML', `LifecycleConfiguration: ${z.prettifyError(parsed.error)}`);
  const varies = parsed.data.TransitionDefaultMinimumObjectSize === 'varies_by_storage_class';
  return parsed.data.Rules.filter((rule) => rule.Status === 'Enabled').map((rule) => {
    const sized = rule.ObjectSizeGreaterThan !== undefined || rule.ObjectSizeLessThan !== undefined;
    const compiled: LifecycleRule = {
      prefix: rule.Prefix,
      sizeOver: rule.ObjectSizeGreaterThan ?? -1,
      sizeUnder: rule.ObjectSizeLessThan ?? Infinity,
      transitions: rule.Transitions,
      noncurrentTransitions: rule.NoncurrentVersionTransitions,
      expirationDays: rule.ExpirationInDays,
      expiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
      noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
      newerNoncurrentVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions ?? 0,
      // A rule that names sizes has taken the decision; else only archives take small objects, and only where the bucket says so.
      smallestMoved: (name) => (sized || (varies && (name === 'GLACIER' || name === 'DEEP_ARCHIVE')) ? 0 : SMALLEST_MOVED),
    };
    checkDays(compiled);
    return compiled;
  });
}
