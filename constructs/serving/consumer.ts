import { Stack, type Size } from 'aws-cdk-lib/core';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { databaseName } from '../../core/naming.ts';
import type { NamedQuery } from '../../core/query/named-query.ts';
import { ActorRole } from '../security/actor-role.ts';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';

/** What `Consumer` needs. */
export interface ConsumerProps {
  /** Environment's name: a segment of role paths and of names. */
  readonly environment: string;
  /** Name of the group of people: a segment of the workgroup's name. */
  readonly group: string;
  /** Domains whose readers' views the group may query. */
  readonly domains: readonly string[];
  /** What the group reads, and where its results lie. */
  readonly lake: Pick<Lake, 'clean' | 'results'>;
  /** Bytes that one query may scan; at least 10 MB. A query that would scan more is stopped. */
  readonly scanCutoff: Size;
  /**
   * Questions that stand ready in the workgroup, their sources resolved.
   *
   * @default - none
   */
  readonly namedQueries?: readonly (NamedQuery & { readonly sql: string })[];
}

/** A group of people who ask: their workgroup, their role, and nothing else of the lake. */
export class Consumer extends Construct {
  /** `headwaters-<environment>-<group>`: what a query must name. */
  public readonly workGroup: athena.CfnWorkGroup;
  /** May be assumed by anybody of the account whom IAM lets. */
  public readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: ConsumerProps) {
    super(scope, id);
    const { environment, group, lake } = props;
    const { account } = Stack.of(this);
    const name = `headwaters-${environment}-${group}`;
    this.workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name,
      description: `Queries of ${group}`,
      recursiveDeleteOption: true,
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
    const actor = new ActorRole(this, 'Actor', {
      environment,
      actor: 'analyst',
      assumedBy: new iam.AccountRootPrincipal(),
      description: `Asks as ${group}`,
      statements: this.statements(props, name),
    });
    this.role = actor.role;
    const questions = new Construct(this, 'Questions'); // a scope of their own: a question may have any name
    for (const query of props.namedQueries ?? []) {
      new athena.CfnNamedQuery(questions, query.id, {
        name: query.name,
        description: query.description,
        database: databaseName(environment, query.domain),
        queryString: query.sql,
        workGroup: name,
      }).addResourceDependency(this.workGroup);
    }
  }

  /** The views run as whoever asks, so the role reads `clean` itself: through Athena, and in no other way. */
  private statements({ environment, domains, lake }: ConsumerProps, workGroup: string): iam.PolicyStatement[] {
    const { partition, region, account } = Stack.of(this);
    const { clean, results } = lake;
    const databases = domains.map((domain) => databaseName(environment, domain));
    const glue = (resource: string) => `arn:${partition}:glue:${region}:${account}:${resource}`;
    const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
    return [
      allow(
        'Ask',
        [
          'athena:BatchGetNamedQuery',
          'athena:BatchGetQueryExecution',
          'athena:GetNamedQuery',
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
          'athena:GetQueryResultsStream',
          'athena:GetWorkGroup',
          'athena:ListNamedQueries',
          'athena:ListQueryExecutions',
          'athena:StartQueryExecution',
          'athena:StopQueryExecution',
        ],
        [`arn:${partition}:athena:${region}:${account}:workgroup/${workGroup}`],
      ),
      allow(
        'ReadCatalog',
        ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'],
        [
          glue('catalog'),
          glue('database/default'), // where a query without a database begins
          ...databases.map((name) => glue(`database/${name}`)),
          ...databases.map((name) => glue(`table/${name}/*`)),
        ],
      ),
      ...(domains.length === 0
        ? [] // IAM knows no statement without a resource
        : [
            allow('ListCleanThroughAthena', ['s3:ListBucket'], [clean.bucket.bucketArn], {
              StringLike: { 's3:prefix': domains.map((domain) => `keep*/${domain}/*`) },
              ...throughAthena,
            }),
            allow(
              'ReadCleanThroughAthena',
              ['s3:GetObject'],
              domains.map((domain) => clean.bucket.arnForObjects(`keep*/${domain}/*`)),
              throughAthena,
            ),
          ]),
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
}
