import type { Caller } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { BLOCKED_BY_DEFAULT, encryptionFor } from './encryption.ts';
import type { Context, Guard } from './guard.ts';
import type { PutOptions, WriteCondition } from './new-bucket.ts';
import { defaultRetention } from './object-lock.ts';
import type { Attributes } from './object-version.ts';
import { invalidArgument, invalidRequest, lacking, noSuchKey, preconditionFailed, S3Error } from './s3-error.ts';
import { tagContext } from './tags.ts';

const DAY = 86_400_000;
/** Bytes of a key in UTF-8. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES = 1024;
/** Bytes of all user metadata, names and values. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const METADATA_BYTES = 2048;

/** A write that is to make a version of an object. */
export interface Write {
  readonly caller: Caller;
  readonly bucket: Bucket;
  readonly key: string;
  readonly options: PutOptions;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  /** Condition keys of the operation's own. */
  readonly context?: Context | undefined;
}

/** What a policy may ask about what is to be written; a header that was not sent is no key. */
function contextOf({ options, now, context }: Write): Context {
  const { sse, acl, storageClass, tags, retention, legalHold, ifMatch, ifNoneMatch } = options;
  const told: Record<string, string | undefined> = {
    's3:x-amz-server-side-encryption': sse?.algorithm,
    's3:x-amz-server-side-encryption-aws-kms-key-id': sse?.keyId,
    's3:x-amz-acl': acl,
    's3:x-amz-storage-class': storageClass,
    's3:object-lock-mode': retention?.mode,
    's3:object-lock-retain-until-date': retention === undefined ? undefined : new Date(retention.until).toISOString(),
    's3:object-lock-remaining-retention-days':
      retention === undefined ? undefined : String(Math.ceil((retention.until - now) / DAY)),
    's3:object-lock-legal-hold': legalHold === undefined ? undefined : legalHold ? 'ON' : 'OFF',
    's3:if-match': ifMatch,
    's3:if-none-match': ifNoneMatch,
    ...tagContext('RequestObjectTag', tags),
  };
  const present = Object.entries(told).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const names: Context = tags === undefined ? {} : { 's3:RequestObjectTagKeys': Object.keys(tags) };
  return { ...Object.fromEntries(present), ...names, ...context };
}

/** @throws S3Error AccessControlListNotSupported where ACLs are off, as they are in new buckets; NotImplemented elsewhere */
function checkAcl({ configuration }: Bucket, acl: string | undefined): void {
  if (acl === undefined || acl === 'bucket-owner-full-control') return;
  if (configuration.aclsDisabled) throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  if (acl !== 'private') throw lacking("PutObject with 'x-amz-acl'");
}

/** @throws S3Error KeyTooLongError, MetadataTooLarge, InvalidRequest, InvalidArgument, AccessControlListNotSupported */
function checkForm({ bucket, key, options, now }: Write): void {
  if (Buffer.byteLength(key) > KEY_BYTES) {
    const elements = { Size: Buffer.byteLength(key), MaxSizeAllowed: KEY_BYTES };
    throw new S3Error('KeyTooLongError', 'Your key is too long', 400, { elements });
  }
  const described = Object.entries(options.metadata ?? {}).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (described > METADATA_BYTES) {
    const elements = { Size: described, MaxSizeAllowed: METADATA_BYTES };
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, { elements });
  }
  const locks = options.retention !== undefined || options.legalHold !== undefined;
  if (locks && bucket.configuration.objectLock === undefined) throw invalidRequest('Bucket is missing Object Lock Configuration');
  if (options.retention !== undefined && options.retention.until <= now) {
    throw invalidArgument('The retain until date must be in the future!', 'x-amz-object-lock-retain-until-date');
  }
  checkAcl(bucket, options.acl);
}

/**
 * Whether a caller may write what the write says: the object, its tags, its lock, and under its key.
 *
 * @returns what the new version says about itself
 * @throws ServiceError AccessDenied, for a key of the client's own too, and what S3 refuses in the form of a write
 */
export function admitWrite(guard: Guard, write: Write): Attributes {
  const { caller, bucket, key, options, now } = write;
  const sse = guard.encryption(options.sse ?? {}, bucket);
  const context = contextOf({ ...write, options: { ...options, sse } });
  guard.object(caller, 's3:PutObject', bucket, key, context);
  checkForm(write);
  if (options.tags !== undefined) guard.object(caller, 's3:PutObjectTagging', bucket, key, context);
  if (options.retention !== undefined) guard.object(caller, 's3:PutObjectRetention', bucket, key, context);
  if (options.legalHold !== undefined) guard.object(caller, 's3:PutObjectLegalHold', bucket, key, context);
  if (sse.customerKey === true) refuseCustomerKey(write);
  const encryption = encryptionFor(sse, bucket.settings);
  guard.key(caller, 'kms:GenerateDataKey', { bucket, key, encryption });
  const lock = bucket.configuration.objectLock;
  const retention = options.retention ?? (lock === undefined ? undefined : defaultRetention(lock, now));
  return {
    storageClass: options.storageClass ?? 'STANDARD',
    contentType: options.contentType ?? 'binary/octet-stream',
    metadata: options.metadata ?? {},
    ...(options.headers === undefined ? {} : { headers: options.headers }),
    ...(options.tags === undefined ? {} : { tags: options.tags }),
    ...(encryption === undefined ? {} : { encryption }),
    ...(retention === undefined ? {} : { retention }),
    ...(options.legalHold === undefined ? {} : { legalHold: options.legalHold }),
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
function refuseCustomerKey({ caller, bucket: { settings }, key }: Write): never {
  const { blockedEncryptionTypes = BLOCKED_BY_DEFAULT } = settings;
  if (!blockedEncryptionTypes.includes('SSE-C')) throw lacking('PutObject with a key of the customer’s');
  throw new S3Error(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: s3:PutObject on resource: "${settings.arn}/${key}" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
    403,
  );
}

const unacceptable = (
  header: string,
  additionalMessage = `We don't accept the provided value of ${header} header for this API`,
): S3Error =>
  new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
    elements: { Header: header, additionalMessage },
  });

export const bareEtag = (text: string): string => text.trim().replace(/^(W\/)?"|"$/g, '');

/**
 * Whether the current version is what a conditional write takes it to be.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @throws S3Error PreconditionFailed, NoSuchKey, NotImplemented
 */
export function checkCondition(bucket: Bucket, key: string, { ifMatch, ifNoneMatch }: WriteCondition): void {
  if (ifMatch !== undefined && ifNoneMatch !== undefined)
    throw unacceptable('If-Match,If-None-Match', 'Multiple conditional request headers present in the request');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw unacceptable('If-None-Match');
  if (ifMatch === '*') throw unacceptable('If-Match');
  const current = bucket.get(key);
  if (ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
  if (ifMatch === undefined) return;
  if (current === undefined) throw noSuchKey(key);
  if (current.etag !== bareEtag(ifMatch)) throw preconditionFailed('If-Match');
}
