import { createHash } from 'node:crypto';
import { Duration, Names, Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { foldEveryHours, foldHours, WEEK } from '../../core/curated/cadence.ts';
import { curateWorkflow, type Folded } from '../../core/curated/curate-workflow.ts';
import { foldOf, MOST_STATEMENTS, statementBytes } from '../../core/curated/folds.ts';
import { databaseName } from '../../core/naming.ts';
import { ownersOf } from '../domain-datasets.ts';
import { InvalidProps } from '../invalid-props.ts';
import { takeName } from '../lake-neighbours.ts';
import { CurationAlarm } from '../operations/curation-alarm.ts';
import { workflow } from '../orchestration/workflow.ts';
import { ActorRole, serviceOfThisAccount } from '../security/actor-role.ts';
import { allow } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import type { CuratedTable } from './curated-table.ts';
import { curatorStatements } from './curator-statements.ts';

/** What `Curation` needs. */
export interface CurationProps {
  /**
   * Environment's name: a segment of role paths and of names.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The domain of the tables: a segment of the workgroup's name. */
  readonly domain: string;
  /**
   * What is folded: three or four tables, for one policy names them all (`PolicyTooLarge`), and 200 KiB of statements.
   *
   * @throws {@link InvalidProps} `NoTables`, `StatementsTooLong`
   */
  readonly tables: readonly CuratedTable[];
  /** What is read, where the tables lie, and where the answers of statements go. */
  readonly lake: Pick<Lake, 'clean' | 'curated' | 'results' | 'logKey'>;
  /**
   * How the workgroup's name ends, after the environment and the domain; it is given once.
   *
   * @default 'curation'
   * @throws {@link InvalidProps} `CurationTwice`
   */
  readonly name?: string;
  /**
   * Glue database of the datasets.
   *
   * @default - the domain's
   */
  readonly databaseName?: string;
  /**
   * How long the streams of the datasets keep a record: objects may show up so long after their arrival, and each fold reads so many days.
   *
   * @default Duration.hours(24)
   * @throws {@link InvalidProps} `StreamRetentionUnresolved`
   */
  readonly streamRetention?: Duration;
  /**
   * Where the alarm goes when a fold fails.
   *
   * @default - no alarm
   */
  readonly alarmTopic?: sns.ITopic;
  /**
   * Address of the runbook that the alarm links to, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
  /**
   * How long the log of the executions is kept.
   *
   * @default RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * What a deletion does to the log, which has a name of its own: one that is left must be deleted, or imported by
   * `cdk deploy --import-existing-resources`, before this construct is made again.
   */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { name: 'curation', streamRetention: Duration.hours(24), logRetention: logs.RetentionDays.TWO_WEEKS } as const;

/** Minutes of an hour over which domains are spread; a rule may be late by the others and still begins in its hour. */
const MINUTES = 50;

/**
 * Folds what arrived for some datasets into their curated tables: a state machine that Athena's statements run from, by a schedule that keeps
 * what the contracts promise (docs/adr/0039).
 */
export class Curation extends Construct {
  /** What folds; a person may start it too. */
  public readonly stateMachine: stepfunctions.CfnStateMachine;
  /** What the statements run in. */
  public readonly workGroup: athena.CfnWorkGroup;
  /** Starts the state machine. */
  public readonly schedule: events.CfnRule;
  /** What is folded. */
  public readonly tables: readonly CuratedTable[];

  constructor(scope: Construct, id: string, props: CurationProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, domain, tables, lake, removalPolicy } = props;
    const logRetention = props.logRetention ?? DEFAULTS.logRetention;
    const folded = foldedBy(this, props);
    this.tables = tables;
    const name = `headwaters-${environment}-${domain}-${props.name ?? DEFAULTS.name}`;
    takeName(this, environment, name, 'CurationTwice', "'name'");
    this.workGroup = this.makeWorkGroup(name, lake, `Folds ${domain} into its curated tables`);
    this.stateMachine = workflow(this, {
      environment,
      definition: curateWorkflow({ environment, domain, partition: Stack.of(this).partition, workGroup: name }, folded),
      runsAs: {
        id: 'Curator',
        actor: 'curator',
        description: `Folds ${domain} into its curated tables`,
        statements: curatorStatements(this, {
          workGroup: name,
          databaseName: databaseOf(props),
          datasets: tables.map(({ dataset }) => dataset),
          lake,
        }),
      },
      logName: Names.uniqueResourceName(this, { maxLength: 100, separator: '-' }),
      logRetention,
      logKey: lake.logKey,
      removalPolicy,
    });
    this.stateMachine.addResourceDependency(this.workGroup);
    for (const { table } of tables) this.stateMachine.node.addDependency(table);
    this.schedule = this.makeSchedule(props);
    if (props.alarmTopic !== undefined)
      new CurationAlarm(this, 'Alarm', {
        whose: `${tables.map(({ dataset }) => `${domain}.${dataset.name}`).join(', ')} in ${environment}`,
        owner: ownersOf(tables.map(({ dataset }) => dataset)),
        stateMachine: this.stateMachine,
        schedule: this.schedule,
        topic: props.alarmTopic,
        runbookUrl: props.runbookUrl,
      });
  }

  private makeWorkGroup(name: string, { curated, results }: CurationProps['lake'], description: string): athena.CfnWorkGroup {
    return new athena.CfnWorkGroup(this, 'WorkGroup', {
      name,
      description,
      recursiveDeleteOption: true, // it holds the history of statements that the log tells of, and nothing of anybody's own
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${results.bucket.bucketName}/${name}/`,
          expectedBucketOwner: Stack.of(this).account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: curated.key.keyArn }, // what it writes into tables too
        },
      },
    });
  }

  /** One rule: the state machine knows who is due at which hour. */
  private makeSchedule({ environment, domain, tables }: CurationProps): events.CfnRule {
    const { role, policy } = new ActorRole(this, 'Starter', {
      environment,
      actor: 'schedule',
      assumedBy: serviceOfThisAccount(this, 'events.amazonaws.com'),
      description: `Starts the folds of ${domain}`,
      statements: [allow('Start', ['states:StartExecution'], [this.stateMachine.attrArn])],
    });
    const rounds = tables.map(({ dataset }) => foldEveryHours(dataset));
    const hours = [...new Set(rounds.flatMap(foldHours))].sort((a, b) => a - b);
    const days = rounds.every((round) => round === WEEK) ? 'SUN' : '*';
    const schedule = new events.CfnRule(this, 'Schedule', {
      description: `Folds ${domain} in ${environment}`,
      scheduleExpression: `cron(${minuteOf(`${environment}/${domain}`)} ${hours.length === 24 ? '*' : hours.join(',')} ? * ${days} *)`,
      targets: [{ id: 'Curation', arn: this.stateMachine.attrArn, roleArn: role.roleArn }],
    });
    schedule.addResourceDependency(policy);
    return schedule;
  }
}

const databaseOf = (props: Pick<CurationProps, 'environment' | 'domain' | 'databaseName'>): string =>
  props.databaseName ?? databaseName(props.environment, props.domain);

/** Domains begin at different minutes: Athena runs so many statements of an account at once and no more. */
const minuteOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE() % MINUTES;

/** What is folded, and how. @throws {@link InvalidProps} */
function foldedBy(scope: Curation, props: CurationProps): readonly Folded[] {
  const { tables } = props;
  const retention = props.streamRetention ?? DEFAULTS.streamRetention;
  if (tables.length === 0)
    throw new InvalidProps('NoTables', scope, "'tables' must hold a table, got none; add one, or leave the Curation out");
  if (retention.isUnresolved())
    throw new InvalidProps(
      'StreamRetentionUnresolved',
      scope,
      "'streamRetention' must be known when the app is synthesized, got a token; give the longest that it may be",
    );
  const folded = tables.map(({ dataset }) => foldOf(dataset, databaseOf(props), retention.toDays({ integral: false })));
  const bytes = statementBytes(folded);
  if (bytes > MOST_STATEMENTS)
    throw new InvalidProps(
      'StatementsTooLong',
      scope,
      `'tables' must make statements of at most ${MOST_STATEMENTS} bytes, got ${bytes}; give some of the ${tables.length} to another Curation`,
    );
  return folded;
}
