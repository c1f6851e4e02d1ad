import type { PutOptions } from '../s3/new-bucket.ts';
import { invalid } from './invalid-request.ts';

/** Where results go and how they are written: a workgroup's settings or a client's. */
export interface ResultSettings {
  /** `s3://bucket/prefix/`. */
  readonly location?: string | undefined;
  readonly encryption?: ResultEncryption | undefined;
  /** The account that must own the bucket. */
  readonly expectedOwner?: string | undefined;
  /** Gives the bucket's owner full control of each file. */
  readonly ownerControl?: boolean | undefined;
}

export interface ResultEncryption {
  readonly option: 'SSE_S3' | 'SSE_KMS';
  /** @default - AWS's own key, of `SSE_KMS` */
  readonly kmsKey?: string | undefined;
}

/** Settings that a query runs with: there is a place for its results. */
export interface EffectiveSettings extends ResultSettings {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
}

/**
 * The settings of a query: the workgroup's where they are enforced, else the client's; a client that names no place takes all of the
 * workgroup's.
 *
 * @throws ServiceError InvalidRequestException
 * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html
 */
export function settingsOf(
  group: { readonly enforce: boolean; readonly results: ResultSettings },
  client: ResultSettings,
): EffectiveSettings {
  const { enforce, results } = group;
  const own = client.location !== undefined;
  const settings: ResultSettings = enforce ? results : own ? client : { ...results, ...given(client) };
  if (settings.location === undefined)
    throw invalid(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  return { ...settings, ...locate(settings.location) };
}

/** What a client does say. */
const given = (client: ResultSettings): ResultSettings =>
  Object.fromEntries(Object.entries(client).filter(([, value]) => value !== undefined));

/** The bucket and the key prefix, which ends with a slash, of a result location. @throws ServiceError InvalidRequestException */
export function locate(location: string): { readonly bucket: string; readonly prefix: string } {
  const found = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(location);
  if (found === null) throw invalid('outputLocation is not a valid S3 path.');
  const prefix = found[2] ?? '';
  return { bucket: found[1] ?? '', prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

/** How S3 is asked to write a file. */
export const putOptions = ({ encryption, ownerControl }: ResultSettings): PutOptions => ({
  ...(encryption && {
    sse:
      encryption.option === 'SSE_S3'
        ? { algorithm: 'AES256' }
        : { algorithm: 'aws:kms', ...(encryption.kmsKey !== undefined && { keyId: encryption.kmsKey }) },
  }),
  ...(ownerControl === true && { acl: 'bucket-owner-full-control' }),
});

/** Settings as the API shows them. */
export const settingsView = ({ location, encryption, expectedOwner, ownerControl }: ResultSettings): object => ({
  ...(location !== undefined && { OutputLocation: location }),
  ...(encryption && {
    EncryptionConfiguration: {
      EncryptionOption: encryption.option,
      ...(encryption.kmsKey !== undefined && { KmsKey: encryption.kmsKey }),
    },
  }),
  ...(expectedOwner !== undefined && { ExpectedBucketOwner: expectedOwner }),
  ...(ownerControl === true && { AclConfiguration: { S3AclOption: 'BUCKET_OWNER_FULL_CONTROL' } }),
});
