import { Stack, type Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';
import { HARDENED, keepPolicyWith, leftoversRule } from './hardened-bucket.ts';
import { OBJECT_ACTIONS } from './object-actions.ts';

export interface ZoneBucketProps {
  readonly environment: string;
  readonly key: kms.IKey;
  readonly lifecycleRules: readonly s3.LifecycleRule[];
  /** Takes the access logs, under the zone's own prefix. */
  readonly logBucket: s3.IBucket;
  /** Name of the zone, and prefix of its access logs. */
  readonly zone: string;
  /**
   * Keys whose objects only these actors may read, write or change. To delete them, and to manage the bucket, stays with whom IAM admits.
   *
   * @default - the bucket is open to whom IAM admits
   */
  readonly closed?: { readonly keys: string; readonly to: readonly Actor[] };
  /** @default - CloudFormation makes one */
  readonly bucketName?: string;
  /**
   * Days during which no version of an object can be deleted, but by who may bypass governance: of closed keys nobody does, unless the
   * bucket's policy is changed first.
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

/**
 * What is closed to all but the actors of a bucket: everything on an object but its deletion. What must go is deleted by the account's
 * administrators, who see nothing of it; expiry asks no policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
 */
const CLOSED = [...OBJECT_ACTIONS.read, ...OBJECT_ACTIONS.write, ...OBJECT_ACTIONS.unlock];

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
    keepPolicyWith(this.bucket, props.removalPolicy);
    if (props.closed !== undefined) this.close(props.environment, props.closed);
  }

  private close(environment: string, { keys, to }: { readonly keys: string; readonly to: readonly Actor[] }): void {
    const { account, partition } = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ClosedToAllOthers',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: CLOSED,
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
