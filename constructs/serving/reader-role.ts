import { Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { isCurated } from '../../core/curated/cadence.ts';
import { curatedPrefix } from '../../core/curated/curated-location.ts';
import { curatedTableName, databaseName, rolePath, tableName, viewName } from '../../core/naming.ts';
import { pastClasses, pastPrefix, pastTableName, type DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { datasetPrefix } from '../../core/storage/layout.ts';
import { InvalidProps } from '../invalid-props.ts';
import { ActorRole } from '../security/actor-role.ts';
import type { Lake } from '../storage/lake.ts';
import { askStatement, browseStatements, curatedStatements, queryStatements } from './ask-statements.ts';
import { ReadStatements, statementsSize, type Opening } from './read-statements.ts';

/**
 * Characters of a managed policy, and managed policies of a role unless the account asks for more.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MOST = { characters: 6144, policies: 10 } as const;

export interface ReaderRoleProps {
  readonly environment: string;
  readonly group: string;
  readonly workGroup: string;
  readonly lake: Pick<Lake, 'clean' | 'curated' | 'results'>;
  /** Domains that are open as a whole. */
  readonly domains: readonly string[];
  /** Those of them whose curated tables are open too. */
  readonly curatedDomains: readonly string[];
  readonly assumedBy: iam.IPrincipal;
}

/** One policy of the role, and how statements come into it. */
interface Policy {
  readonly reads: ReadStatements;
  readonly resource: iam.CfnManagedPolicy;
  readonly add: (statements: readonly iam.PolicyStatement[]) => void;
}

/**
 * Who asks and reads. What is open is named in the role's policies and never covered by a wider pattern: what finds no room in the first
 * stands in further ones (docs/adr/0005).
 */
export class ReaderRole {
  public readonly role: iam.Role;
  private readonly policies: Policy[];
  /** What the first curated table that is opened brings. */
  private forCurated: readonly iam.PolicyStatement[];

  /** @throws {@link InvalidProps} `TooMuchToRead` */
  constructor(
    private readonly scope: Construct,
    private readonly props: ReaderRoleProps,
  ) {
    const { environment, group, workGroup, lake } = props;
    const ask = [askStatement(scope, workGroup), ...browseStatements(scope)];
    const query = queryStatements(scope, workGroup, lake);
    this.forCurated = curatedStatements(scope, lake);
    const reads = new ReadStatements(scope, lake, MOST.characters - statementsSize(scope, [...ask, ...query]), [
      this.glue('catalog'),
      this.glue('database/default'), // where a query without a database begins
    ]);
    const openings = [...new Set(props.domains)].map((domain) => this.wholeDomain(domain));
    const firstLeft = openings.findIndex((opening) => reads.open(opening) === undefined);
    const actor = new ActorRole(scope, 'Actor', {
      environment,
      actor: 'analyst',
      assumedBy: props.assumedBy,
      description: `Asks as ${group}`,
      statements: [...ask, ...reads.statements, ...query],
    });
    this.role = actor.role;
    const add: Policy['add'] = (statements) => {
      actor.add(...statements);
    };
    this.policies = [{ reads, resource: actor.policy, add }];
    for (const opening of openings.slice(0, firstLeft < 0 ? undefined : firstLeft)) this.openCurated(opening);
    for (const opening of firstLeft < 0 ? [] : openings.slice(firstLeft)) this.open(opening);
  }

  /** Opens one dataset of a database, and where it lay before. @throws {@link InvalidProps} `TooMuchToRead` */
  public openDataset(dataset: DatasetWithReleases, database: string): void {
    const { domain, name } = dataset;
    const past = pastClasses(dataset);
    const isFolded = isCurated(dataset);
    const tables = [
      viewName(name),
      tableName(name),
      ...(isFolded ? [curatedTableName(name)] : []),
      ...past.map((retention) => pastTableName(dataset, retention)),
    ];
    const prefixes = [datasetPrefix(dataset), ...past.map((retention) => pastPrefix(dataset, retention))];
    this.open({
      what: `${domain}.${name}`,
      catalog: [this.glue(`database/${database}`), ...tables.map((table) => this.glue(`table/${database}/${table}`))],
      keys: prefixes.map((prefix) => `${prefix}*`),
      curatedKeys: isFolded ? [`${curatedPrefix(dataset)}/*`] : [],
    });
  }

  private wholeDomain(domain: string): Opening {
    const database = databaseName(this.props.environment, domain);
    return {
      what: domain,
      catalog: [this.glue(`database/${database}`), this.glue(`table/${database}/*`)],
      keys: [`keep*/${domain}/*`],
      curatedKeys: this.props.curatedDomains.includes(domain) ? [`${domain}/*`] : [],
    };
  }

  private open(opening: Opening): void {
    this.openCurated(opening);
    const last = this.policies.at(-1);
    const begun = last?.reads.open(opening);
    if (begun === undefined) this.openInAnother(opening);
    else last?.add(begun);
  }

  private openCurated({ curatedKeys }: Opening): void {
    if (curatedKeys.length === 0) return;
    const statements = this.forCurated;
    this.forCurated = [];
    if (statements.length > 0)
      (this.policies.find(({ reads }) => reads.hasRoomFor(statements)) ?? this.another([])).add(statements);
  }

  private openInAnother(opening: Opening): void {
    const reads = new ReadStatements(this.scope, this.props.lake, MOST.characters);
    if (this.policies.length >= MOST.policies || reads.open(opening) === undefined)
      throw new InvalidProps(
        'TooMuchToRead',
        this.scope,
        `'domains' and grants must fit in the ${MOST.policies} policies of a role, got no room for '${opening.what}'; divide them among several groups`,
      );
    this.another(reads.statements, reads);
  }

  /** One policy more, which begins with these statements. */
  private another(
    statements: iam.PolicyStatement[],
    reads = new ReadStatements(this.scope, this.props.lake, MOST.characters),
  ): Policy {
    const { environment, group } = this.props;
    const number = this.policies.length + 1;
    const document = new iam.PolicyDocument({ statements, minimize: false });
    const resource = new iam.CfnManagedPolicy(this.scope, `Reads${number}`, {
      path: rolePath(environment, 'analyst'),
      description: `What ${group} may read, part ${number}`,
      policyDocument: document,
      roles: [this.role.roleName],
    });
    // what a new domain pushes over is opened there before it is closed here
    this.policies.at(-1)?.resource.addResourceDependency(resource);
    const add: Policy['add'] = (further) => {
      document.addStatements(...further);
    };
    const policy = { reads, resource, add };
    this.policies.push(policy);
    return policy;
  }

  private glue(resource: string): string {
    const { partition, region, account } = Stack.of(this.scope);
    return `arn:${partition}:glue:${region}:${account}:${resource}`;
  }
}
