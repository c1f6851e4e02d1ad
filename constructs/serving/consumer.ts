import { RemovalPolicy, Stack, type Size } from 'aws-cdk-lib/core';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isCurated } from '../../core/curated/cadence.ts';
import { databaseName } from '../../core/naming.ts';
import type { NamedQuery } from '../../core/query/named-query.ts';
import type { DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { announceDomain, takeName } from '../lake-neighbours.ts';
import type { Lake } from '../storage/lake.ts';
import { takeEnvironment } from '../take-environment.ts';
import { refuseConsumer, workGroupName } from './consumer-rules.ts';
import { ReaderRole } from './reader-role.ts';

/** What `Consumer` needs. */
export interface ConsumerProps {
  /**
   * Environment's name: a segment of role paths and of names; up to 16 lower-case letters and digits.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /**
   * Name of the group of people: a segment of the workgroup's name, which is at most 128 letters, digits, '.', '_' and '-'.
   *
   * @throws {@link InvalidProps} `BadGroup`, and `GroupTwice` where the app has the group in this environment already
   * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html
   */
  readonly group: string;
  /**
   * Domains whose readers' views the group may query, all of them; `grantRead` opens one dataset. Some twenty fill a policy, and a role has
   * ten: more than 150 domains for a group.
   *
   * @default - none
   * @throws {@link InvalidProps} `BadDomain`, `TooMuchToRead`
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly domains?: readonly string[];
  /**
   * Those of `domains` whose curated tables the group may query too, all of them. Where a domain has none, nothing is to be opened.
   *
   * @default - none
   * @throws {@link InvalidProps} `UnknownDomain`
   */
  readonly curatedDomains?: readonly string[];
  /** What the group reads, and where its results lie. */
  readonly lake: Pick<Lake, 'clean' | 'curated' | 'results'>;
  /**
   * What a deletion of the stack does to the workgroup's history and queries: with `DESTROY` they go with it, else a workgroup that was
   * ever used cannot be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Bytes that one query may scan, a whole number; at least 10 MB. A query that would scan more is stopped.
   *
   * @throws {@link InvalidProps} `ScanCutoffTooSmall`, `ScanCutoffNotWhole`
   * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html
   */
  readonly scanCutoff: Size;
  /**
   * Who may become the group: a role that exists already, a federated identity, the account under conditions.
   *
   * @default - anybody of the account whom IAM lets
   */
  readonly assumedBy?: iam.IPrincipal;
  /**
   * Questions that stand ready in the workgroup, their sources resolved; one with parameters as a prepared statement.
   *
   * @default - none
   * @throws {@link InvalidProps} `QuestionTwice`, `BadQuestionName`, `BadStatementName`
   */
  readonly namedQueries?: readonly (NamedQuery & { readonly sql: string })[];
}

const DEFAULTS = { removalPolicy: RemovalPolicy.RETAIN } as const;

/** A group of people who ask: their workgroup, their role, and nothing else of the lake. */
export class Consumer extends Construct {
  /** `headwaters-<environment>-<group>`: what a query must name. */
  public readonly workGroup: athena.CfnWorkGroup;
  /** May ask, read what is open to the group, and nothing else. */
  public readonly role: iam.IRole;
  private readonly reader: ReaderRole;
  private readonly environment: string;
  /** What has been opened: `domain`, or `domain.dataset`, in another database than the domain's with its name. */
  private readonly opened: Set<string>;
  private readonly curatedDomains: readonly string[];

  constructor(scope: Construct, id: string, props: ConsumerProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    refuseConsumer(this, props);
    takeName(this, props.environment, workGroupName(props), 'GroupTwice', "'group'");
    for (const domain of props.domains ?? []) announceDomain(this, props.environment, domain);
    const { environment, group, lake } = props;
    this.environment = environment;
    const { account } = Stack.of(this);
    const name = workGroupName(props);
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
    this.reader = new ReaderRole(this, {
      environment,
      group,
      workGroup: name,
      lake,
      domains: props.domains ?? [],
      curatedDomains: props.curatedDomains ?? [],
      assumedBy: props.assumedBy ?? new iam.AccountRootPrincipal(),
    });
    this.role = this.reader.role;
    this.opened = new Set(props.domains);
    this.curatedDomains = props.curatedDomains ?? [];
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

  /**
   * Lets the group query one dataset, by its view and through Athena; its neighbours stay closed.
   *
   * @param database Glue database of its table and view, where its `StreamIngestion` was given another than its domain's
   * @throws {@link InvalidProps} `TooMuchToRead`
   */
  public grantRead(dataset: DatasetWithReleases, database = databaseName(this.environment, dataset.domain)): void {
    const { domain, name } = dataset;
    const isDomains = database === databaseName(this.environment, domain);
    const what = isDomains ? `${domain}.${name}` : `${domain}.${name} in ${database}`;
    const isWhole = !isCurated(dataset) || this.curatedDomains.includes(domain);
    if ((isDomains && isWhole && this.opened.has(domain)) || this.opened.has(what)) return;
    this.opened.add(what);
    this.reader.openDataset(dataset, database);
  }
}
