import { Tags, Token } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DEPLOYED, monthlyVolume } from '../../core/cost/volume.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { ingestionForm } from '../../core/ingestion/ingestion-form.ts';
import { databaseName, pascalCase } from '../../core/naming.ts';
import { DirectPutIngestion } from '../ingestion/direct-put-ingestion.ts';
import { DirectPutShared } from '../ingestion/direct-put-shared.ts';
import { refuseShards } from '../ingestion/refuse-shards.ts';
import { StreamIngestion, type StreamIngestionProps } from '../ingestion/stream-ingestion.ts';
import { ownersOf, refuseProducers } from '../domain-datasets.ts';
import { datasetTags } from './tags.ts';

/** What every ingestion of them is given; `shards` are the least of each stream. */
export interface DatasetIngestionsProps extends Omit<StreamIngestionProps, 'dataset' | 'databaseName' | 'shards'> {
  readonly domain: string;
  readonly datasets: readonly DatasetContract[];
  readonly shards: number;
  readonly producersAssumedBy?: Readonly<Record<string, iam.IPrincipal>>;
}

/** How events of one dataset come in. */
export type DatasetIngestion = StreamIngestion | DirectPutIngestion;

/** The datasets of a domain that stand in one stack, in a scope of their own: a dataset may have any name. */
export class DatasetIngestions extends Construct {
  /** Of datasets with a stream of their own, by their names. */
  public readonly streams: ReadonlyMap<string, StreamIngestion>;
  /** Of datasets that need none, by their names. */
  public readonly directPuts: ReadonlyMap<string, DirectPutIngestion>;

  constructor(scope: Construct, id: string, props: DatasetIngestionsProps) {
    super(scope, id);
    const { datasets, shards, producersAssumedBy = {} } = props;
    refuseShards(this, shards);
    const producers = new Map(Object.entries(producersAssumedBy));
    refuseProducers(this, [...producers.keys()], datasets);
    const ofForm = (form: ReturnType<typeof ingestionForm>) => datasets.filter((dataset) => ingestionForm(dataset) === form);
    this.streams = this.makeStreams(props, ofForm('stream'), producers);
    this.directPuts = this.makeDirectPuts(scope, props, ofForm('direct-put'), producers);
    for (const [dataset, ingestion] of this.all(datasets)) {
      const own = producers.has(dataset.name) ? [ingestion, ingestion.producer] : [ingestion]; // a shared producer is of no dataset
      for (const [key, value] of Object.entries(datasetTags(dataset))) for (const one of own) Tags.of(one).add(key, value);
    }
  }

  /** Each of them, in the order of the datasets. */
  public *all(datasets: readonly DatasetContract[]): Iterable<readonly [DatasetContract, DatasetIngestion]> {
    for (const dataset of datasets) {
      const ingestion = this.streams.get(dataset.name) ?? this.directPuts.get(dataset.name);
      if (ingestion !== undefined) yield [dataset, ingestion];
    }
  }

  private makeStreams(
    { domain, shards, ...shared }: DatasetIngestionsProps,
    datasets: readonly DatasetContract[],
    producers: ReadonlyMap<string, iam.IPrincipal>,
  ): ReadonlyMap<string, StreamIngestion> {
    const isFixed = shards === 0 || Token.isUnresolved(shards);
    return new Map(
      datasets.map((dataset) => {
        const producerAssumedBy = producers.get(dataset.name) ?? shared.producerAssumedBy;
        const ingestion = new StreamIngestion(this, pascalCase(dataset.name), {
          ...shared,
          ...(producerAssumedBy === undefined ? {} : { producerAssumedBy }),
          dataset,
          databaseName: databaseName(shared.environment, domain),
          shards: isFixed ? shards : Math.max(shards, monthlyVolume(dataset, DEPLOYED).shardsNeeded),
        });
        return [dataset.name, ingestion];
      }),
    );
  }

  /** What they share stands beside this scope, where a dataset may have any name. */
  private makeDirectPuts(
    scope: Construct,
    props: DatasetIngestionsProps,
    datasets: readonly DatasetContract[],
    producersAssumedBy: ReadonlyMap<string, iam.IPrincipal>,
  ): ReadonlyMap<string, DirectPutIngestion> {
    if (datasets.length === 0) return new Map();
    const given = { ...props, databaseName: databaseName(props.environment, props.domain) };
    const theirs = [...producersAssumedBy].filter(([name]) => datasets.some((dataset) => dataset.name === name));
    const shared = new DirectPutShared(scope, 'DirectPut', {
      ...given,
      datasets,
      producersAssumedBy: Object.fromEntries(theirs),
      owner: ownersOf(datasets),
    });
    return new Map(
      datasets.map((dataset) => [
        dataset.name,
        new DirectPutIngestion(this, pascalCase(dataset.name), { ...given, dataset, shared }),
      ]),
    );
  }
}
