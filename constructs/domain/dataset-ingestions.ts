import { Tags, Token } from 'aws-cdk-lib/core';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DEPLOYED, monthlyVolume } from '../../core/cost/volume.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, pascalCase } from '../../core/naming.ts';
import { refuseShards } from '../ingestion/refuse-shards.ts';
import { StreamIngestion, type StreamIngestionProps } from '../ingestion/stream-ingestion.ts';
import { refuseProducers } from './domain-datasets.ts';
import { datasetTags } from './tags.ts';

/** What every `StreamIngestion` of them is given; `shards` are the least of each stream. */
export interface DatasetIngestionsProps extends Omit<StreamIngestionProps, 'dataset' | 'databaseName' | 'shards'> {
  readonly domain: string;
  readonly datasets: readonly DatasetContract[];
  readonly shards: number;
  readonly producersAssumedBy?: Readonly<Record<string, iam.IPrincipal>>;
}

/** The datasets of a domain that stand in one stack, in a scope of their own: a dataset may have any name. */
export class DatasetIngestions extends Construct {
  /** By the datasets' names. */
  public readonly ingestions: ReadonlyMap<string, StreamIngestion>;

  constructor(
    scope: Construct,
    id: string,
    { domain, datasets, shards, producersAssumedBy = {}, ...shared }: DatasetIngestionsProps,
  ) {
    super(scope, id);
    refuseShards(this, shards);
    const producers = new Map(Object.entries(producersAssumedBy));
    refuseProducers(this, [...producers.keys()], datasets);
    const isFixed = shards === 0 || Token.isUnresolved(shards);
    this.ingestions = new Map(
      datasets.map((dataset) => {
        const producerAssumedBy = producers.get(dataset.name) ?? shared.producerAssumedBy;
        const ingestion = new StreamIngestion(this, pascalCase(dataset.name), {
          ...shared,
          ...(producerAssumedBy === undefined ? {} : { producerAssumedBy }),
          dataset,
          databaseName: databaseName(shared.environment, domain),
          shards: isFixed ? shards : Math.max(shards, monthlyVolume(dataset, DEPLOYED).shardsNeeded),
        });
        for (const [key, value] of Object.entries(datasetTags(dataset))) Tags.of(ingestion).add(key, value);
        return [dataset.name, ingestion];
      }),
    );
  }
}
