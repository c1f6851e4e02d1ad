import { Stack } from 'aws-cdk-lib/core';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { LakeZone } from './lake.ts';

/** Zones whose loss with a region could not be made good: the others are disposable, or closed and short-lived. */
export const REPLICATED_ZONES = ['clean', 'curated', 'mart'] as const;
export type ReplicatedZone = (typeof REPLICATED_ZONES)[number];

/** The copy of a zone: a name, because neither region's stack can read the other's. S3 takes 63 characters. */
export const replicaBucketName = (scope: Construct, environment: string, zone: ReplicatedZone): string =>
  `headwaters-${environment}-${zone}-replica-${Stack.of(scope).account}`;

/** Names the key of the copies in their region. */
export const replicaKeyAlias = (environment: string): string => `alias/headwaters-${environment}-replica`;

export interface ReplicationProps {
  readonly environment: string;
  /** Region of the copies. */
  readonly region: string;
  readonly zones: Readonly<Record<ReplicatedZone, LakeZone>>;
}

/** Minutes that S3's replication time control promises, for 99.99 % of the objects of a month. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html */
const REPLICATED_WITHIN = 15;

/**
 * Copies what rests to another region, within 15 minutes of its delivery. Deletions are not copied: what a mistake deletes here is still
 * there, and an erasure must reach both places.
 */
export class Replication extends Construct {
  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const { role } = this.actor(props); // its policy names the buckets, so that they cannot wait for it
    for (const zone of REPLICATED_ZONES) {
      const bucket = props.zones[zone].bucket.node.defaultChild as s3.CfnBucket;
      bucket.replicationConfiguration = this.configuration(props, zone, role.roleArn);
    }
  }

  private configuration(
    { environment, region }: ReplicationProps,
    zone: ReplicatedZone,
    role: string,
  ): s3.CfnBucket.ReplicationConfigurationProperty {
    const { partition, account } = Stack.of(this);
    return {
      role,
      rules: [
        {
          id: 'second-region',
          status: 'Enabled',
          priority: 1,
          filter: { prefix: '' },
          deleteMarkerReplication: { status: 'Disabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: `arn:${partition}:s3:::${replicaBucketName(this, environment, zone)}`,
            encryptionConfiguration: {
              replicaKmsKeyId: `arn:${partition}:kms:${region}:${account}:${replicaKeyAlias(environment)}`,
            },
            replicationTime: { status: 'Enabled', time: { minutes: REPLICATED_WITHIN } },
            metrics: { status: 'Enabled', eventThreshold: { minutes: REPLICATED_WITHIN } },
          },
        },
      ],
    };
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html */
  private actor({ environment, region, zones }: ReplicationProps): ActorRole {
    const { partition, account } = Stack.of(this);
    const sources = REPLICATED_ZONES.map((zone) => zones[zone].bucket);
    const copies = REPLICATED_ZONES.map((zone) => `arn:${partition}:s3:::${replicaBucketName(this, environment, zone)}`);
    return new ActorRole(this, 'Actor', {
      environment,
      actor: 'replication',
      assumedBy: serviceOfThisAccount(this, 's3.amazonaws.com'),
      description: `Copies what rests to ${region}`,
      statements: [
        allow(
          'ReadRules',
          ['s3:GetReplicationConfiguration', 's3:ListBucket'],
          sources.map(({ bucketArn }) => bucketArn),
        ),
        allow(
          'ReadVersions',
          ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
          sources.map((bucket) => bucket.arnForObjects('*')),
        ),
        allow(
          'WriteCopies',
          ['s3:ReplicateObject', 's3:ReplicateTags'],
          copies.map((arn) => `${arn}/*`),
        ),
        ...REPLICATED_ZONES.map((zone) =>
          allowZoneKey(this, `Decrypt${zone.charAt(0).toUpperCase()}${zone.slice(1)}`, zones[zone], ['kms:Decrypt']),
        ),
        allow('EncryptCopies', ['kms:Encrypt', 'kms:GenerateDataKey'], [`arn:${partition}:kms:${region}:${account}:key/*`], {
          StringEquals: {
            'kms:ViaService': `s3.${region}.amazonaws.com`,
            'kms:EncryptionContext:aws:s3:arn': copies,
          },
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': replicaKeyAlias(environment) },
        }),
      ],
    });
  }
}
