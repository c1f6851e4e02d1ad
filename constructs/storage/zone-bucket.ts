import { Stack, type Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';
import { HARDENED, leftoversRule } from './hardened-bucket.ts';

export interface ZoneBucketProps {
  readonly environment: string;
  readonly key: kms.IKey;
  readonly lifecycleRules: readonly s3.LifecycleRule[];
  /** Takes the access logs, under the zone's own prefix. */
  readonly logBucket: s3.IBucket;
  /** Name of the zone, and prefix of its access logs. */
  readonly zone: string;
  /**
   * Keys whose objects only these actors may read or write.
   *
   * @default - the bucket is open to whom IAM admits
   */
  readonly closed?: { readonly keys: string; readonly to: readonly Actor[] };
  /** @default - CloudFormation makes one */
  readonly bucketName?: string;
  /**
   * Days during which no version of an object can be deleted, but by who may bypass governance.
   *
   * @default - none; a bucket that was made without cannot be given one
   */
  readonly lock?: Duration;
  /**
   * Whether S3 tells EventBridge of each object.
   *
   * @default false
   */
  readonly eventBridge?: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/** One zone: an encrypted, versioned, private bucket whose objects live by its rules. Stateful. */
export class ZoneBucket extends Construct {
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: ZoneBucketProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      ...HARDENED,
      removalPolicy: props.removalPolicy,
      lifecycleRules: [leftoversRule(), ...props.lifecycleRules],
      ...(props.bucketName === undefined ? {} : { bucketName: props.bucketName }),
      ...(props.lock === undefined ? {} : { objectLockDefaultRetention: s3.ObjectLockRetention.governance(props.lock) }),
    });
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    resource.loggingConfiguration = { destinationBucketName: props.logBucket.bucketName, logFilePrefix: `${props.zone}/` };
    // the L2's own switch would add a function of its own to tell S3
    if (props.eventBridge === true)
      resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    if (props.closed !== undefined) this.close(props.environment, props.closed);
  }

  private close(environment: string, { keys, to }: { readonly keys: string; readonly to: readonly Actor[] }): void {
    const { account, partition } = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ClosedToAllOthers',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
        resources: [this.bucket.arnForObjects(keys)],
        conditions: {
          ArnNotLike: {
            'aws:PrincipalArn': to.map((actor) => `arn:${partition}:iam::${account}:role${rolePath(environment, actor)}*`),
          },
        },
      }),
    );
  }
}
