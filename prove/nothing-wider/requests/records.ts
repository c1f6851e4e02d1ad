import { PLACE } from '../statements/place.ts';
import { arnOf, declared, keyArnOf, ofType, onBehalfOf, sessionOf, textAt, type Declare } from './declared.ts';

/**
 * S3 writes the access log of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
const accessLogs: Declare = (standing) =>
  declared(
    "S3 writes a bucket's access log",
    ofType(standing, 'AWS::S3::Bucket').flatMap((bucket) => {
      const destination = textAt(bucket, 'LoggingConfiguration', 'DestinationBucketName');
      if (destination === undefined) return [];
      const key = `${textAt(bucket, 'LoggingConfiguration', 'LogFilePrefix') ?? ''}2026-01-01-00-00-00-0123456789ABCDEF`;
      return [
        {
          principal: { service: 'logging.s3.amazonaws.com' },
          action: 's3:PutObject',
          resource: `arn:aws:s3:::${destination}/${key}`,
          context: onBehalfOf(arnOf(bucket)),
        },
      ];
    }),
  );

/**
 * CloudTrail looks for its bucket, and writes encrypted records there.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
const trail: Declare = (standing) =>
  ofType(standing, 'AWS::CloudTrail::Trail').flatMap((resource) => {
    const bucket = `arn:aws:s3:::${textAt(resource, 'S3BucketName') ?? ''}`;
    const key = keyArnOf(standing, textAt(resource, 'KMSKeyId') ?? '');
    const asked = { principal: { service: 'cloudtrail.amazonaws.com' }, context: onBehalfOf(arnOf(resource)) };
    const acl = { ...asked.context, 's3:x-amz-acl': 'bucket-owner-full-control' };
    return declared('CloudTrail writes its records', [
      { ...asked, action: 's3:GetBucketAcl', resource: bucket },
      {
        ...asked,
        action: 's3:PutObject',
        resource: `${bucket}/AWSLogs/${PLACE.account}/CloudTrail/records.json.gz`,
        context: acl,
      },
      { ...asked, action: 'kms:DescribeKey', resource: key },
      { ...asked, action: 'kms:GenerateDataKey', resource: key },
    ]);
  });

/** An auditor asks whether the trail runs, and what it records. */
const seenByAuditors: Declare = (standing) =>
  declared(
    'an auditor looks at the trail',
    ofType(standing, 'AWS::CloudTrail::Trail').flatMap((resource) =>
      ofType(standing, 'AWS::IAM::Role')
        .filter((role) => textAt(role, 'Path') === `/headwaters/${standing.environment}/auditor/`)
        .flatMap((role) =>
          ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus'].map((action) => ({
            principal: sessionOf(arnOf(role)),
            action,
            resource: arnOf(resource),
          })),
        ),
    ),
  );

export const records: Declare = (standing) => [...accessLogs(standing), ...trail(standing), ...seenByAuditors(standing)];
