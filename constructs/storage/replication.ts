import { Stack } from 'aws-cdk-lib/core';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { pascalCase } from '../../core/naming.ts';
import type { Copied } from '../operations/replication-alarms.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, allowZoneKey, viaService } from '../security/statements.ts';
import type { LakeZone } from './lake.ts';

/** Zones whose loss with a region could not be made good: the others are disposable, or closed and short-lived. */
export const REPLICATED_ZONES = ['clean', 'curated', 'mart'] as const;
export type ReplicatedZone = (typeof REPLICATED_ZONES)[number];

/** What of a zone's keys is copied: what a delivery could not carry lies in `clean` too, originals in clear, and stays where it is. */
const COPIED_KEYS: Readonly<Record<ReplicatedZone, string>> = { clean: 'keep', curated: '', mart: '' };

/** The rule's name in S3, and in its metrics. */
const REPLICATION_RULE = 'second-region';

/** The copy of a zone: a name, because neither region's stack can read the other's. S3 takes 63 characters; the longest has 59. */
export const replicaBucketName = (scope: Construct, environment: string, zone: ReplicatedZone, region: string): string =>
  `headwaters-${environment}-${zone}-${region}-${Stack.of(scope).account}`;

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
  /** Each bucket with its copy, by name. */
  public readonly copied: readonly Copied[];

  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const { role } = this.actor(props); // its policy names the buckets, so that they cannot wait for it
    for (const zone of REPLICATED_ZONES) {
      const bucket = props.zones[zone].bucket.node.defaultChild as s3.CfnBucket;
      bucket.replicationConfiguration = this.configuration(props, zone, role.roleArn);
    }
    this.copied = REPLICATED_ZONES.map((zone) => ({
      source: props.zones[zone].bucket.bucketName,
      copy: replicaBucketName(this, props.environment, zone, props.region),
      rule: REPLICATION_RULE,
    }));
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
          id: REPLICATION_RULE,
          status: 'Enabled',
          priority: 1,
          filter: { prefix: COPIED_KEYS[zone] },
          deleteMarkerReplication: { status: 'Disabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: `arn:${partition}:s3:::${replicaBucketName(this, environment, zone, region)}`,
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
    const copyOf = (zone: ReplicatedZone) => `arn:${partition}:s3:::${replicaBucketName(this, environment, zone, region)}`;
    const copies = REPLICATED_ZONES.map(copyOf);
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
          REPLICATED_ZONES.map((zone) => zones[zone].bucket.arnForObjects(`${COPIED_KEYS[zone]}*`)),
        ),
        allow(
          'WriteCopies',
          ['s3:ReplicateObject', 's3:ReplicateTags'],
          REPLICATED_ZONES.map((zone) => `${copyOf(zone)}/${COPIED_KEYS[zone]}*`),
          { StringEquals: { 'aws:ResourceAccount': account } }, // a name that somebody else took is nobody's copy
        ),
        ...REPLICATED_ZONES.map((zone) => allowZoneKey(this, `Decrypt${pascalCase(zone)}`, zones[zone], ['kms:Decrypt'])),
        allow('EncryptCopies', ['kms:Encrypt', 'kms:GenerateDataKey'], [`arn:${partition}:kms:${region}:${account}:key/*`], {
          StringEquals: {
            'kms:ViaService': viaService(this, 's3', { region }),
            'kms:EncryptionContext:aws:s3:arn': copies,
          },
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': replicaKeyAlias(environment) },
        }),
      ],
    });
  }
}
