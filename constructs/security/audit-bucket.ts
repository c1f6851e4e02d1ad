import { RemovalPolicy, Stack, type Duration } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { rolePath } from '../../core/naming.ts';
import { HARDENED, keepPolicyWith, leftoversRule } from '../storage/hardened-bucket.ts';
import { OBJECT_ACTIONS } from '../storage/object-actions.ts';
import { administration } from '../storage/zone-key.ts';
import { viaService } from './statements.ts';

export interface AuditBucketProps {
  readonly environment: string;
  /** ARN of the one trail that writes here. */
  readonly trailArn: string;
  readonly lock: s3.ObjectLockRetention;
  readonly retention: Duration;
  readonly accessLogs: s3.IBucket;
  readonly removalPolicy: RemovalPolicy;
}

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/** Where a trail's records lie: written by the trail alone, read by auditors alone, and locked. Stateful. */
export class AuditBucket extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly key: kms.Key;
  /** What the trail's records lie under. */
  public readonly prefix: string;

  constructor(scope: Construct, id: string, props: AuditBucketProps) {
    super(scope, id);
    this.prefix = `AWSLogs/${Stack.of(this).account}/`;
    // the trail writes before a first deployment is through, and what is locked cannot be rolled back
    const removalPolicy = props.removalPolicy === RemovalPolicy.DESTROY ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.key = new kms.Key(this, 'Key', {
      description: 'Audit',
      enableKeyRotation: true,
      policy: this.keyPolicy(props),
      removalPolicy,
    });
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: false, // with a bucket key CloudTrail would have to decrypt as well
      ...HARDENED,
      objectLockDefaultRetention: props.lock,
      lifecycleRules: [leftoversRule(), { id: 'records', expiration: props.retention }],
      removalPolicy,
    });
    keepPolicyWith(this.bucket, removalPolicy);
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    resource.loggingConfiguration = { destinationBucketName: props.accessLogs.bucketName, logFilePrefix: 'audit/' };
    for (const statement of this.bucketPolicy(props)) this.bucket.addToResourcePolicy(statement);
  }

  /** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
  private keyPolicy({ environment, trailArn }: AuditBucketProps): iam.PolicyDocument {
    return new iam.PolicyDocument({
      statements: [
        administration(),
        new iam.PolicyStatement({
          sid: 'EncryptRecords',
          principals: [new iam.ServicePrincipal(CLOUDTRAIL)],
          actions: ['kms:DescribeKey', 'kms:GenerateDataKey'],
          resources: ['*'],
          conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
        }),
        new iam.PolicyStatement({
          sid: 'DecryptByAuditors',
          principals: [new iam.AccountRootPrincipal()],
          actions: ['kms:Decrypt'],
          resources: ['*'],
          conditions: {
            ArnLike: { 'aws:PrincipalArn': this.auditors(environment) },
            StringEquals: { 'kms:ViaService': viaService(this, 's3') },
          },
        }),
      ],
      minimize: false,
    });
  }

  /**
   * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
   */
  private bucketPolicy({ environment, trailArn }: AuditBucketProps): iam.PolicyStatement[] {
    const trail = new iam.ServicePrincipal(CLOUDTRAIL);
    const deny = (sid: string, actions: readonly string[], conditions: iam.Conditions = {}): iam.PolicyStatement =>
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: [...actions],
        resources: [this.bucket.arnForObjects('*')],
        conditions,
      });
    return [
      new iam.PolicyStatement({
        sid: 'FindBucketByTrail',
        principals: [trail],
        actions: ['s3:GetBucketAcl'],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
      }),
      new iam.PolicyStatement({
        sid: 'WriteByTrail',
        principals: [trail],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${this.prefix}*`)],
        conditions: { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
      deny('WrittenByServicesAlone', OBJECT_ACTIONS.write, { Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
      deny('ReadByAuditorsAlone', OBJECT_ACTIONS.read, { ArnNotLike: { 'aws:PrincipalArn': this.auditors(environment) } }),
      // a deletion that a lock lets through would still hide the record from whoever reads: expiry alone takes it away, and asks no policy
      deny('LockedForEverybody', [...OBJECT_ACTIONS.unlock, ...OBJECT_ACTIONS.remove]),
    ];
  }

  private auditors(environment: string): string {
    const { account, partition } = Stack.of(this);
    return `arn:${partition}:iam::${account}:role${rolePath(environment, 'auditor')}*`;
  }
}
