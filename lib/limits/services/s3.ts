import { ofType, type ServiceLimits } from '../limit.ts';
import { at, bytes, length } from '../measures.ts';

const SEE = {
  lifecycle: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
  quotas: 'https://docs.aws.amazon.com/general/latest/gr/s3.html',
  policy: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html',
  name: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
} as const;

/** What S3 takes. */
export const s3: ServiceLimits = {
  resources: [
    {
      type: 'AWS::S3::Bucket',
      what: 'lifecycle rules of a bucket',
      most: 1000,
      measure: ({ LifecycleConfiguration }) => at(LifecycleConfiguration, 'Rules').length,
      remedy: 'offer fewer retention classes',
      see: SEE.lifecycle,
    },
    {
      type: 'AWS::S3::BucketPolicy',
      what: 'bytes of a bucket policy',
      most: 20 * 1024,
      measure: ({ PolicyDocument }) => bytes(PolicyDocument),
      remedy: 'admit actors by their path, not by their names',
      see: SEE.policy,
    },
    {
      type: 'AWS::S3::Bucket',
      what: "characters of a bucket's name",
      most: 63,
      measure: ({ BucketName }) => length(BucketName),
      remedy: 'shorten the name of the environment',
      see: SEE.name,
    },
  ],
  quotas: [
    { what: 'buckets', regional: false, byDefault: 10_000, most: 1_000_000, count: ofType('AWS::S3::Bucket'), see: SEE.quotas },
  ],
};
