import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { isCurated } from '../../core/curated/cadence.ts';
import { curatedDomainPrefix } from '../../core/curated/curated-location.ts';
import { divideFolds, foldOf, MOST_STATEMENTS, statementBytes } from '../../core/curated/folds.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, pascalCase } from '../../core/naming.ts';
import { IcebergTables } from '../catalog/iceberg-tables.ts';
import { statementsSize } from '../serving/read-statements.ts';
import { CuratedTable } from '../transformation/curated-table.ts';
import { curatorStatements } from '../transformation/curator-statements.ts';
import { Curation } from '../transformation/curation.ts';
import type { DatasetIngestion } from './dataset-ingestions.ts';
import type { DomainProps } from './domain.ts';

/** What the curated tables of some datasets are made of. */
export interface DomainCurationProps extends Pick<
  DomainProps,
  'environment' | 'domain' | 'lake' | 'streamRetention' | 'alarmTopic' | 'runbookUrl' | 'logRetention' | 'removalPolicy'
> {
  readonly ingestions: Iterable<readonly [DatasetContract, DatasetIngestion]>;
  /** From 1: which part of a domain that one stack does not hold. */
  readonly part: number;
}

/** The curated tables of one stack, with what folds them. */
export interface DomainCuration {
  /** By the dataset's name. */
  readonly tables: ReadonlyMap<string, CuratedTable>;
  /** Each with as many tables as the policy of its role can name: three or more. */
  readonly curations: readonly Curation[];
}

/** Characters of a policy, less what every workflow may for its log and trace. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LARGEST_POLICY = 6144 - 600;
/** Where streams say no retention of theirs. */
const STREAM_RETENTION = Duration.hours(24);

/** Makes the curated tables of those datasets whose contracts ask for one, and folds them; makes nothing where none does. */
export function curate(scope: Construct, props: DomainCurationProps): DomainCuration {
  const { environment, domain, lake, removalPolicy, part, ingestions } = props;
  const curated = [...ingestions].flatMap(([dataset, ingestion]) => (isCurated(dataset) ? [{ dataset, ingestion }] : []));
  if (curated.length === 0) return { tables: new Map(), curations: [] };
  const database = databaseName(environment, domain);
  const streamRetention = props.streamRetention ?? STREAM_RETENTION;
  const logs = props.logRetention === undefined ? {} : { logRetention: props.logRetention };
  // one for all: a table that moved to another when one was added before it would not deploy
  const maker = new IcebergTables(scope, 'CuratedTables', {
    environment,
    databaseName: database,
    prefix: curatedDomainPrefix(domain),
    lake,
    ...logs,
    removalPolicy,
  });
  const ofDatasets = new Construct(scope, 'Curated'); // a scope of their own: a dataset may have any name
  const tables = curated.map(({ dataset, ingestion }) => {
    const table = new CuratedTable(ofDatasets, pascalCase(dataset.name), { dataset, maker, lake, removalPolicy });
    table.node.addDependency(ingestion.table); // and so the database; a fold reads it
    return table;
  });
  const streamDays = streamRetention.toDays({ integral: false });
  const groups = divideFolds(tables, (group) => {
    const datasets = group.map(({ dataset }) => dataset);
    const statements = curatorStatements(scope, {
      workGroup: `headwaters-${environment}-${domain}-curation-part00-00`,
      databaseName: database,
      datasets,
      lake,
    });
    return (
      statementBytes(datasets.map((dataset) => foldOf(dataset, database, streamDays))) <= MOST_STATEMENTS &&
      statementsSize(scope, statements) <= LARGEST_POLICY
    );
  });
  const curations = groups.map((group, index) => {
    const name = ['curation', ...(part === 1 ? [] : [`part${part}`]), ...(index === 0 ? [] : [String(index + 1)])].join('-');
    return new Curation(scope, `Curation${index === 0 ? '' : index + 1}`, {
      environment,
      domain,
      name,
      tables: group,
      lake,
      streamRetention,
      ...(props.alarmTopic === undefined ? {} : { alarmTopic: props.alarmTopic }),
      runbookUrl: props.runbookUrl,
      ...logs,
      removalPolicy: RemovalPolicy.DESTROY, // its log has a name: were it left, the next machine that a contract asks for could not be made
    });
  });
  return { tables: new Map(tables.map((table) => [table.dataset.name, table])), curations };
}
