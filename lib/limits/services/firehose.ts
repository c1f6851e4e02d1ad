import { ofType, type ServiceLimits } from '../limit.ts';
import { at, largest, length } from '../measures.ts';

const SEE = {
  prefix: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html',
  quotas: 'https://docs.aws.amazon.com/firehose/latest/dev/limits.html',
} as const;

/** What Firehose takes. */
export const firehose: ServiceLimits = {
  resources: [
    {
      type: 'AWS::KinesisFirehose::DeliveryStream',
      what: "characters of a delivery's prefix",
      most: 1024,
      measure: ({ ExtendedS3DestinationConfiguration: destination }) =>
        largest(
          [
            ...at(destination, 'Prefix'),
            ...at(destination, 'ErrorOutputPrefix'),
            ...at(destination, 'S3BackupConfiguration', 'Prefix'),
            ...at(destination, 'S3BackupConfiguration', 'ErrorOutputPrefix'),
          ],
          length,
        ),
      remedy: 'shorten the name of the domain or of the dataset',
      see: SEE.prefix,
    },
  ],
  quotas: [
    {
      what: 'Firehose streams',
      regional: true,
      byDefault: 5000,
      count: ofType('AWS::KinesisFirehose::DeliveryStream'),
      see: SEE.quotas,
    },
  ],
};
