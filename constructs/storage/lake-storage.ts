import { Duration, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { exportName } from '../../core/naming.ts';
import { LONGEST_LOCK_DAYS } from '../../core/storage/retention-classes.ts';
import { exportValue } from '../export-value.ts';
import { InvalidProps } from '../invalid-props.ts';
import type { Copied } from '../operations/replication-alarms.ts';
import { takeEnvironment } from '../take-environment.ts';
import { refusePartDays } from '../whole-days.ts';
import { AccessLogBucket } from './access-log-bucket.ts';
import { lakeKeyStatements, oneKey, ownKeys } from './lake-keys.ts';
import type { Lake, LakeExport, LakeZone } from './lake.ts';
import { cleanRules, quarantineRules, rawRules, tableRules } from './lifecycle-rules.ts';
import { Replication } from './replication.ts';
import { ZoneBucket, type ZoneBucketProps } from './zone-bucket.ts';

/** What `LakeStorage` needs. */
export interface LakeStorageProps {
  /**
   * Environment's name: a segment of role paths and export names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** What a deletion of the stack does to buckets and keys. */
  readonly removalPolicy: RemovalPolicy;
  /**
   * A key of yours for all that the lake encrypts. Its policy must hold what `LakeStorage.keyStatements` gives.
   *
   * @default - a key for each purpose: streams, clean data, what is closed, query results, logs
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Age at which access logs expire; whole days.
   *
   * @default Duration.days(90)
   * @throws {@link InvalidProps} `NotWholeDays`
   */
  readonly accessLogRetention?: Duration;
  /**
   * Age at which query results expire; whole days.
   *
   * @default Duration.days(7)
   * @throws {@link InvalidProps} `NotWholeDays`
   */
  readonly resultRetention?: Duration;
  /**
   * How long nobody can delete an original from `raw` but by bypassing governance, which no role here may: 1 to 14 whole days, so that no
   * original outlives its retention. To be decided before the first deployment: the bucket is replaced otherwise.
   *
   * @default - no lock: versions alone guard against a mistaken deletion
   * @throws {@link InvalidProps} `RawLockOutOfRange`
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
   */
  readonly rawLock?: Duration;
  /**
   * The region that `clean`, `curated` and `mart` are copied to, within 15 minutes: a `ReplicaStorage` stands there already.
   *
   * @default - no copy
   * @throws {@link InvalidProps} `ReplicationRegionIsOwn`
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
   */
  readonly replicationRegion?: string;
  /**
   * Whether S3 tells EventBridge of each object of each zone, for nothing. Without it, a domain has no alarm for what its deliveries could
   * not carry.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
   */
  readonly eventBridge?: boolean;
}

const DEFAULTS = { accessLogRetention: Duration.days(90), resultRetention: Duration.days(7), eventBridge: true } as const;

/** The lake: a bucket for each zone with its key and its rules. It knows no dataset, so that none can change it. Stateful. */
export class LakeStorage extends Construct implements Lake {
  public readonly raw: LakeZone;
  public readonly clean: LakeZone;
  public readonly quarantine: LakeZone;
  /** Iceberg tables, one row for each business key: what `CuratedTable` makes. */
  public readonly curated: LakeZone;
  /** Iceberg tables that consumers read; no construct writes it yet. */
  public readonly mart: LakeZone;
  public readonly results: LakeZone;
  public readonly streamKey: kms.IKey;
  public readonly closedKey: kms.IKey;
  public readonly logKey: kms.IKey;
  public readonly tellsEventBridge: boolean;
  /** Takes the access logs of every bucket here. */
  public readonly accessLogs: s3.IBucket;
  /** The buckets that are copied to another region, with the names of their copies: what alarms watch. */
  public readonly copied: readonly Copied[];

  private readonly environment: string;

  /**
   * What the policy of an `encryptionKey` must hold, beside its administration: a role uses a key only if its own policy and the key's say so.
   *
   * @param scope Gives account and region
   */
  public static keyStatements(scope: IConstruct, environment: string): iam.PolicyStatement[] {
    return lakeKeyStatements(scope, environment);
  }

  constructor(scope: Construct, id: string, props: LakeStorageProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    this.environment = props.environment;
    const { environment, removalPolicy, rawLock, replicationRegion } = props;
    refusePartDays(this, 'accessLogRetention', props.accessLogRetention);
    refusePartDays(this, 'resultRetention', props.resultRetention);
    this.refuseLongLock(rawLock);
    this.refuseOwnRegion(replicationRegion);
    const keys =
      props.encryptionKey === undefined
        ? ownKeys(this, { environment, removalPolicy, isReplicated: replicationRegion !== undefined })
        : oneKey(props.encryptionKey);
    this.streamKey = keys.streamKey;
    this.closedKey = keys.closedKey;
    this.logKey = keys.logKey;

    const { bucket: logBucket } = new AccessLogBucket(this, 'Logs', {
      retention: props.accessLogRetention ?? DEFAULTS.accessLogRetention,
      removalPolicy,
    });
    this.accessLogs = logBucket;
    const eventBridge = props.eventBridge ?? DEFAULTS.eventBridge;
    this.tellsEventBridge = eventBridge;
    const zone = (
      name: string,
      key: kms.IKey,
      rest: Pick<ZoneBucketProps, 'lifecycleRules' | 'closed' | 'eventBridge'> & Partial<Pick<ZoneBucketProps, 'lock'>>,
    ): LakeZone => {
      const { bucket } = new ZoneBucket(this, name, {
        environment,
        removalPolicy,
        logBucket,
        key,
        zone: name.toLowerCase(),
        ...rest,
      });
      return { bucket, key };
    };
    this.raw = zone('Raw', keys.closedKey, {
      lifecycleRules: rawRules(),
      closed: { keys: '*', to: ['delivery', 'replay'] },
      eventBridge,
      ...(rawLock === undefined ? {} : { lock: rawLock }),
    });
    this.clean = zone('Clean', keys.lakeKey, {
      lifecycleRules: cleanRules(),
      closed: { keys: '_errors/*', to: ['delivery', 'steward'] },
      eventBridge,
    });
    this.quarantine = zone('Quarantine', keys.closedKey, {
      lifecycleRules: quarantineRules(),
      closed: { keys: '*', to: ['quarantine-delivery', 'steward', 'replay'] },
      eventBridge,
    });
    this.curated = zone('Curated', keys.lakeKey, { lifecycleRules: tableRules(), eventBridge });
    this.mart = zone('Mart', keys.lakeKey, { lifecycleRules: tableRules(), eventBridge });
    this.results = zone('Results', keys.resultsKey, {
      lifecycleRules: [{ id: 'results', expiration: props.resultRetention ?? DEFAULTS.resultRetention }],
      eventBridge: false,
    });
    this.copied =
      replicationRegion === undefined
        ? []
        : new Replication(this, 'Replication', {
            environment,
            region: replicationRegion,
            zones: { clean: this.clean, curated: this.curated, mart: this.mart },
          }).copied;
  }

  /**
   * Exports the fixed list of values that domains read, by names that `importLake` knows.
   *
   * @throws {@link InvalidProps} `ExportedTwice`
   */
  public export(): void {
    const values: Readonly<Record<LakeExport, string>> = {
      RawBucketName: this.raw.bucket.bucketName,
      CleanBucketName: this.clean.bucket.bucketName,
      QuarantineBucketName: this.quarantine.bucket.bucketName,
      CuratedBucketName: this.curated.bucket.bucketName,
      ResultsBucketName: this.results.bucket.bucketName,
      StreamKeyArn: this.streamKey.keyArn,
      LakeKeyArn: this.clean.key.keyArn,
      ClosedKeyArn: this.closedKey.keyArn,
      ResultsKeyArn: this.results.key.keyArn,
      LogKeyArn: this.logKey.keyArn,
    };
    for (const [name, value] of Object.entries(values)) {
      exportValue(this, name, { value, exportName: exportName(this.environment, name) });
    }
  }

  private refuseOwnRegion(replicationRegion: string | undefined): void {
    const { region } = Stack.of(this);
    if (replicationRegion === region)
      throw new InvalidProps(
        'ReplicationRegionIsOwn',
        this,
        `'replicationRegion' must be another region than the stack's, got '${region}' twice; choose another, or leave it out`,
      );
  }

  private refuseLongLock(lock: Duration | undefined): void {
    if (lock === undefined || lock.isUnresolved()) return;
    const days = lock.toDays({ integral: false });
    if (!Number.isInteger(days) || days < 1 || days > LONGEST_LOCK_DAYS)
      throw new InvalidProps(
        'RawLockOutOfRange',
        this,
        `'rawLock' must be whole days from 1 to ${LONGEST_LOCK_DAYS}, got ${days}; choose a day in between, or leave it out`,
      );
  }
}
