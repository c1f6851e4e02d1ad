import { createHash } from 'node:crypto';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { compileContract } from '../../core/record/compiled-contract.ts';
import { marksPattern } from '../../core/replay/layout.ts';
import { COMPILED_CONTRACTS_FILE } from '../ingestion/names.ts';
import { functionBundle } from '../ingestion/transform-function.ts';
import { OneFile } from '../one-file.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, allowZoneKey, viaService } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { deliveryVariable, REPLAY_ENVIRONMENT, streamVariable } from './names.ts';

/** A dataset whose originals can be put again, with what they are put into and the function that judges them there. */
export type Replayed = {
  /** Its contract judges. */
  readonly dataset: DatasetContract;
  /** Changes first in a deployment, so that both judge alike. */
  readonly transform: lambda.IAlias;
} & (
  | {
      /** Takes what the contract accepts. */
      readonly stream: kinesis.IStream;
    }
  | {
      /** Takes what the contract accepts, where the dataset has no stream. */
      readonly delivery: firehose.CfnDeliveryStream;
    }
);

export interface ReplayFunctionProps {
  readonly environment: string;
  readonly domain: string;
  readonly datasets: readonly Replayed[];
  readonly lake: Pick<Lake, 'raw' | 'quarantine' | 'streamKey' | 'logKey'>;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** Megabytes: a batch, an object's lines and what is known of it need far less; more memory is more CPU. */
const MEMORY = 1024;
/** The longest that Lambda allows. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const TIMEOUT = Duration.minutes(15);

/** Judges originals of a domain's datasets by their current contracts, and puts what is accepted into where they come from. */
export class ReplayFunction extends Construct {
  public readonly code: lambda.Function;

  constructor(scope: Construct, id: string, props: ReplayFunctionProps) {
    super(scope, id);
    const { domain, lake } = props;
    const datasets = [...props.datasets].sort((a, b) => (a.dataset.name < b.dataset.name ? -1 : 1)); // in whatever order contracts are read
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      encryptionKey: lake.logKey,
      removalPolicy: props.removalPolicy,
    });
    const actor = new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'replay',
      assumedBy: serviceOfThisAccount(this, 'lambda.amazonaws.com'),
      description: `Replays events of ${domain}`,
      statements: this.statements({ ...props, datasets }, logGroup),
    });
    const contracts = JSON.stringify(Object.fromEntries(datasets.map(({ dataset }) => [dataset.name, compileContract(dataset)])));
    this.code = new lambda.Function(this, 'Default', {
      description: `Replays events of ${domain}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(functionBundle(this, 'replay')),
      layers: [
        new lambda.LayerVersion(this, 'Contracts', {
          code: new OneFile(COMPILED_CONTRACTS_FILE, contracts, createHash('sha256').update(contracts).digest('hex')),
          description: `Compiled contracts of ${domain}`,
        }),
      ],
      role: actor.role.withoutPolicyUpdates(),
      memorySize: MEMORY,
      timeout: TIMEOUT,
      logGroup,
      environment: {
        [REPLAY_ENVIRONMENT.domain]: domain,
        ...Object.fromEntries(
          datasets.map((replayed) =>
            'stream' in replayed
              ? [streamVariable(replayed.dataset.name), replayed.stream.streamName]
              : [deliveryVariable(replayed.dataset.name), replayed.delivery.ref],
          ),
        ),
        [REPLAY_ENVIRONMENT.rawBucket]: lake.raw.bucket.bucketName,
        [REPLAY_ENVIRONMENT.quarantineBucket]: lake.quarantine.bucket.bucketName,
      },
    });
    // what is judged fit here must be judged by the same contract there: a deployment changes the streams' functions first
    this.code.node.addDependency(actor.policy, ...datasets.map(({ transform }) => transform));
  }

  private statements({ domain, datasets, lake }: ReplayFunctionProps, logGroup: logs.ILogGroup): iam.PolicyStatement[] {
    const { raw, quarantine, streamKey } = lake;
    const originals = `keep*/${domain}/*`;
    const streamArns = datasets.flatMap((replayed) => ('stream' in replayed ? [replayed.stream.streamArn] : []));
    const deliveryArns = datasets.flatMap((replayed) => ('stream' in replayed ? [] : [replayed.delivery.attrArn]));
    return [
      allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
      allow('ListOriginals', ['s3:ListBucket'], [raw.bucket.bucketArn, quarantine.bucket.bucketArn], {
        StringLike: { 's3:prefix': ['keep', originals] }, // 'keep' alone gives the retention classes
      }),
      allow('ReadOriginals', ['s3:GetObject'], [raw.bucket.arnForObjects(originals), quarantine.bucket.arnForObjects(originals)]),
      allow('WriteMarks', ['s3:PutObject'], [quarantine.bucket.arnForObjects(marksPattern(domain))]),
      allowZoneKey(this, 'DecryptRaw', raw, ['kms:Decrypt']),
      allowZoneKey(this, 'UseQuarantineKey', quarantine, ['kms:Decrypt', 'kms:GenerateDataKey']),
      ...(streamArns.length === 0
        ? []
        : [
            allow('PutAgain', ['kinesis:PutRecords'], streamArns),
            allow('EncryptStreams', ['kms:GenerateDataKey'], [streamKey.keyArn], {
              StringEquals: {
                'kms:ViaService': viaService(this, 'kinesis'),
                'kms:EncryptionContext:aws:kinesis:arn': streamArns,
              },
            }),
          ]),
      ...(deliveryArns.length === 0 ? [] : [allow('PutAgainDirectly', ['firehose:PutRecordBatch'], deliveryArns)]),
    ];
  }
}
