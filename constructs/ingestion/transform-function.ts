import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { needsSecret } from '../../core/record/compiled-contract.ts';
import type { DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { InvalidProps } from '../invalid-props.ts';
import type { FunctionNetwork } from '../network/function-network.ts';
import { joinNetwork, networkStatements } from '../network/join-network.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow, viaService } from '../security/statements.ts';
import { CompiledContractLayer, type Compiled } from './compiled-contract-layer.ts';
import { ENVIRONMENT_KEYS } from './names.ts';

export interface TransformFunctionProps {
  readonly environment: string;
  /** Whose events it judges, for people: a dataset with its domain, or many together. */
  readonly whose: string;
  /** Of the one contract that it judges by. */
  readonly version?: string;
  readonly datasets: readonly DatasetWithReleases[];
  readonly compiled: Compiled;
  /** Takes what the function rejects. */
  readonly quarantine: firehose.IDeliveryStreamRef;
  /** The domain's secret for hashes and tokens, and its key. */
  readonly protection: { readonly secret: secrets.ISecret; readonly key: kms.IKey };
  /** Where the function stands. @default - in Lambda's own network, with a way to the internet */
  readonly network?: FunctionNetwork | undefined;
  readonly logRetention: logs.RetentionDays;
  readonly logKey: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** Megabytes: one Firehose batch of 1 MiB and its answer need far less; more memory is more CPU. */
const MEMORY = 512;
/** Firehose waits five minutes for an invocation. @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html */
const TIMEOUT = Duration.minutes(2);

/** Judges, protects and types the events of one dataset, or of several, behind an alias. */
export class TransformFunction extends Construct {
  public readonly alias: lambda.Alias;
  public readonly version: lambda.Version;

  constructor(scope: Construct, id: string, props: TransformFunctionProps) {
    super(scope, id);
    const { whose, datasets, quarantine, protection, network } = props;
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: props.removalPolicy,
    });
    const usesSecret = datasets.some(needsSecret);
    // until its alias has moved, the function of a version before starts with the rights that stand here
    const readsSecret = datasets.some((dataset) => [dataset, ...(dataset.released ?? [])].some(needsSecret));
    const actor = new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'transform',
      assumedBy: serviceOfThisAccount(this, 'lambda.amazonaws.com'),
      description: `Transforms ${whose}`,
      statements: [
        allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
        ...(network === undefined ? [] : networkStatements(this, network)),
        allow('QuarantineRejects', ['firehose:PutRecordBatch'], [quarantine.deliveryStreamRef.deliveryStreamArn]),
        ...(readsSecret
          ? [
              allow('ReadProtectionSecret', ['secretsmanager:GetSecretValue'], [protection.secret.secretArn]),
              allow('DecryptProtectionSecret', ['kms:Decrypt'], [protection.key.keyArn], {
                StringEquals: {
                  'kms:ViaService': viaService(this, 'secretsmanager'),
                  'kms:EncryptionContext:SecretARN': protection.secret.secretArn,
                },
              }),
            ]
          : []),
      ],
    });
    const what = props.version === undefined ? whose : `${whose} ${props.version}`;
    const contract = new CompiledContractLayer(this, 'Contract', { compiled: props.compiled, what });
    const code = new lambda.Function(this, 'Function', {
      // the digest makes a changed contract a new version also in an app without '@aws-cdk/aws-lambda:recognizeLayerVersion'
      description: `Transforms ${what}, contract ${contract.digest}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(functionBundle(this, 'transform')),
      layers: [contract.layer],
      role: actor.role.withoutPolicyUpdates(),
      currentVersionOptions: { removalPolicy: props.removalPolicy }, // else the alias could not go back
      memorySize: MEMORY,
      timeout: TIMEOUT,
      logGroup,
      environment: {
        [ENVIRONMENT_KEYS.environment]: props.environment,
        [ENVIRONMENT_KEYS.quarantineStream]: quarantine.deliveryStreamRef.deliveryStreamName,
        ...(usesSecret ? { [ENVIRONMENT_KEYS.protectionSecret]: protection.secret.secretArn } : {}),
      },
    });
    if (network !== undefined) joinNetwork(code, network);
    code.node.addDependency(actor.policy); // it reads its secret when it starts
    this.version = code.currentVersion;
    this.alias = new lambda.Alias(this, 'Live', { aliasName: 'live', version: this.version });
  }
}

/** The folder of a prebuilt function: beside the package's own code, wherever that runs from. */
export function functionBundle(scope: Construct, name: string): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const candidates = [path.join(here, '../../functions', name), path.join(here, '../../dist/functions', name)];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'index.mjs')));
  if (found === undefined)
    throw new InvalidProps(
      'FunctionNotBuilt',
      scope,
      `the function '${name}' must be built before synthesis; run 'npm run build:functions'`,
    );
  return found;
}
