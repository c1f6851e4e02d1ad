import type { ResourceType } from '../resource-type.ts';

export const trail: ResourceType = {
  acted: ['KMSKeyId', 'TrailName'],
  recorded: [
    'AdvancedEventSelectors',
    'EnableLogFileValidation',
    'EventSelectors',
    'IncludeGlobalServiceEvents',
    'InsightSelectors',
    'IsLogging',
    'IsMultiRegionTrail',
    'S3BucketName',
    'S3KeyPrefix',
    'Tags',
  ],
  recordedOnly: 'calls are not written down here',
  create: (properties, creation) => {
    creation.keyArn(properties.optionalText('KMSKeyId'));
    const name = creation.name(properties.optionalText('TrailName'), { longest: 128 });
    return { ref: name, attributes: { Arn: creation.arn('cloudtrail', `trail/${name}`) } };
  },
};
