import type { Bucket } from './bucket.ts';
import { BLOCKED_BY_DEFAULT } from './encryption.ts';
import { readLifecycle, type LifecycleConfiguration } from './lifecycle-rules.ts';
import { DESTINATIONS, type DestinationKind, type Notification } from './notifications/configuration.ts';
import { S3Error } from './s3-error.ts';

/** A part of a bucket's configuration in the words of S3's API. */
export interface BucketAnswer {
  /** The root element. */
  readonly root: string;
  readonly content: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a part of a bucket's configuration is read. */
export interface BucketReader {
  /** What a caller must be allowed to do. */
  readonly action: string;
  /** @throws S3Error where the bucket has no such configuration */
  readonly read: (bucket: Bucket) => BucketAnswer;
}

type Rule = LifecycleConfiguration['Rules'][number];

const day = (time: number): string => new Date(time).toISOString();

/** One condition stands alone, several stand under `And`. */
function filterOf({ Prefix, TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan }: Rule): object {
  const conditions = [
    ...(Prefix === '' ? [] : [{ Prefix }]),
    ...TagFilters.map((tag) => ({ Tag: tag })),
    ...(ObjectSizeGreaterThan === undefined ? [] : [{ ObjectSizeGreaterThan }]),
    ...(ObjectSizeLessThan === undefined ? [] : [{ ObjectSizeLessThan }]),
  ];
  const [only] = conditions;
  if (only === undefined) return { Prefix: '' };
  if (conditions.length === 1) return only;
  return { And: { Prefix, Tag: TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan } };
}

function expirationOf({ ExpirationInDays, ExpirationDate, ExpiredObjectDeleteMarker }: Rule): object | undefined {
  if (ExpirationInDays !== undefined) return { Days: ExpirationInDays };
  if (ExpirationDate !== undefined) return { Date: day(ExpirationDate) };
  return ExpiredObjectDeleteMarker ? { ExpiredObjectDeleteMarker } : undefined;
}

const ruleOf = (rule: Rule): object => ({
  ID: rule.Id,
  Filter: filterOf(rule),
  Status: rule.Status,
  Transition: rule.Transitions.map((transition) => ({
    ...('days' in transition ? { Days: transition.days } : { Date: day(transition.date) }),
    StorageClass: transition.storageClass,
  })),
  Expiration: expirationOf(rule),
  NoncurrentVersionTransition: rule.NoncurrentVersionTransitions.map(({ days, storageClass, newerVersions }) => ({
    NoncurrentDays: days,
    StorageClass: storageClass,
    NewerNoncurrentVersions: newerVersions === 0 ? undefined : newerVersions,
  })),
  NoncurrentVersionExpiration:
    rule.NoncurrentVersionExpiration === undefined
      ? undefined
      : {
          NoncurrentDays: rule.NoncurrentVersionExpiration.NoncurrentDays,
          NewerNoncurrentVersions:
            rule.NoncurrentVersionExpiration.NewerNoncurrentVersions === 0
              ? undefined
              : rule.NoncurrentVersionExpiration.NewerNoncurrentVersions,
        },
  AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
});

const none = (code: string, message: string, { settings }: Bucket): S3Error =>
  new S3Error(code, message, 404, { elements: { BucketName: settings.name } });

function lifecycle(bucket: Bucket): BucketAnswer {
  const read = readLifecycle(bucket.settings.lifecycle);
  if (read === undefined) throw none('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', bucket);
  return {
    root: 'LifecycleConfiguration',
    content: { Rule: read.Rules.map(ruleOf) },
    headers: { 'x-amz-transition-default-minimum-object-size': read.TransitionDefaultMinimumObjectSize },
  };
}

function encryption({ settings }: Bucket): BucketAnswer {
  const { kmsKeyArn, bucketKeyEnabled, blockedEncryptionTypes = BLOCKED_BY_DEFAULT } = settings;
  const SSEAlgorithm = settings.sseAlgorithm ?? (kmsKeyArn === undefined ? 'AES256' : 'aws:kms');
  const byDefault = { SSEAlgorithm, KMSMasterKeyID: kmsKeyArn };
  const Rule = {
    ApplyServerSideEncryptionByDefault: byDefault,
    BucketKeyEnabled: bucketKeyEnabled,
    BlockedEncryptionTypes: { EncryptionType: blockedEncryptionTypes },
  };
  return { root: 'ServerSideEncryptionConfiguration', content: { Rule } };
}

function tagging(bucket: Bucket): BucketAnswer {
  const { Tags } = bucket.configuration;
  if (Tags.length === 0) throw none('NoSuchTagSet', 'The TagSet does not exist', bucket);
  return { root: 'Tagging', content: { TagSet: { Tag: Tags } } };
}

function logging({ configuration, settings }: Bucket): BucketAnswer {
  const { LoggingConfiguration: given } = configuration;
  if (given === undefined) return { root: 'BucketLoggingStatus', content: {} };
  const { DestinationBucketName: TargetBucket = settings.name, LogFilePrefix: TargetPrefix = '', TargetObjectKeyFormat } = given;
  return { root: 'BucketLoggingStatus', content: { LoggingEnabled: { TargetBucket, TargetPrefix, TargetObjectKeyFormat } } };
}

/** Elements of each kind of destination: its configuration's, and its ARN's. */
const ELEMENTS: Readonly<Record<DestinationKind, readonly [string, string]>> = {
  topic: ['TopicConfiguration', 'Topic'],
  queue: ['QueueConfiguration', 'Queue'],
  function: ['CloudFunctionConfiguration', 'CloudFunction'],
};

function notification({ notifications: { notifications, eventBridge } }: Bucket): BucketAnswer {
  const configurations = DESTINATIONS.map((kind) => {
    const [element, arnElement] = ELEMENTS[kind];
    const own = notifications.filter((one) => one.kind === kind);
    return [
      element,
      own.map(({ id, arn, events, filter }) => ({ Id: id, [arnElement]: arn, Event: events, Filter: keyFilter(filter) })),
    ] as const;
  });
  const content = { ...Object.fromEntries(configurations), ...(eventBridge ? { EventBridgeConfiguration: {} } : {}) };
  return { root: 'NotificationConfiguration', content };
}

const keyFilter = (rules: Notification['filter']): object | undefined =>
  rules.length === 0 ? undefined : { S3Key: { FilterRule: rules.map(({ name, value }) => ({ Name: name, Value: value })) } };

function objectLock(bucket: Bucket): BucketAnswer {
  const { objectLock: lock } = bucket.configuration;
  if (lock === undefined) {
    throw none('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket', bucket);
  }
  const { defaultRetention: given } = lock;
  const Rule = given === undefined ? undefined : { DefaultRetention: { Mode: given.mode, Days: given.days, Years: given.years } };
  return { root: 'ObjectLockConfiguration', content: { ObjectLockEnabled: 'Enabled', Rule } };
}

const versioning = ({ settings: { versioned, suspended } }: Bucket): BucketAnswer => ({
  root: 'VersioningConfiguration',
  content: versioned ? { Status: 'Enabled' } : suspended === true ? { Status: 'Suspended' } : {},
});

/** Operations that read a bucket's configuration as its template set it, with the action of each. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const BUCKET_READERS: Readonly<Record<string, BucketReader>> = {
  GetBucketLocation: {
    action: 's3:GetBucketLocation',
    read: ({ settings: { region } }) => ({ root: 'LocationConstraint', content: region === 'us-east-1' ? '' : region }),
  },
  GetBucketVersioning: { action: 's3:GetBucketVersioning', read: versioning },
  GetBucketEncryption: { action: 's3:GetEncryptionConfiguration', read: encryption },
  GetBucketLifecycleConfiguration: { action: 's3:GetLifecycleConfiguration', read: lifecycle },
  GetBucketTagging: { action: 's3:GetBucketTagging', read: tagging },
  GetBucketLogging: { action: 's3:GetBucketLogging', read: logging },
  GetBucketNotificationConfiguration: { action: 's3:GetBucketNotification', read: notification },
  GetObjectLockConfiguration: { action: 's3:GetBucketObjectLockConfiguration', read: objectLock },
  GetPublicAccessBlock: {
    action: 's3:GetBucketPublicAccessBlock',
    read: ({ configuration }) => ({
      root: 'PublicAccessBlockConfiguration',
      content: configuration.PublicAccessBlockConfiguration,
    }),
  },
  GetBucketOwnershipControls: {
    action: 's3:GetBucketOwnershipControls',
    read: ({ configuration }) => ({ root: 'OwnershipControls', content: { Rule: configuration.OwnershipControls.Rules } }),
  },
};
