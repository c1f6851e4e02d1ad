import { BUCKET_READERS } from '../s3/index.ts';
import { xmlAnswer, type S3Operation } from './s3-call.ts';
import { PUT_NOTIFICATIONS } from './s3-notification.ts';

/** The parameter by which each part of a configuration is asked for. */
const PARAMETERS: Readonly<Record<string, string>> = {
  GetBucketLocation: 'location',
  GetBucketVersioning: 'versioning',
  GetBucketEncryption: 'encryption',
  GetBucketLifecycleConfiguration: 'lifecycle',
  GetBucketTagging: 'tagging',
  GetBucketLogging: 'logging',
  GetBucketNotificationConfiguration: 'notification',
  GetObjectLockConfiguration: 'object-lock',
  GetPublicAccessBlock: 'publicAccessBlock',
  GetBucketOwnershipControls: 'ownershipControls',
};

const readers = Object.entries(BUCKET_READERS).map(([operation, { action, read }]): [string, S3Operation] => [
  operation,
  {
    parameters: [PARAMETERS[operation] ?? ''],
    headers: [],
    answer: ({ s3, caller, bucket }) => {
      const { root, content, headers } = read(s3.bucketFor(caller, action, bucket));
      return xmlAnswer(root, content, headers);
    },
  },
]);

/** What buckets are, as their templates made them. Nothing of it can be changed, that is CloudFormation's, but whom they notify. */
export const BUCKET_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  HeadBucket: {
    parameters: [],
    headers: [],
    answer: ({ s3, caller, bucket }) => {
      const { arn, region } = s3.bucketFor(caller, 's3:ListBucket', bucket).settings;
      return {
        status: 200,
        headers: {
          'content-type': 'application/xml',
          'x-amz-access-point-alias': 'false',
          'x-amz-bucket-arn': arn,
          'x-amz-bucket-region': region,
        },
      };
    },
  },
  GetBucketPolicy: {
    parameters: ['policy'],
    headers: [],
    answer: ({ s3, caller, bucket }) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(s3.bucketPolicy(caller, bucket)),
    }),
  },
  ...Object.fromEntries(readers),
  ...PUT_NOTIFICATIONS,
};
