import { CfnOutput, Duration, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { HARDENED, leftoversRule } from './hardened-bucket.ts';
import { cleanRules, quarantineRules, rawRules } from './lifecycle-rules.ts';
import { exportName, type Lake, type LakeExport, type LakeZone } from './lake.ts';
import { ZoneBucket } from './zone-bucket.ts';
import { ZoneKey } from './zone-key.ts';

/** What `LakeStorage` needs. */
export interface LakeStorageProps {
  /** Environment's name: a segment of role paths and export names. */
  readonly environment: string;
  /** What a deletion of the stack does to buckets and keys. */
  readonly removalPolicy: RemovalPolicy;
  /**
   * Age at which access logs expire; whole days.
   *
   * @default Duration.days(90)
   */
  readonly accessLogRetention?: Duration;
  /**
   * Age at which query results expire; whole days.
   *
   * @default Duration.days(7)
   */
  readonly resultRetention?: Duration;
}

const DEFAULTS = { accessLogRetention: Duration.days(90), resultRetention: Duration.days(7) } as const;

/** The lake: a bucket for each zone with its key and its rules. It knows no dataset, so that none can change it. Stateful. */
export class LakeStorage extends Construct implements Lake {
  public readonly raw: LakeZone;
  public readonly clean: LakeZone;
  public readonly quarantine: LakeZone;
  public readonly results: LakeZone;
  public readonly streamKey;
  public readonly closedKey;

  constructor(scope: Construct, id: string, props: LakeStorageProps) {
    super(scope, id);
    const { environment, removalPolicy } = props;
    const key = (name: string, rest: Pick<ConstructorParameters<typeof ZoneKey>[2], 'description' | 'usedBy' | 'viaServices'>) =>
      new ZoneKey(this, name, { environment, removalPolicy, ...rest }).key;
    this.streamKey = key('StreamKey', { description: 'Streams', usedBy: ['producer', 'delivery'], viaServices: ['kinesis'] });
    const lakeKey = key('LakeKey', {
      description: 'Clean data',
      usedBy: ['delivery', 'analyst', 'steward'],
      viaServices: ['s3'],
    });
    this.closedKey = key('ClosedKey', {
      description: 'Originals, rejects and secrets of domains',
      usedBy: ['delivery', 'quarantine-delivery', 'transform', 'steward'],
      viaServices: ['s3', 'secretsmanager'],
    });
    const resultsKey = key('ResultsKey', { description: 'Query results', usedBy: ['analyst'], viaServices: ['s3'] });

    const logBucket = this.accessLogs(props);
    const zone = (
      name: string,
      bucketKey: typeof lakeKey,
      rest: Pick<ConstructorParameters<typeof ZoneBucket>[2], 'lifecycleRules' | 'closed'>,
    ): LakeZone => ({
      bucket: new ZoneBucket(this, name, {
        environment,
        removalPolicy,
        logBucket,
        key: bucketKey,
        zone: name.toLowerCase(),
        ...rest,
      }).bucket,
      key: bucketKey,
    });
    this.raw = zone('Raw', this.closedKey, { lifecycleRules: rawRules(), closed: { keys: '*', to: ['delivery'] } });
    this.clean = zone('Clean', lakeKey, {
      lifecycleRules: cleanRules(),
      closed: { keys: '_errors/*', to: ['delivery', 'steward'] },
    });
    this.quarantine = zone('Quarantine', this.closedKey, {
      lifecycleRules: quarantineRules(),
      closed: { keys: '*', to: ['quarantine-delivery', 'steward'] },
    });
    this.results = zone('Results', resultsKey, {
      lifecycleRules: [{ id: 'results', expiration: props.resultRetention ?? DEFAULTS.resultRetention }],
    });
  }

  /** Exports the fixed list of values that domains read, by names that `importLake` knows. */
  public export(environment: string): void {
    const values: Readonly<Record<LakeExport, string>> = {
      RawBucketName: this.raw.bucket.bucketName,
      CleanBucketName: this.clean.bucket.bucketName,
      QuarantineBucketName: this.quarantine.bucket.bucketName,
      ResultsBucketName: this.results.bucket.bucketName,
      StreamKeyArn: this.streamKey.keyArn,
      LakeKeyArn: this.clean.key.keyArn,
      ClosedKeyArn: this.closedKey.keyArn,
      ResultsKeyArn: this.results.key.keyArn,
    };
    for (const [name, value] of Object.entries(values)) {
      new CfnOutput(Stack.of(this), name, { value, exportName: exportName(environment, name as LakeExport) });
    }
  }

  /** Log delivery writes with S3's own encryption: a bucket that takes access logs cannot use a customer's key. */
  private accessLogs(props: LakeStorageProps): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Logs', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      ...HARDENED,
      removalPolicy: props.removalPolicy,
      lifecycleRules: [
        leftoversRule(),
        { id: 'access-logs', expiration: props.accessLogRetention ?? DEFAULTS.accessLogRetention },
      ],
    });
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DeliverAccessLogs',
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return bucket;
  }
}
