import { Duration, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { pascalCase, rolePath } from '../../core/naming.ts';
import { viaService } from '../security/statements.ts';
import { takeName } from '../lake-neighbours.ts';
import { takeEnvironment } from '../take-environment.ts';
import { refusePartDays } from '../whole-days.ts';
import { AccessLogBucket } from './access-log-bucket.ts';
import { cleanRules, tableRules } from './lifecycle-rules.ts';
import { replicaBucketName, replicaKeyAlias, type ReplicatedZone } from './replication.ts';
import { ZoneBucket } from './zone-bucket.ts';
import { administration } from './zone-key.ts';

/** What `ReplicaStorage` needs. */
export interface ReplicaStorageProps {
  /**
   * Environment's name: a segment of role paths and of the buckets' names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`, and `ReplicaTwice` where the app has one in this environment and region already
   */
  readonly environment: string;
  /** What a deletion of the stack does to buckets and key. */
  readonly removalPolicy: RemovalPolicy;
  /**
   * Age at which access logs expire; whole days.
   *
   * @default Duration.days(90)
   * @throws {@link InvalidProps} `NotWholeDays`
   */
  readonly accessLogRetention?: Duration;
}

const DEFAULTS = { accessLogRetention: Duration.days(90) } as const;

/**
 * The copies of a lake that `LakeStorage` replicates: in a stack of the second region, deployed before the lake. A copy, not a standby:
 * its key admits the replication, which cannot read it back, and nobody else. Stateful.
 */
export class ReplicaStorage extends Construct {
  /** The bucket of each zone's copy. */
  public readonly copies: Readonly<Record<ReplicatedZone, s3.IBucket>>;

  constructor(scope: Construct, id: string, props: ReplicaStorageProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, removalPolicy } = props;
    takeName(this, environment, replicaKeyAlias(environment), 'ReplicaTwice', "'ReplicaStorage'");
    refusePartDays(this, 'accessLogRetention', props.accessLogRetention);
    const key = this.key(props);
    const { bucket: logBucket } = new AccessLogBucket(this, 'Logs', {
      retention: props.accessLogRetention ?? DEFAULTS.accessLogRetention,
      removalPolicy,
    });
    const copyOf = (zone: ReplicatedZone): s3.IBucket =>
      new ZoneBucket(this, pascalCase(zone), {
        environment,
        bucketName: replicaBucketName(this, environment, zone, Stack.of(this).region),
        key,
        lifecycleRules: zone === 'clean' ? cleanRules() : tableRules(),
        logBucket,
        zone,
        removalPolicy,
      }).bucket;
    this.copies = { clean: copyOf('clean'), curated: copyOf('curated'), mart: copyOf('mart') };
  }

  private key({ environment, removalPolicy }: ReplicaStorageProps): kms.Key {
    const { account, partition } = Stack.of(this);
    const key = new kms.Key(this, 'Key', {
      description: 'Copies of what rests',
      enableKeyRotation: true,
      removalPolicy,
      policy: new iam.PolicyDocument({
        minimize: false,
        statements: [
          administration(),
          new iam.PolicyStatement({
            sid: 'EncryptCopies',
            principals: [new iam.AccountRootPrincipal()],
            actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
            resources: ['*'],
            conditions: {
              ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${account}:role${rolePath(environment, 'replication')}*` },
              StringEquals: { 'kms:ViaService': viaService(this, 's3') },
            },
          }),
        ],
      }),
    });
    new kms.CfnAlias(this, 'Alias', { aliasName: replicaKeyAlias(environment), targetKeyId: key.keyArn });
    return key;
  }
}
