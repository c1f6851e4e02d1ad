import { Stack, type Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InvalidProps } from '../invalid-props.ts';
import { takeName } from '../lake-neighbours.ts';
import { takeEnvironment } from '../take-environment.ts';
import { refusePartDays } from '../whole-days.ts';
import { ActorRole } from './actor-role.ts';
import { AuditBucket } from './audit-bucket.ts';
import { allow, viaService } from './statements.ts';

/** What `AuditTrail` needs. */
export interface AuditTrailProps {
  /**
   * Environment's name: a segment of role paths and of the trail's name.
   *
   * @throws {@link InvalidProps} `BadEnvironment`, and `TrailTwice` where the app has one in this environment already
   */
  readonly environment: string;
  /**
   * Buckets of whose objects each reading, writing and deletion is recorded, for USD 0.10 per 100,000. A query of Athena reads an object in
   * several requests.
   *
   * @throws {@link InvalidProps} `NothingWatched`
   * @see https://aws.amazon.com/cloudtrail/pricing/
   */
  readonly buckets: readonly s3.IBucket[];
  /**
   * Buckets of another region that hold copies: the trail then hears of every region, and records the same of them.
   *
   * @default - none
   */
  readonly copies?: readonly s3.IBucket[];
  /**
   * Whether calls that manage resources are recorded too, reading ones included, of all regions of the account. An account has them once for
   * nothing; each further trail pays USD 2.00 per 100,000.
   *
   * @default true
   */
  readonly managementEvents?: boolean;
  /**
   * How long no record can be deleted: in governance mode by nobody unless the bucket's policy is changed first, in compliance mode by nobody
   * at all, the account's root included. A change holds for records to come.
   *
   * @throws {@link InvalidProps} `LockOutlivesRetention`
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   */
  readonly lock: s3.ObjectLockRetention;
  /**
   * Age at which records expire; whole days, at least those of the lock.
   *
   * @throws {@link InvalidProps} `NotWholeDays`, `LockOutlivesRetention`
   */
  readonly retention: Duration;
  /** Takes the access logs of the records' own bucket. */
  readonly accessLogs: s3.IBucket;
  /**
   * Who may become the auditor: a role that exists already, a federated identity, the account under conditions.
   *
   * @default - anybody of the account whom IAM lets
   */
  readonly auditorAssumedBy?: iam.IPrincipal;
  /** What a deletion of the stack does to the records and their key. */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { managementEvents: true } as const;

/**
 * Who touched which object, and who changed what: a trail whose records nobody can change, in a bucket with a lock and a key of its own. It
 * records names and keys of objects, and never what is in them. Stateful.
 */
export class AuditTrail extends Construct {
  /** Records from the day on which it is made. */
  public readonly trail: cloudtrail.CfnTrail;
  /** Where the records lie. */
  public readonly bucket: s3.IBucket;
  /** Reads the records and nothing else. */
  public readonly auditor: iam.IRole;

  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    this.refuse(props);
    const { environment } = props;
    const { account, partition, region } = Stack.of(this);
    const trailName = `headwaters-${environment}-audit`; // its bucket's policy must name it before it is made
    takeName(this, environment, trailName, 'TrailTwice', "'AuditTrail'");
    const trailArn = `arn:${partition}:cloudtrail:${region}:${account}:trail/${trailName}`;
    const records = new AuditBucket(this, 'Records', { ...props, trailArn });
    this.bucket = records.bucket;
    const managementEvents = props.managementEvents ?? DEFAULTS.managementEvents;
    const copies = props.copies ?? [];
    this.trail = new cloudtrail.CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      s3BucketName: records.bucket.bucketName,
      kmsKeyId: records.key.keyArn,
      enableLogFileValidation: true,
      isMultiRegionTrail: managementEvents || copies.length > 0, // who may do what is managed in one region for all
      includeGlobalServiceEvents: managementEvents,
      advancedEventSelectors: [
        this.objectEvents('Objects of the lake', [...props.buckets, ...copies]),
        this.objectEvents('Readings of the records', [records.bucket], { field: 'readOnly', equalTo: ['true'] }),
        ...(managementEvents
          ? [{ name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] }]
          : []),
      ],
    });
    if (records.bucket.policy !== undefined) this.trail.node.addDependency(records.bucket.policy); // CloudTrail tries to write when it is made
    this.auditor = new ActorRole(this, 'Auditor', {
      environment,
      actor: 'auditor',
      assumedBy: props.auditorAssumedBy ?? new iam.AccountRootPrincipal(),
      description: `Reads who did what in ${environment}`,
      statements: [
        allow('FindRecords', ['s3:ListBucket'], [records.bucket.bucketArn], {
          StringLike: { 's3:prefix': `${records.prefix}*` },
        }),
        allow('ReadRecords', ['s3:GetObject'], [records.bucket.arnForObjects(`${records.prefix}*`)]),
        allow('DecryptRecords', ['kms:Decrypt'], [records.key.keyArn], {
          StringEquals: { 'kms:ViaService': viaService(this, 's3') },
        }),
        allow('SeeTrail', ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus'], [trailArn]),
      ],
    }).role;
  }

  private objectEvents(
    name: string,
    buckets: readonly s3.IBucket[],
    ...further: readonly cloudtrail.CfnTrail.AdvancedFieldSelectorProperty[]
  ): cloudtrail.CfnTrail.AdvancedEventSelectorProperty {
    return {
      name,
      fieldSelectors: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
        { field: 'resources.ARN', startsWith: buckets.map((bucket) => bucket.arnForObjects('')) },
        ...further,
      ],
    };
  }

  private refuse({ buckets, lock, retention }: AuditTrailProps): void {
    if (buckets.length === 0)
      throw new InvalidProps('NothingWatched', this, "'buckets' must hold a bucket to watch, got none; add one");
    refusePartDays(this, 'retention', retention);
    if (lock.duration.isUnresolved() || retention.isUnresolved()) return;
    const [locked, kept] = [lock.duration, retention].map((duration) => duration.toDays({ integral: false }));
    if (locked !== undefined && kept !== undefined && locked > kept)
      throw new InvalidProps(
        'LockOutlivesRetention',
        this,
        `'retention' must be at least the ${locked} days of 'lock', got ${kept}; keep records longer, or lock them for less`,
      );
  }
}
