import type { Members } from '../../input.ts';
import { stableUuid } from '../physical-name.ts';
import type { Creation, ResourceType } from '../resource-type.ts';

export const bucket: ResourceType = {
  acted: ['BucketName', 'BucketEncryption', 'LifecycleConfiguration', 'VersioningConfiguration'],
  recorded: [
    'LoggingConfiguration',
    'NotificationConfiguration',
    'ObjectLockConfiguration',
    'ObjectLockEnabled',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'ReplicationConfiguration',
    'Tags',
  ],
  create: (properties, creation) => {
    const { accountId, region, s3 } = creation.services;
    const suffix = `-${accountId}-${region}`;
    const name = creation.name(properties.optionalText('BucketName'), { longest: 63, lowerCase: true, suffix });
    const arn = `arn:aws:s3:::${name}`;
    const versioning = properties.optionalObject('VersioningConfiguration')?.only(['Status']).text('Status');
    const encryption = readEncryption(properties, creation);
    s3.createBucket({
      name,
      arn,
      region,
      versioned: versioning === 'Enabled',
      lifecycle: properties.raw('LifecycleConfiguration'),
      ...encryption,
    });
    return {
      ref: name,
      attributes: { Arn: arn, DomainName: `${name}.s3.amazonaws.com`, RegionalDomainName: `${name}.s3.${region}.amazonaws.com` },
    };
  },
};

export const bucketPolicy: ResourceType = {
  acted: [],
  recorded: ['Bucket', 'PolicyDocument'],
  recordedOnly: 'resource policies are recorded, not evaluated yet; the roles’ own policies decide',
  create: (properties) => ({ ref: properties.text('Bucket'), attributes: {} }),
};

export const key: ResourceType = {
  acted: [],
  recorded: [
    'Description',
    'EnableKeyRotation',
    'Enabled',
    'KeyPolicy',
    'KeySpec',
    'KeyUsage',
    'PendingWindowInDays',
    'RotationPeriodInDays',
    'Tags',
  ],
  create: (_properties, creation) => {
    const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
    const arn = creation.arn('kms', `key/${id}`);
    creation.shared.keys.set(id, arn).set(arn, arn);
    return { ref: id, attributes: { Arn: arn, KeyId: id } };
  },
};

export const alias: ResourceType = {
  acted: ['AliasName', 'TargetKeyId'],
  recorded: [],
  create: (properties, creation) => {
    const name = properties.text('AliasName');
    const target = creation.keyArn(properties.text('TargetKeyId'));
    if (target !== undefined) creation.shared.keys.set(name, target).set(creation.arn('kms', name), target);
    return { ref: name, attributes: {} };
  },
};

function readEncryption(
  properties: Members,
  creation: Creation,
): { readonly kmsKeyArn: string | undefined; readonly bucketKeyEnabled: boolean } {
  const [rule] =
    properties
      .optionalObject('BucketEncryption')
      ?.only(['ServerSideEncryptionConfiguration'])
      .objects('ServerSideEncryptionConfiguration') ?? [];
  const byDefault = rule
    ?.only(['BlockedEncryptionTypes', 'BucketKeyEnabled', 'ServerSideEncryptionByDefault'])
    .optionalObject('ServerSideEncryptionByDefault');
  return {
    kmsKeyArn: creation.keyArn(byDefault?.only(['KMSMasterKeyID', 'SSEAlgorithm']).optionalText('KMSMasterKeyID')),
    bucketKeyEnabled: rule?.optionalBoolean('BucketKeyEnabled') ?? false,
  };
}
