import type { RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { marksPattern } from '../../core/replay/layout.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { LakeZone } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { DeliveryLog } from './delivery-log.ts';

/** What `QuarantineDelivery` needs. */
export interface QuarantineDeliveryProps {
  /**
   * Environment's name: a segment of role paths.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The domain whose rejects it takes: a segment of their keys. */
  readonly domain: string;
  /** Where the rejects lie. */
  readonly quarantine: LakeZone;
  /**
   * How long the delivery's own log is kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Key of the delivery's own log; its policy must admit CloudWatch Logs, as the one of `LakeStorage` does.
   *
   * @default - the service's own key
   */
  readonly logKey?: kms.IKey;
  /** What a deletion of the stack does to the log. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { logRetention: logs.RetentionDays.TWO_WEEKS } as const;

/** What Firehose asks for where it writes. @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 */
const OBJECTS = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'];

/** Dynamic partitioning wants buffers of at least 64 MiB; rejects wait no longer than this. @see https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html */
const BUFFER = { sizeInMBs: 64, intervalInSeconds: 300 } as const;

/** Takes a domain's rejected events and files them by retention class, dataset and reason (docs/adr/0003). */
export class QuarantineDelivery extends Construct {
  /** What the domain's transform functions put rejects in. */
  public readonly stream: firehose.CfnDeliveryStream;

  constructor(scope: Construct, id: string, props: QuarantineDeliveryProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { domain, quarantine } = props;
    const log = new DeliveryLog(
      this,
      'Log',
      {
        retention: props.logRetention ?? DEFAULTS.logRetention,
        encryptionKey: props.logKey,
        removalPolicy: props.removalPolicy,
      },
      ['delivery'],
    );
    const errors = `_errors/${domain}/`;
    const actor = new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'quarantine-delivery',
      assumedBy: serviceOfThisAccount(this, 'firehose.amazonaws.com'),
      description: `Delivers rejected events of ${domain}`,
      statements: [
        // Firehose documents no prefix that it lists, so no condition names one (docs/unverified.md, row 73)
        allow(
          'FindBucket',
          ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
          [quarantine.bucket.bucketArn],
        ),
        allow('WriteRejects', OBJECTS, [
          quarantine.bucket.arnForObjects(`keep*/${domain}/*`),
          quarantine.bucket.arnForObjects(`${errors}*`),
        ]),
        // what a replay has put is marked beside what it was put from; without its mark it would be put again
        new iam.PolicyStatement({
          sid: 'KeepMarks',
          effect: iam.Effect.DENY,
          actions: OBJECTS,
          resources: [quarantine.bucket.arnForObjects(marksPattern(domain))],
        }),
        allowZoneKey(this, 'EncryptRejects', quarantine, ['kms:Decrypt', 'kms:GenerateDataKey']),
        allow('WriteLog', ['logs:PutLogEvents'], log.streamArns),
      ],
    });
    const query = '{retention_class:.retention_class,dataset:.dataset,reason:.reason}';
    this.stream = new firehose.CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        roleArn: actor.role.roleArn,
        bucketArn: quarantine.bucket.bucketArn,
        prefix: `!{partitionKeyFromQuery:retention_class}/${domain}/!{partitionKeyFromQuery:dataset}/reason=!{partitionKeyFromQuery:reason}/dt=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${errors}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: BUFFER,
        compressionFormat: 'GZIP',
        dynamicPartitioningConfiguration: { enabled: true, retryOptions: { durationInSeconds: 300 } },
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: 'MetadataExtraction',
              parameters: [
                { parameterName: 'MetadataExtractionQuery', parameterValue: query },
                { parameterName: 'JsonParsingEngine', parameterValue: 'JQ-1.6' },
              ],
            },
          ],
        },
        cloudWatchLoggingOptions: log.options('delivery'),
      },
    });
    this.stream.node.addDependency(actor.policy);
  }
}
