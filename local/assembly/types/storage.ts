import { addBucketPolicy } from '../../iam/index.ts';
import type { Members } from '../../input.ts';
import { CONFIGURATION_PROPERTIES, inFull, SSE_ALGORITHMS, type NewBucket } from '../../s3/index.ts';
import { ServiceError } from '../../service.ts';
import { stableUuid } from '../physical-name.ts';
import type { Creation, ResourceType } from '../resource-type.ts';

export const bucket: ResourceType = {
  acted: [
    'BucketName',
    'BucketEncryption',
    'LifecycleConfiguration',
    'NotificationConfiguration',
    'ObjectLockConfiguration',
    'ObjectLockEnabled',
    'OwnershipControls',
    'VersioningConfiguration',
  ],
  recorded: ['LoggingConfiguration', 'PublicAccessBlockConfiguration', 'ReplicationConfiguration', 'Tags'],
  create: (properties, creation) => {
    const { accountId, region, s3 } = creation.services;
    const suffix = `-${accountId}-${region}`;
    const name = creation.name(properties.optionalText('BucketName'), { longest: 63, lowerCase: true, suffix });
    const arn = `arn:aws:s3:::${name}`;
    const versioning = properties.optionalObject('VersioningConfiguration')?.only(['Status']).text('Status');
    const encryption = readEncryption(properties, creation);
    createInFull(s3, {
      name,
      arn,
      region,
      accountId,
      versioned: versioning === 'Enabled' || properties.optionalBoolean('ObjectLockEnabled') === true,
      suspended: versioning === 'Suspended',
      lifecycle: properties.raw('LifecycleConfiguration'),
      configuration: Object.fromEntries(
        CONFIGURATION_PROPERTIES.filter((property) => properties.has(property)).map((property) => [
          property,
          properties.raw(property),
        ]),
      ),
      ...encryption,
    });
    return {
      ref: name,
      attributes: { Arn: arn, DomainName: `${name}.s3.amazonaws.com`, RegionalDomainName: `${name}.s3.${region}.amazonaws.com` },
    };
  },
};

/** What S3 refuses a bucket for stands in the error's elements, which a deployment does not tell. */
function createInFull(s3: Creation['services']['s3'], settings: NewBucket): void {
  try {
    s3.createBucket(settings);
  } catch (error) {
    throw error instanceof ServiceError ? new ServiceError(error.code, inFull(error), error.status) : error;
  }
}

export const bucketPolicy: ResourceType = {
  acted: ['Bucket', 'PolicyDocument'],
  recorded: [],
  create: (properties, creation) => {
    const { iam, s3 } = creation.services;
    const name = properties.text('Bucket');
    addBucketPolicy(iam, s3.bucket(name).settings.arn, properties.raw('PolicyDocument'));
    return { ref: name, attributes: {} };
  },
};

export const key: ResourceType = {
  acted: ['Description', 'EnableKeyRotation', 'Enabled', 'KeyPolicy', 'KeySpec', 'KeyUsage', 'RotationPeriodInDays', 'Tags'],
  recorded: ['PendingWindowInDays'],
  create: (properties, creation) => {
    for (const [property, only] of [
      ['KeySpec', 'SYMMETRIC_DEFAULT'],
      ['KeyUsage', 'ENCRYPT_DECRYPT'],
    ] as const) {
      if ((properties.optionalText(property) ?? only) !== only) throw properties.invalid(property, `must be ${only} here`);
    }
    const { accountId, kms } = creation.services;
    const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
    const arn = creation.arn('kms', `key/${id}`);
    const rotated = properties.optionalBoolean('EnableKeyRotation') === true;
    kms.createKey({
      id,
      arn,
      description: properties.optionalText('Description') ?? '',
      enabled: properties.optionalBoolean('Enabled') ?? true,
      policy: properties.raw('KeyPolicy') ?? defaultKeyPolicy(accountId),
      tags: Object.fromEntries(properties.objects('Tags').map((tag) => [tag.text('Key'), tag.text('Value')])),
      ...(rotated && { rotationDays: properties.optionalNumber('RotationPeriodInDays') ?? 365 }),
    });
    creation.shared.keys.set(id, arn).set(arn, arn);
    return { ref: id, attributes: { Arn: arn, KeyId: id } };
  },
};

export const alias: ResourceType = {
  acted: ['AliasName', 'TargetKeyId'],
  recorded: [],
  create: (properties, creation) => {
    const name = properties.text('AliasName');
    const target = properties.text('TargetKeyId');
    creation.services.kms.createAlias(name, target);
    const arn = creation.keyArn(target);
    if (arn !== undefined) creation.shared.keys.set(name, arn).set(creation.arn('kms', name), arn);
    return { ref: name, attributes: {} };
  },
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const defaultKeyPolicy = (accountId: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' }],
});

function readEncryption(
  properties: Members,
  creation: Creation,
): Pick<NewBucket, 'blockedEncryptionTypes' | 'bucketKeyEnabled' | 'kmsKeyArn' | 'sseAlgorithm'> {
  const [rule] =
    properties
      .optionalObject('BucketEncryption')
      ?.only(['ServerSideEncryptionConfiguration'])
      .objects('ServerSideEncryptionConfiguration') ?? [];
  const byDefault = rule
    ?.only(['BlockedEncryptionTypes', 'BucketKeyEnabled', 'ServerSideEncryptionByDefault'])
    .optionalObject('ServerSideEncryptionByDefault')
    ?.only(['KMSMasterKeyID', 'SSEAlgorithm']);
  const algorithm = byDefault?.text('SSEAlgorithm');
  const blocked = rule?.optionalObject('BlockedEncryptionTypes')?.only(['EncryptionType']);
  return {
    blockedEncryptionTypes: blocked?.texts('EncryptionType'),
    sseAlgorithm: SSE_ALGORITHMS.find((known) => known === algorithm),
    kmsKeyArn: creation.keyArn(byDefault?.optionalText('KMSMasterKeyID')),
    bucketKeyEnabled: rule?.optionalBoolean('BucketKeyEnabled') ?? false,
  };
}
