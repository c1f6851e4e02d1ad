import { Stack } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { policySize } from '../security/policy-size.ts';
import { allow } from '../security/statements.ts';
import type { Lake } from '../storage/lake.ts';

/** What opens a domain, or a dataset of it. */
export interface Opening {
  /** What is opened, as people know it. */
  readonly what: string;
  /** Its ARNs in the catalog. */
  readonly catalog: readonly string[];
  /** Patterns of the keys of its objects in `clean`. */
  readonly keys: readonly string[];
  /** In `curated`, whose tables say which objects are theirs: nothing is listed there. */
  readonly curatedKeys: readonly string[];
}

const THROUGH_ATHENA = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } } as const;

/**
 * What one policy opens: in the catalog, and in `clean` and `curated` through Athena and in no other way. A view runs as whoever asks, so the role itself
 * reads what lies under it.
 */
export class ReadStatements {
  private readonly catalog: iam.PolicyStatement;
  private readonly list: iam.PolicyStatement;
  private readonly read: iam.PolicyStatement;
  private readonly prefixes: string[] = [];
  private room: number;

  /**
   * @param room Characters that the policy has left for it
   * @param catalog ARNs in the catalog that it opens whatever else it does
   */
  constructor(
    private readonly scope: IConstruct,
    private readonly lake: Pick<Lake, 'clean' | 'curated'>,
    room: number,
    catalog: readonly string[] = [],
  ) {
    this.catalog = allow('ReadCatalog', ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'], catalog);
    this.list = allow('ListCleanThroughAthena', ['s3:ListBucket'], [lake.clean.bucket.bucketArn], {
      StringLike: { 's3:prefix': [] },
      ...THROUGH_ATHENA,
    });
    this.read = allow('ReadThroughAthena', ['s3:GetObject'], [], THROUGH_ATHENA);
    this.room = room - statementsSize(scope, [this.catalog, this.list, this.read]);
  }

  /** Those that open something: IAM knows no statement without a resource. */
  public get statements(): iam.PolicyStatement[] {
    return [
      ...(this.catalog.resources.length === 0 ? [] : [this.catalog]),
      ...(this.prefixes.length === 0 ? [] : [this.list, this.read]),
    ];
  }

  /** Whether further statements fit beside what it opens; those that do take their room. */
  public hasRoomFor(statements: readonly iam.PolicyStatement[]): boolean {
    const size = statementsSize(this.scope, statements);
    if (size > this.room) return false;
    this.room -= size;
    return true;
  }

  /** Opens more, if the policy has room for it: gives the statements that this begins, or undefined where there is no room. */
  public open({ catalog, keys, curatedKeys }: Opening): iam.PolicyStatement[] | undefined {
    const before = this.statements;
    const { clean, curated } = this.lake;
    const objects = [
      ...keys.map((pattern) => clean.bucket.arnForObjects(pattern)),
      ...curatedKeys.map((pattern) => curated.bucket.arnForObjects(pattern)),
    ];
    const size = policySize(Stack.of(this.scope).resolve([...catalog, ...keys, ...objects]));
    if (size > this.room) return undefined;
    this.room -= size;
    this.prefixes.push(...keys);
    this.catalog.addResources(...catalog);
    this.list.addCondition('StringLike', { 's3:prefix': [...this.prefixes] });
    this.read.addResources(...objects);
    return this.statements.filter((statement) => !before.includes(statement));
  }
}

/** About how many characters IAM will count in a policy of these statements. */
export const statementsSize = (scope: IConstruct, statements: readonly iam.PolicyStatement[]): number =>
  policySize(
    Stack.of(scope).resolve({
      Version: '2012-10-17',
      Statement: statements.map((statement) => statement.toStatementJson() as unknown),
    }),
  );
