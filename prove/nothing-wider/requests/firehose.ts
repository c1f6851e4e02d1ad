import { RETENTION_CLASSES } from '../../../core/storage/retention-classes.ts';
import type { Request } from '../statements/account.ts';
import type { StandingResource } from '../statements/read-resources.ts';
import { asText, declared, keyOfBucket, member, ofType, sessionOf, throughS3, type Declare, type Standing } from './declared.ts';

const OBJECT_ACTIONS = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'];
const BUCKET_ACTIONS = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];

/**
 * What Firehose asks of a bucket beyond what the local runtime needs there: it writes large objects in parts, looks for uploads that it left
 * behind, reads back what it wrote, and tells each destination's log.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
export const firehose: Declare = (standing) =>
  declared(
    'Firehose writes in parts, cleans up and tells its log',
    ofType(standing, 'AWS::KinesisFirehose::DeliveryStream').flatMap((stream) => {
      const main = member(stream.properties, 'ExtendedS3DestinationConfiguration');
      const backup = member(main, 'S3BackupConfiguration');
      return [main, ...(backup === undefined ? [] : [backup])].flatMap((target) => requestsOf(standing, stream, target));
    }),
  );

function requestsOf(standing: Standing, { region, account }: StandingResource, target: unknown): readonly Request[] {
  const at = (...path: readonly string[]): string => asText(member(target, ...path));
  const principal = sessionOf(at('RoleARN'));
  const bucket = at('BucketARN');
  const keys = [at('Prefix'), at('ErrorOutputPrefix')].map((prefix) => `${bucket}/${keyUnder(prefix)}`);
  const key = keyOfBucket(standing, bucket);
  const log = ['LogGroupName', 'LogStreamName'].map((name) => at('CloudWatchLoggingOptions', name)).join(':log-stream:');
  return [
    ...BUCKET_ACTIONS.map((action) => ({ principal, action, resource: bucket })),
    ...OBJECT_ACTIONS.flatMap((action) => keys.map((resource) => ({ principal, action, resource }))),
    ...(key === undefined
      ? []
      : ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
          principal,
          action,
          resource: key,
          context: throughS3(region, bucket),
        }))),
    { principal, action: 'logs:PutLogEvents', resource: `arn:aws:logs:${region}:${account}:log-group:${log}` },
  ];
}

/** A key that a prefix expression could give. */
const keyUnder = (prefix: string): string =>
  `${prefix.replace('!{partitionKeyFromQuery:retention_class}', RETENTION_CLASSES[0]?.name ?? '').replace(/!\{[^}]*\}/g, 'x')}object`;
