import { RemovalPolicy, Stack, type Size } from 'aws-cdk-lib/core';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, pascalCase, tableName, viewName } from '../../core/naming.ts';
import type { NamedQuery } from '../../core/query/named-query.ts';
import { datasetPrefix } from '../../core/storage/layout.ts';
import { ActorRole } from '../security/actor-role.ts';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';

/** What `Consumer` needs. */
export interface ConsumerProps {
  /** Environment's name: a segment of role paths and of names. */
  readonly environment: string;
  /** Name of the group of people: a segment of the workgroup's name. */
  readonly group: string;
  /**
   * Domains whose readers' views the group may query, all of them; `grantRead` opens one dataset.
   *
   * @default - none
   */
  readonly domains?: readonly string[];
  /** What the group reads, and where its results lie. */
  readonly lake: Pick<Lake, 'clean' | 'results'>;
  /**
   * What a deletion of the stack does to the workgroup's history and queries: with `DESTROY` they go with it, else a workgroup that was
   * ever used cannot be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /** Bytes that one query may scan; at least 10 MB. A query that would scan more is stopped. */
  readonly scanCutoff: Size;
  /**
   * Questions that stand ready in the workgroup, their sources resolved; one with parameters as a prepared statement.
   *
   * @default - none
   */
  readonly namedQueries?: readonly (NamedQuery & { readonly sql: string })[];
}

const DEFAULTS = { removalPolicy: RemovalPolicy.RETAIN } as const;

/** A group of people who ask: their workgroup, their role, and nothing else of the lake. */
export class Consumer extends Construct {
  /** `headwaters-<environment>-<group>`: what a query must name. */
  public readonly workGroup: athena.CfnWorkGroup;
  /** May be assumed by anybody of the account whom IAM lets. */
  public readonly role: iam.IRole;
  private readonly environment: string;
  private readonly actor: ActorRole;
  private readonly clean: Lake['clean'];
  private readonly catalog: iam.PolicyStatement;
  private readonly granted = new Set<string>();

  constructor(scope: Construct, id: string, props: ConsumerProps) {
    super(scope, id);
    const { environment, group, lake } = props;
    const { account } = Stack.of(this);
    const name = `headwaters-${environment}-${group}`;
    this.workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name,
      description: `Queries of ${group}`,
      recursiveDeleteOption: (props.removalPolicy ?? DEFAULTS.removalPolicy) === RemovalPolicy.DESTROY,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.scanCutoff.toBytes(),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${lake.results.bucket.bucketName}/${name}/`,
          expectedBucketOwner: account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: lake.results.key.keyArn },
        },
      },
    });
    this.environment = environment;
    this.clean = lake.clean;
    this.catalog = this.readCatalog(props.domains ?? []);
    this.actor = new ActorRole(this, 'Actor', {
      environment,
      actor: 'analyst',
      assumedBy: new iam.AccountRootPrincipal(),
      description: `Asks as ${group}`,
      statements: this.statements(props, name),
    });
    this.role = this.actor.role;
    const questions = new Construct(this, 'Questions'); // a scope of their own: a question may have any name
    for (const query of props.namedQueries ?? []) {
      const { id: question, description, sql: queryString, parameters, statementName } = query;
      const made =
        parameters.length > 0
          ? new athena.CfnPreparedStatement(questions, question, {
              statementName,
              description: `${description}; EXECUTE ${statementName} USING ${parameters.join(', ')}`,
              queryStatement: queryString,
              workGroup: name,
            })
          : new athena.CfnNamedQuery(questions, question, {
              name: query.name,
              description,
              database: databaseName(environment, query.domain),
              queryString,
              workGroup: name,
            });
      made.addResourceDependency(this.workGroup);
    }
  }

  /** Lets the group query one dataset, by its view and through Athena; its neighbours stay closed. */
  public grantRead(dataset: DatasetContract): void {
    const { domain, name } = dataset;
    const key = pascalCase(`${domain}_${name}`);
    if (this.granted.has(key)) return; // IAM takes no statement twice
    this.granted.add(key);
    const database = databaseName(this.environment, domain);
    this.catalog.addResources(
      this.glue(`database/${database}`),
      ...[viewName(name), tableName(name)].map((table) => this.glue(`table/${database}/${table}`)),
    );
    this.actor.add(...this.readClean(key, [`${datasetPrefix(dataset)}*`]));
  }

  /** The views run as whoever asks, so the role reads `clean` itself: through Athena, and in no other way. */
  private statements({ domains = [], lake }: ConsumerProps, workGroup: string): iam.PolicyStatement[] {
    const { partition, region, account } = Stack.of(this);
    const { clean, results } = lake;
    return [
      allow(
        'Ask',
        [
          'athena:BatchGetNamedQuery',
          'athena:BatchGetPreparedStatement',
          'athena:BatchGetQueryExecution',
          'athena:GetNamedQuery',
          'athena:GetPreparedStatement',
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
          'athena:GetQueryResultsStream',
          'athena:GetWorkGroup',
          'athena:ListNamedQueries',
          'athena:ListPreparedStatements',
          'athena:ListQueryExecutions',
          'athena:StartQueryExecution',
          'athena:StopQueryExecution',
        ],
        [`arn:${partition}:athena:${region}:${account}:workgroup/${workGroup}`],
      ),
      this.catalog,
      ...(domains.length === 0 // IAM knows no statement without a resource
        ? []
        : this.readClean(
            '',
            domains.map((domain) => `keep*/${domain}/*`),
          )),
      allow('FindBuckets', ['s3:GetBucketLocation'], [clean.bucket.bucketArn, results.bucket.bucketArn]),
      allow(
        'KeepResults',
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        [results.bucket.arnForObjects(`${workGroup}/*`)],
      ),
      allow('ListResults', ['s3:ListBucket', 's3:ListBucketMultipartUploads'], [results.bucket.bucketArn], {
        StringLike: { 's3:prefix': `${workGroup}/*` },
      }),
      allowZoneKey(this, 'DecryptClean', clean, ['kms:Decrypt']),
      allowZoneKey(this, 'EncryptResults', results, ['kms:Decrypt', 'kms:GenerateDataKey']),
    ];
  }

  private readCatalog(domains: readonly string[]): iam.PolicyStatement {
    const databases = domains.map((domain) => databaseName(this.environment, domain));
    return allow(
      'ReadCatalog',
      ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'],
      [
        this.glue('catalog'),
        this.glue('database/default'), // where a query without a database begins
        ...databases.map((name) => this.glue(`database/${name}`)),
        ...databases.map((name) => this.glue(`table/${name}/*`)),
      ],
    );
  }

  /** Rights on objects of `clean` whose keys match, through Athena and in no other way. */
  private readClean(of: string, keys: readonly string[]): iam.PolicyStatement[] {
    const { bucket } = this.clean;
    const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
    return [
      allow(`ListClean${of}ThroughAthena`, ['s3:ListBucket'], [bucket.bucketArn], {
        StringLike: { 's3:prefix': keys },
        ...throughAthena,
      }),
      allow(
        `ReadClean${of}ThroughAthena`,
        ['s3:GetObject'],
        keys.map((pattern) => bucket.arnForObjects(pattern)),
        throughAthena,
      ),
    ];
  }

  private glue(resource: string): string {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:glue:${region}:${account}:${resource}`;
  }
}
