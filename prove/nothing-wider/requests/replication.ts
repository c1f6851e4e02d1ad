import type { Request } from '../statements/account.ts';
import {
  arnOf,
  asText,
  declared,
  keyArnOf,
  keyOfBucket,
  listAt,
  member,
  ofType,
  onBehalfOf,
  sessionOf,
  textAt,
  throughS3,
  type Declare,
  type Standing,
} from './declared.ts';
import type { StandingResource } from '../statements/read-resources.ts';

const SOURCE = ['s3:GetReplicationConfiguration', 's3:ListBucket'];
const VERSION = ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'];
const COPY = ['s3:ReplicateObject', 's3:ReplicateTags'];

/**
 * S3 copies new objects to another region, as the role of the source bucket's rules.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export const replication: Declare = (standing) =>
  declared(
    'S3 copies objects to another region',
    ofType(standing, 'AWS::S3::Bucket').flatMap((bucket) => {
      const role = textAt(bucket, 'ReplicationConfiguration', 'Role');
      if (role === undefined) return [];
      const trust = { principal: { service: 's3.amazonaws.com' }, action: 'sts:AssumeRole', resource: role };
      const rules = listAt(bucket, 'ReplicationConfiguration', 'Rules');
      return [
        { ...trust, context: onBehalfOf(arnOf(bucket)) },
        ...rules.flatMap((rule) => copying(standing, bucket, role, rule)),
      ];
    }),
  );

function copying(standing: Standing, bucket: StandingResource, role: string, rule: unknown): readonly Request[] {
  const principal = sessionOf(role);
  const [source, target] = [arnOf(bucket), String(member(rule, 'Destination', 'Bucket'))];
  const key = `${asText(member(rule, 'Filter', 'Prefix') ?? member(rule, 'Prefix'))}object`;
  const copies = ofType(standing, 'AWS::S3::Bucket').find((candidate) => arnOf(candidate) === target);
  const [from, to] = [keyOfBucket(standing, source), keyOfBucket(standing, target)];
  const asked = (actions: readonly string[], resource: string): Request[] =>
    actions.map((action) => ({ principal, action, resource }));
  return [
    ...asked(SOURCE, source),
    ...asked(VERSION, `${source}/${key}`),
    ...asked(COPY, `${target}/${key}`),
    ...(from === undefined
      ? []
      : [{ principal, action: 'kms:Decrypt', resource: from, context: throughS3(bucket.region, source) }]),
    ...(to === undefined
      ? []
      : ['kms:Encrypt', 'kms:GenerateDataKey'].map((action) => ({
          principal,
          action,
          resource: to,
          context: { ...throughS3(copies?.region ?? '', target), 'kms:ResourceAliases': aliasesOf(standing, to) },
        }))),
  ];
}

const aliasesOf = (standing: Standing, keyArn: string): readonly string[] =>
  ofType(standing, 'AWS::KMS::Alias')
    .filter((alias) => keyArnOf(standing, textAt(alias, 'TargetKeyId') ?? '') === keyArn)
    .map((alias) => textAt(alias, 'AliasName') ?? '');
