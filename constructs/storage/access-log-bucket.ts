import { Stack, type Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { HARDENED, keepPolicyWith, leftoversRule } from './hardened-bucket.ts';

export interface AccessLogBucketProps {
  /** Age at which access logs expire. */
  readonly retention: Duration;
  readonly removalPolicy: RemovalPolicy;
}

/** Takes access logs. Log delivery writes with S3's own encryption: such a bucket cannot use a customer's key. Stateful. */
export class AccessLogBucket extends Construct {
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, { retention, removalPolicy }: AccessLogBucketProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Default', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      ...HARDENED,
      removalPolicy,
      lifecycleRules: [leftoversRule(), { id: 'access-logs', expiration: retention }],
    });
    keepPolicyWith(this.bucket, removalPolicy);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DeliverAccessLogs',
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
