import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { NONCURRENT_DAYS } from '../../core/storage/retention-classes.ts';

/** Days after which an upload that never finished is gone. */
const ABANDONED_UPLOAD_DAYS = 7;

/** What every bucket of the lake has, whatever it holds. */
export const HARDENED = {
  versioned: true,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C], // a key that only the writer holds locks out everybody else
} satisfies Partial<s3.BucketProps>;

/** The rule for what nobody sees any more. */
export const leftoversRule = (): s3.LifecycleRule => ({
  id: 'leftovers',
  abortIncompleteMultipartUploadAfter: Duration.days(ABANDONED_UPLOAD_DAYS),
  noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
});

/** Has the policy of a bucket live as long as the bucket: what is retained without it is open to whoever the account lets in. */
export const keepPolicyWith = (bucket: s3.Bucket, removalPolicy: RemovalPolicy): void => {
  bucket.policy?.applyRemovalPolicy(removalPolicy);
};
