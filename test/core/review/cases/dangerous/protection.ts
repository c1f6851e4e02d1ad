import type { DangerousCase } from '../case.ts';
import { BUCKET, clean, DESTINATION, drop, KEY, lifecycleOf, POLICY, raw, STREAM, WORK_GROUP } from '../finders.ts';
import { aReplicatedBucket, aTable, fromStream, kept, REPLICATED, TABLE } from '../givens.ts';
import { part, type Found } from '../platform-copy.ts';

/** A guard of what is stored or carried is taken off. */
export const PROTECTION: readonly DangerousCase[] = [
  {
    name: 'a delivery keeps no originals',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION).S3BackupMode = 'Disabled';
    },
    dangers: ['BackupOff'],
  },
  {
    name: 'a delivery no longer converts',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'DataFormatConversionConfiguration').Enabled = false;
    },
    dangers: ['ConversionOff'],
  },
  {
    name: 'a delivery no longer transforms, masks and refuses',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'ProcessingConfiguration').Enabled = false;
    },
    dangers: ['TransformOff'],
  },
  {
    name: 'versions are suspended',
    edit: (platform) => {
      part(platform.the(BUCKET).properties, 'VersioningConfiguration').Status = 'Suspended';
    },
    dangers: ['VersioningSuspended'],
  },
  {
    name: 'a bucket is replicated no longer',
    given: aReplicatedBucket,
    edit: (platform) => {
      drop(platform.the(BUCKET, ({ id }) => id === REPLICATED).properties, 'ReplicationConfiguration');
    },
    dangers: ['ReplicationRemoved'],
  },
  {
    name: 'objects are locked no longer',
    given: aReplicatedBucket,
    edit: (platform) => {
      drop(platform.the(BUCKET, ({ id }) => id === REPLICATED).properties, 'ObjectLockConfiguration');
    },
    dangers: ['ObjectLockRemoved'],
  },
  {
    name: 'a bucket may be opened to the public',
    edit: (platform) => {
      part(platform.the(BUCKET).properties, 'PublicAccessBlockConfiguration').BlockPublicPolicy = false;
    },
    dangers: ['PublicAccessOpened'],
  },
  {
    name: 'a bucket is under no key',
    edit: (platform) => {
      const [rule] = part(clean(platform).properties, 'BucketEncryption').ServerSideEncryptionConfiguration as unknown[];
      part(rule).ServerSideEncryptionByDefault = { SSEAlgorithm: 'AES256' };
    },
    dangers: ['EncryptionRemoved'],
  },
  {
    name: 'a stream is under no key',
    edit: (platform) => {
      drop(platform.the(STREAM).properties, 'StreamEncryption');
    },
    dangers: ['EncryptionRemoved'],
  },
  {
    name: 'a key rotates no longer',
    edit: (platform) => {
      platform.the(KEY).properties.EnableKeyRotation = false;
    },
    dangers: ['KeyRotationOff'],
  },
  {
    name: 'a bucket would be deleted with its stack',
    edit: (platform) => {
      platform.the(BUCKET).resource.DeletionPolicy = 'Delete';
    },
    dangers: ['DeletionPolicyWeakened'],
  },
  {
    name: 'a stream would be deleted when it is replaced',
    edit: (platform) => {
      drop(platform.the(STREAM).resource as unknown as Record<string, unknown>, 'UpdateReplacePolicy');
    },
    dangers: ['UpdateReplacePolicyWeakened'],
  },
  {
    name: 'one call may delete a stack',
    edit: (platform) => {
      platform.unprotect(platform.foundation);
    },
    dangers: ['TerminationProtectionOff'],
  },
  {
    name: 'a workgroup lets its clients choose',
    edit: (platform) => {
      part(platform.the(WORK_GROUP).properties, 'WorkGroupConfiguration').EnforceWorkGroupConfiguration = false;
    },
    dangers: ['WorkGroupUnenforced'],
  },
  {
    name: 'a query may scan without limit',
    edit: (platform) => {
      const isBounded = ({ properties }: Found) => 'BytesScannedCutoffPerQuery' in part(properties, 'WorkGroupConfiguration');
      drop(part(platform.the(WORK_GROUP, isBounded).properties, 'WorkGroupConfiguration'), 'BytesScannedCutoffPerQuery');
    },
    dangers: ['ScanCutoffRaised'],
  },
  {
    name: 'a table is no longer recovered to a point in time',
    given: aTable,
    edit: (platform) => {
      drop(platform.the('AWS::DynamoDB::Table', ({ id }) => id === TABLE).properties, 'PointInTimeRecoverySpecification');
    },
    dangers: ['PointInTimeRecoveryOff'],
  },
  {
    name: "a delivery does not wait for its role's policy",
    edit: (platform) => {
      const { resource } = fromStream(platform);
      const policies = platform.all(POLICY).map(({ id }) => id);
      resource.DependsOn = [resource.DependsOn ?? []].flat().filter((id) => !policies.includes(id));
    },
    dangers: ['PolicyDependencyDropped'],
  },
  {
    name: 'objects of every bucket expire a day later',
    edit: (platform) => {
      for (const rule of platform.all(BUCKET).flatMap(lifecycleOf))
        if (typeof rule.ExpirationInDays === 'number') rule.ExpirationInDays += 1;
    },
    dangers: ['ExpirationLengthened'],
  },
  {
    name: 'objects of a prefix expire no longer',
    edit: (platform) => {
      const rules = lifecycleOf(platform.the(BUCKET));
      rules.splice(
        rules.findIndex(({ Prefix }) => Prefix !== undefined),
        1,
      );
    },
    dangers: ['ExpirationRemoved'],
  },
  {
    name: 'originals are kept for ten years',
    edit: (platform) => {
      for (const rule of lifecycleOf(raw(platform)))
        if (rule.ExpirationInDays !== undefined && rule.Prefix !== '_errors/') rule.ExpirationInDays = 3650;
    },
    dangers: ['ExpirationLengthened'],
  },
  {
    name: 'originals are kept for good',
    edit: (platform) => {
      raw(platform).properties.LifecycleConfiguration = { Rules: [] };
    },
    dangers: ['ExpirationRemoved'],
  },
  {
    name: 'a new bucket is open to the public',
    edit: (platform) => {
      const open = { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false };
      platform.add(platform.foundation, 'New', kept(BUCKET, { PublicAccessBlockConfiguration: open }));
    },
    dangers: ['PublicAccessOpened'],
  },
  {
    name: 'a new bucket has an ACL for a service of AWS',
    edit: (platform) => {
      const { PublicAccessBlockConfiguration } = platform.the(BUCKET).properties;
      platform.add(platform.foundation, 'New', kept(BUCKET, { PublicAccessBlockConfiguration, AccessControl: 'AwsExecRead' }));
    },
    dangers: ['OwnershipRelaxed'],
  },
  {
    name: 'who writes to a new bucket owns what they write, in some environments',
    edit: (platform) => {
      const { PublicAccessBlockConfiguration } = platform.the(BUCKET).properties;
      const owned = (ObjectOwnership: string) => ({ Rules: [{ ObjectOwnership }] });
      const OwnershipControls = { 'Fn::If': ['IsProd', owned('BucketOwnerEnforced'), owned('ObjectWriter')] };
      platform.add(platform.foundation, 'New', kept(BUCKET, { PublicAccessBlockConfiguration, OwnershipControls }));
    },
    dangers: ['OwnershipRelaxed'],
  },
  {
    name: 'a new bucket is not kept, as the others are',
    edit: (platform) => {
      const { PublicAccessBlockConfiguration } = platform.the(BUCKET).properties;
      platform.add(platform.foundation, 'New', { Type: BUCKET, Properties: { PublicAccessBlockConfiguration } });
    },
    dangers: ['DeletionPolicyWeakened', 'UpdateReplacePolicyWeakened'],
  },
  {
    name: 'a stream more without a key',
    edit: (platform) => {
      const found = platform.the(STREAM);
      platform.add(found.stack, 'New', kept(STREAM, { ShardCount: 1 }));
    },
    dangers: ['EncryptionRemoved'],
  },
  {
    name: 'a key more that never rotates',
    edit: (platform) => {
      const found = platform.the(KEY);
      platform.add(found.stack, 'New', kept(KEY, { ...found.properties, EnableKeyRotation: false }));
    },
    dangers: ['KeyRotationOff'],
  },
];
