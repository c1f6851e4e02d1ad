import { Stack } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { LakeZone } from '../storage/lake.ts';

/** An Allow with literal actions. */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });
}

/** The suffix of the names of services in most partitions, their principals' in all. */
const SUFFIX = 'amazonaws.com';

/**
 * The name under which a service calls KMS for somebody: `s3.eu-west-1.amazonaws.com`. Where a partition has hosts of its own, KMS documents
 * neither that it follows them nor that it does not, so both names are admitted: nobody but the service has either.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const viaService = (
  scope: IConstruct,
  service: string,
  { region }: Pick<Stack, 'region'> = Stack.of(scope),
): string | string[] => {
  const { domainSuffix = SUFFIX } = RegionInfo.get(region);
  const names = [...new Set([SUFFIX, domainSuffix])].map((suffix) => `${service}.${region}.${suffix}`);
  const [name = '', ...others] = names;
  return others.length === 0 ? name : names;
};

/** Use of a zone's key for objects of its bucket, and for nothing else: bucket keys carry the bucket as encryption context. */
export function allowZoneKey(
  scope: IConstruct,
  sid: string,
  zone: LakeZone,
  actions: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[],
): iam.PolicyStatement {
  return allow(sid, actions, [zone.key.keyArn], {
    StringEquals: { 'kms:ViaService': viaService(scope, 's3'), 'kms:EncryptionContext:aws:s3:arn': zone.bucket.bucketArn },
  });
}

/**
 * Use of a topic's key for what is published to it, and for nothing else: SNS encrypts with the topic as encryption context.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic.html
 */
export function allowTopicKey(scope: IConstruct, sid: string, topic: sns.ITopic, key: kms.IKey): iam.PolicyStatement {
  return allow(sid, ['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], {
    StringEquals: { 'kms:ViaService': viaService(scope, 'sns'), 'kms:EncryptionContext:aws:sns:topicArn': topic.topicArn },
  });
}
