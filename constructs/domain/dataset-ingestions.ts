import { Tags, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DEPLOYED, monthlyVolume } from '../../core/cost/volume.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, pascalCase } from '../../core/naming.ts';
import { refuseShards } from '../ingestion/refuse-shards.ts';
import { StreamIngestion, type StreamIngestionProps } from '../ingestion/stream-ingestion.ts';
import { datasetTags } from './tags.ts';

/** What every `StreamIngestion` of them is given; `shards` are the least of each stream. */
export interface DatasetIngestionsProps extends Omit<StreamIngestionProps, 'dataset' | 'databaseName' | 'shards'> {
  readonly domain: string;
  readonly datasets: readonly DatasetContract[];
  readonly shards: number;
}

/** The datasets of a domain that stand in one stack, in a scope of their own: a dataset may have any name. */
export class DatasetIngestions extends Construct {
  /** By the datasets' names. */
  public readonly ingestions: ReadonlyMap<string, StreamIngestion>;

  constructor(scope: Construct, id: string, { domain, datasets, shards, ...shared }: DatasetIngestionsProps) {
    super(scope, id);
    refuseShards(this, shards);
    const isFixed = shards === 0 || Token.isUnresolved(shards);
    this.ingestions = new Map(
      datasets.map((dataset) => {
        const ingestion = new StreamIngestion(this, pascalCase(dataset.name), {
          ...shared,
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
