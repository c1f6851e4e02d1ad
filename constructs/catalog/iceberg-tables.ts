import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionBundle } from '../ingestion/transform-function.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow } from '../security/statements.ts';
import type { Lake, LakeZone } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { takePrefix } from './iceberg-prefix.ts';
import { keepRights, MakerRights } from './maker-rights.ts';

/** What `IcebergTables` needs. */
export interface IcebergTablesProps {
  /**
   * Environment's name: a segment of role paths.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** Where tables lie, unless they say otherwise, and the key of the log. The policy of the zone's key must admit the actor `table-maker`, as that of `LakeStorage` does. */
  readonly lake: Pick<Lake, 'curated' | 'logKey'>;
  /** Name of the Glue database, which must exist before any table: each must depend on it. */
  readonly databaseName: string;
  /**
   * What the keys of all its tables' objects begin with, in the lake's zone `curated`, without a slash at its end. It may then write the metadata
   * of any table there, and its policy holds some thirty tables; otherwise each table's place is named, and it holds a dozen.
   *
   * @default - each table's own prefix
   * @throws {@link InvalidProps} `BadPrefix`
   */
  readonly prefix?: string;
  /**
   * How long the function's log is kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * What a deletion of the stack does to the log. With `DESTROY` the maker may take any table of the database from the catalog: CloudFormation asks
   * for the deletion of a table once nothing of the template names it.
   */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { logRetention: logs.RetentionDays.TWO_WEEKS } as const;

/** Megabytes: a table's metadata is small; more memory is more CPU for the first call. */
const MEMORY = 512;
/** Calls, and half a minute of waiting for rights that a deployment has just given. */
const TIMEOUT = Duration.minutes(2);

/**
 * Makes the Iceberg tables of a database over Glue's API, and evolves them: a function that sees the live table, which CloudFormation's own type
 * does not (docs/adr/0038). It makes the tables that are given to it, writes their metadata, and may do nothing else unless it destroys.
 */
export class IcebergTables extends Construct {
  public readonly databaseName: string;
  /** Where tables lie that name no other zone. */
  public readonly zone: LakeZone;
  /** What `Custom::IcebergTable` names as its provider; CloudFormation refuses another one for a table that stands. */
  public readonly serviceToken: string;

  constructor(scope: Construct, id: string, props: IcebergTablesProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    this.databaseName = props.databaseName;
    this.zone = props.lake.curated;
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention ?? DEFAULTS.logRetention,
      encryptionKey: props.lake.logKey,
      removalPolicy: props.removalPolicy,
    });
    const description = `Makes Iceberg tables of ${props.databaseName}`;
    const actor = new ActorRole(this, 'Actor', {
      environment: props.environment,
      actor: 'table-maker',
      assumedBy: serviceOfThisAccount(this, 'lambda.amazonaws.com'),
      description,
      statements: [allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn])],
    });
    const code = new lambda.Function(this, 'Default', {
      description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(functionBundle(this, 'iceberg-table')),
      role: actor.role.withoutPolicyUpdates(),
      memorySize: MEMORY,
      timeout: TIMEOUT,
      logGroup,
    });
    code.node.addDependency(actor.policy);
    const { databaseName, prefix } = props;
    const place = prefix === undefined ? undefined : { zone: this.zone, prefix: takePrefix(this, prefix) };
    keepRights(this, new MakerRights({ actor, databaseName, place, destroys: props.removalPolicy === RemovalPolicy.DESTROY }));
    this.serviceToken = code.functionArn;
  }
}
