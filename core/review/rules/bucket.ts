import { danger, type Danger } from '../danger.ts';
import type { Properties, Resource } from '../../aws/template.ts';
import { alternativesOf } from '../alternatives.ts';
import { at, booleanOf, isObject, listOf } from '../value.ts';
import {
  createOnly,
  encryptionKey,
  guarded,
  harmless,
  inside,
  type Judge,
  kept,
  literally,
  renamed,
  stays,
  staysIn,
  toldAsPermission,
  unknownEffect,
} from './judge.ts';
import { lifecycle } from './lifecycle.ts';
import { objectLock } from './object-lock.ts';
import { isOwn, placesIn } from './own-place.ts';
import type { RulesByType } from './resource-rules.ts';

const openedToAll = 'a policy or an ACL may now open it to everybody';
const publicAccess = stays(true, 'PublicAccessOpened', openedToAll, false);

const KMS = ['aws:kms', 'aws:kms:dsse'];

const rulesOfEncryption = (value: unknown): readonly unknown[] => listOf(at(value, 'ServerSideEncryptionConfiguration'));

/** Ways to encrypt that a bucket refuses. */
const refused = (value: unknown): readonly unknown[] => listOf(at(value, 'EncryptionType')).filter((type) => type !== 'NONE');

const encryptionRule = inside({
  BucketKeyEnabled: harmless, // how often KMS is asked, and not what it protects
  BlockedEncryptionTypes: literally((before, after, path) =>
    refused(before).some((type) => !refused(after).includes(type))
      ? [danger('OwnershipRelaxed', `'${path}' refuses less: objects may be written under a key that only their writer holds`)]
      : [],
  ),
  ServerSideEncryptionByDefault: inside({
    SSEAlgorithm: staysIn(KMS, 'EncryptionRemoved', 'who may read the bucket needs no key'),
    KMSMasterKeyID: encryptionKey,
  }),
});

const encryption: Judge = (before, after, path, whole) => {
  const [old, now] = [rulesOfEncryption(before), rulesOfEncryption(after)];
  const isRead = [before, after].every((value) => value === undefined || isObject(value));
  return !isRead || old.length > 1 || now.length > 1
    ? unknownEffect(before, after, path, whole)
    : encryptionRule(old[0] ?? {}, now[0] ?? {}, path, whole);
};

const noCopy = 'what comes from now on has no copy';
const replication: Judge = kept('ReplicationRemoved', noCopy, unknownEffect, (before, after, path, whole) => {
  const enabled = (value: unknown) => listOf(at(value, 'Rules')).filter((rule) => at(rule, 'Status') === 'Enabled').length;
  return enabled(after) < enabled(before)
    ? [danger('ReplicationRemoved', `'${path}' has fewer rules that are enabled: what they matched has no copy from now on`)]
    : unknownEffect(before, after, path, whole);
});

const notifications: Judge = (before, after, path, whole) => {
  const isOn = (value: unknown) => booleanOf(at(value, 'EventBridgeConfiguration', 'EventBridgeEnabled')) === true;
  if (isOn(before) && !isOn(after))
    return [danger('ProcessStopped', `'${path}' no longer tells EventBridge: what waits for objects hears nothing`)];
  const isOnlyHeard =
    before === undefined && isObject(after) && Object.keys(after).every((key) => key === 'EventBridgeConfiguration');
  return isOnlyHeard ? [] : unknownEffect(before, after, path, whole);
};

/** What is written elsewhere, or told elsewhere: to end it is harmless, and where it goes anew is for a person to look up. */
const writesElsewhere: Judge = (before, after, path, whole) =>
  after === undefined ? [] : unknownEffect(before, after, path, whole);

const ELSEWHERE = ['ReplicationConfiguration', 'NotificationConfiguration', 'InventoryConfigurations', 'AnalyticsConfigurations'];
const DESTINATIONS = ['Bucket', 'BucketArn', 'Function', 'Queue', 'Topic'];

/** A configuration that only a deployment knows may name any place. */
const isStrange = (configuration: unknown, resources: ReadonlyMap<string, Resource>): boolean =>
  alternativesOf(configuration).some(({ value }) => value !== undefined && !isObject(value)) ||
  placesIn(configuration, DESTINATIONS).some((destination) => !isOwn(destination, resources));

const strangeDestinations = (properties: Properties, resources: ReadonlyMap<string, Resource>): readonly Danger[] =>
  ELSEWHERE.filter((name) => isStrange(properties[name], resources)).map((name) =>
    danger('UnknownEffect', `'${name}' of a new bucket names a place that may be anybody's; look it up before you merge`),
  );

const isOwnersAlone = (value: unknown): boolean =>
  listOf(at(value, 'Rules')).some((rule) => at(rule, 'ObjectOwnership') === 'BucketOwnerEnforced');

const ownership: Judge = literally((before, after, path) =>
  isOwnersAlone(before) && !isOwnersAlone(after)
    ? [
        danger(
          'OwnershipRelaxed',
          `'${path}' is no longer BucketOwnerEnforced: ACLs count again, and writers own what they write`,
        ),
      ]
    : [],
);

/**
 * A new bucket has no ACLs unless its template says otherwise.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
function ownedByOthers({ AccessControl: acl, OwnershipControls: controls }: Properties): readonly Danger[] {
  const lacking = alternativesOf(controls).some(({ value }) => value !== undefined && !isOwnersAlone(value));
  const opened = alternativesOf(acl).find(({ value }) => value !== undefined && value !== 'Private')?.value;
  return [
    ...(lacking
      ? [
          danger(
            'OwnershipRelaxed',
            "'OwnershipControls' of a new bucket is not BucketOwnerEnforced: ACLs count, and writers own what they write",
          ),
        ]
      : []),
    ...(opened === undefined
      ? []
      : [
          danger(
            'OwnershipRelaxed',
            `'AccessControl' of a new bucket is ${JSON.stringify(opened)}: an ACL lets in others than its owner`,
          ),
        ]),
  ];
}

const PUBLIC_ACCESS = inside({
  BlockPublicAcls: publicAccess,
  BlockPublicPolicy: publicAccess,
  IgnorePublicAcls: publicAccess,
  RestrictPublicBuckets: publicAccess,
});
const closed = guarded(
  { PublicAccessBlockConfiguration: PUBLIC_ACCESS },
  {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  },
);

export const BUCKET_RULES: RulesByType = {
  'AWS::S3::Bucket': {
    holds: 'objects',
    addition: (properties, resources) => [
      ...closed(properties),
      ...ownedByOthers(properties),
      ...strangeDestinations(properties, resources),
    ],
    properties: {
      BucketName: renamed,
      BucketNamePrefix: renamed,
      BucketNamespace: createOnly,
      ObjectLockEnabled: createOnly,
      ObjectLockConfiguration: objectLock,
      VersioningConfiguration: inside({
        Status: staysIn(['Enabled'], 'VersioningSuspended', 'what is deleted or written over from now on is lost'),
      }),
      LifecycleConfiguration: lifecycle,
      ReplicationConfiguration: replication,
      PublicAccessBlockConfiguration: PUBLIC_ACCESS,
      BucketEncryption: encryption,
      OwnershipControls: ownership,
      LoggingConfiguration: kept('AccessLogsOff', 'who reads and deletes leaves no trace', {
        harmless: 'S3 writes access logs to a bucket of the same account only',
      }),
      NotificationConfiguration: notifications,
      AccelerateConfiguration: harmless,
      AnalyticsConfigurations: writesElsewhere,
      InventoryConfigurations: writesElsewhere,
      MetricsConfigurations: harmless,
      Tags: harmless,
    },
  },
  'AWS::S3::BucketPolicy': {
    addition: { harmless: 'whom it lets in is told as permissions' },
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Bucket: createOnly, PolicyDocument: toldAsPermission },
  },
};
