import { danger } from '../danger.ts';
import { at, booleanOf, isObject, listOf, numberOf } from '../value.ts';
import {
  createOnly,
  encryptionKey,
  harmless,
  inside,
  type Judge,
  kept,
  renamed,
  stays,
  staysIn,
  toldAsPermission,
  unknownEffect,
} from './judge.ts';
import { lifecycle } from './lifecycle.ts';
import type { RulesByType } from './resource-rules.ts';

const openedToAll = 'a policy or an ACL may now open it to everybody';
const publicAccess = stays(true, 'PublicAccessOpened', openedToAll, false);

const KMS = ['aws:kms', 'aws:kms:dsse'];

const rulesOfEncryption = (value: unknown): readonly unknown[] => listOf(at(value, 'ServerSideEncryptionConfiguration'));

/** Ways to encrypt that a bucket refuses. */
const refused = (value: unknown): readonly unknown[] => listOf(at(value, 'EncryptionType')).filter((type) => type !== 'NONE');

const encryptionRule = inside({
  BucketKeyEnabled: harmless, // how often KMS is asked, and not what it protects
  BlockedEncryptionTypes: (before, after, path) =>
    refused(before).some((type) => !refused(after).includes(type))
      ? [danger('OwnershipRelaxed', `'${path}' refuses less: objects may be written under a key that only their writer holds`)]
      : [],
  ServerSideEncryptionByDefault: inside({
    SSEAlgorithm: (before, after, path) =>
      KMS.includes(String(before)) && !KMS.includes(String(after))
        ? [danger('EncryptionRemoved', `'${path}' is no longer ${String(before)}: who may read the bucket needs no key`)]
        : [],
    KMSMasterKeyID: encryptionKey,
  }),
});

const encryption: Judge = (before, after, path, whole) => {
  const [old, now] = [rulesOfEncryption(before), rulesOfEncryption(after)];
  return old.length > 1 || now.length > 1
    ? unknownEffect(before, after, path, whole)
    : encryptionRule(old[0] ?? {}, now[0] ?? {}, path, whole);
};

/** What a default retention of Object Lock comes to, in days. */
const lockedDays = (value: unknown): number => {
  const retention = at(value, 'Rule', 'DefaultRetention');
  return numberOf(at(retention, 'Days')) ?? (numberOf(at(retention, 'Years')) ?? 0) * 365;
};
const objectLock: Judge = kept('ObjectLockRemoved', 'objects can be deleted before their time', (before, after, path, whole) => {
  if (!isObject(after)) return unknownEffect(before, after, path, whole);
  const mode = (value: unknown) => at(value, 'Rule', 'DefaultRetention', 'Mode');
  const [old, now] = [lockedDays(before), lockedDays(after)];
  return [
    ...(now < old
      ? [danger('ObjectLockShortened', `'${path}' from ${old} to ${now} days: new objects can be deleted earlier`)]
      : []),
    ...(mode(before) === 'COMPLIANCE' && mode(after) !== 'COMPLIANCE'
      ? [danger('ObjectLockRemoved', `'${path}' is no longer COMPLIANCE: whoever has the permission can lift the lock`)]
      : []),
  ];
});

const replication: Judge = kept('ReplicationRemoved', 'what comes from now on has no copy', (before, after, path, whole) => {
  const enabled = (value: unknown) => listOf(at(value, 'Rules')).filter((rule) => at(rule, 'Status') === 'Enabled').length;
  return enabled(after) < enabled(before)
    ? [danger('ReplicationRemoved', `'${path}' has fewer rules that are enabled: what they matched has no copy from now on`)]
    : unknownEffect(before, after, path, whole);
});

const notifications: Judge = (before, after, path, whole) => {
  const isOn = (value: unknown) => booleanOf(at(value, 'EventBridgeConfiguration', 'EventBridgeEnabled')) === true;
  if (isOn(before) && !isOn(after))
    return [danger('ProcessStopped', `'${path}' no longer tells EventBridge: what waits for objects hears nothing`)];
  return before === undefined ? [] : unknownEffect(before, after, path, whole);
};

export const BUCKET_RULES: RulesByType = {
  'AWS::S3::Bucket': {
    holds: 'objects',
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
      PublicAccessBlockConfiguration: inside({
        BlockPublicAcls: publicAccess,
        BlockPublicPolicy: publicAccess,
        IgnorePublicAcls: publicAccess,
        RestrictPublicBuckets: publicAccess,
      }),
      BucketEncryption: encryption,
      OwnershipControls: (before, after, path) => {
        const isEnforced = (value: unknown) =>
          listOf(at(value, 'Rules')).some((rule) => at(rule, 'ObjectOwnership') === 'BucketOwnerEnforced');
        return isEnforced(before) && !isEnforced(after)
          ? [
              danger(
                'OwnershipRelaxed',
                `'${path}' is no longer BucketOwnerEnforced: ACLs count again, and writers own what they write`,
              ),
            ]
          : [];
      },
      LoggingConfiguration: kept('AccessLogsOff', 'who reads and deletes leaves no trace'),
      NotificationConfiguration: notifications,
      AccelerateConfiguration: harmless,
      AnalyticsConfigurations: harmless,
      InventoryConfigurations: harmless,
      MetricsConfigurations: harmless,
      Tags: harmless,
    },
  },
  'AWS::S3::BucketPolicy': {
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Bucket: createOnly, PolicyDocument: toldAsPermission },
  },
};
