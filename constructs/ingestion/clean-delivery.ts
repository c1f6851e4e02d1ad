import type { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pastClasses, pastPrefix, type DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { datasetPrefix, errorPrefix } from '../../core/storage/layout.ts';
import type { DatasetTable } from '../catalog/dataset-table.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, viaService } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { bufferSeconds } from './buffer-seconds.ts';
import { cleanDestination, DELIVERY_LOGS } from './clean-destination.ts';
import { DeliveryLog } from './delivery-log.ts';
import { deliveryStatements } from './delivery-statements.ts';

export interface CleanDeliveryProps {
  readonly environment: string;
  readonly dataset: DatasetWithReleases;
  readonly databaseName: string;
  readonly lake: Pick<Lake, 'raw' | 'clean' | 'logKey'>;
  readonly stream: kinesis.IStream;
  readonly streamKey: kms.IKey;
  readonly transform: lambda.IAlias;
  readonly table: DatasetTable;
  /** After how long both zones are written at the latest; 60 to 900 seconds. */
  readonly longestBuffer: Duration;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** Carries one stream to `clean` as Parquet by the dataset's table, and its payloads as received to `raw`. */
export class CleanDelivery extends Construct {
  public readonly delivery: firehose.CfnDeliveryStream;

  constructor(scope: Construct, id: string, props: CleanDeliveryProps) {
    super(scope, id);
    const { dataset, databaseName, lake, transform, table } = props;
    const log = new DeliveryLog(
      this,
      'Log',
      { retention: props.logRetention, encryptionKey: lake.logKey, removalPolicy: props.removalPolicy },
      DELIVERY_LOGS,
    );
    const actor = this.actor(props, log);
    const roleArn = actor.role.roleArn;
    this.delivery = new firehose.CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'KinesisStreamAsSource',
      kinesisStreamSourceConfiguration: { kinesisStreamArn: props.stream.streamArn, roleArn },
      extendedS3DestinationConfiguration: cleanDestination(this, {
        dataset,
        databaseName,
        lake,
        transform,
        roleArn,
        log,
        longestBuffer: bufferSeconds(this, props.longestBuffer),
      }),
    });
    this.delivery.node.addDependency(actor.policy, table);
  }

  private actor(props: CleanDeliveryProps, log: DeliveryLog): ActorRole {
    const { dataset, lake, table, transform, stream } = props;
    // an object that was to go where the dataset lay before is tried again there
    const prefixes = [datasetPrefix(dataset), ...pastClasses(dataset).map((retention) => pastPrefix(dataset, retention))];
    return new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'delivery',
      assumedBy: serviceOfThisAccount(this, 'firehose.amazonaws.com'),
      description: `Delivers ${dataset.domain}.${dataset.name}`,
      statements: [
        allow(
          'ReadStream',
          ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
          [stream.streamArn],
        ),
        allow('DecryptStream', ['kms:Decrypt'], [props.streamKey.keyArn], {
          StringEquals: {
            'kms:ViaService': viaService(this, 'kinesis'),
            'kms:EncryptionContext:aws:kinesis:arn': stream.streamArn,
          },
        }),
        ...deliveryStatements(this, {
          lake,
          transform,
          schemas: [table.catalogArn, table.databaseArn, table.tableArn],
          keys: [...prefixes, errorPrefix(dataset.domain, dataset.name)].map((prefix) => `${prefix}*`),
          log,
        }),
      ],
    });
  }
}
