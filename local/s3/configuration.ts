import * as z from 'zod';
import { parseObjectLock, type ObjectLock } from './object-lock.ts';
import { S3Error } from './s3-error.ts';

const truth = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const filter = z.strictObject({
  S3Key: z.strictObject({ Rules: z.array(z.strictObject({ Name: z.string(), Value: z.string() })) }),
});

/** Properties of an `AWS::S3::Bucket` that say what its configuration's readers are told, and what some of them do. */
const properties = z.strictObject({
  LoggingConfiguration: z
    .strictObject({
      DestinationBucketName: z.string().optional(),
      LogFilePrefix: z.string().optional(),
      TargetObjectKeyFormat: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: truth.default(true) }).optional(),
      LambdaConfigurations: z
        .array(z.strictObject({ Event: z.string(), Function: z.string(), Filter: filter.optional() }))
        .default([]),
      QueueConfigurations: z
        .array(z.strictObject({ Event: z.string(), Queue: z.string(), Filter: filter.optional() }))
        .default([]),
      TopicConfigurations: z
        .array(z.strictObject({ Event: z.string(), Topic: z.string(), Filter: filter.optional() }))
        .default([]),
    })
    .optional(),
  ObjectLockEnabled: truth.default(false),
  ObjectLockConfiguration: z.unknown().optional(),
  OwnershipControls: z
    .strictObject({
      Rules: z
        .array(z.strictObject({ ObjectOwnership: z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']) }))
        .length(1),
    })
    .default({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
  PublicAccessBlockConfiguration: z
    .strictObject({
      BlockPublicAcls: truth.default(false),
      BlockPublicPolicy: truth.default(false),
      IgnorePublicAcls: truth.default(false),
      RestrictPublicBuckets: truth.default(false),
    })
    .default({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }),
  ReplicationConfiguration: z.unknown().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
});

/** Names of the properties that a bucket's `configuration` may hold. */
export const CONFIGURATION_PROPERTIES: readonly string[] = Object.keys(properties.shape);

/** A bucket's configuration with AWS's defaults for new buckets: ACLs off, public access blocked. */
export interface BucketConfiguration extends Readonly<z.infer<typeof properties>> {
  /** @default - no version can be locked */
  readonly objectLock: ObjectLock | undefined;
  readonly aclsDisabled: boolean;
}

/**
 * Reads what a template says of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 * @throws S3Error MalformedXML
 */
export function parseConfiguration(configuration: Readonly<Record<string, unknown>> = {}): BucketConfiguration {
  const parsed = properties.safeParse(configuration);
  if (!parsed.success) throw new S3Error('MalformedXML', `bucket configuration: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  return {
    ...data,
    objectLock: data.ObjectLockEnabled ? parseObjectLock(data.ObjectLockConfiguration) : undefined,
    aclsDisabled: data.OwnershipControls.Rules[0]?.ObjectOwnership === 'BucketOwnerEnforced',
  };
}
