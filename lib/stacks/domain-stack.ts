import { CfnOutput, Stack, Tags, type StackProps } from 'aws-cdk-lib/core';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { QuarantineDelivery, StreamIngestion } from '../../constructs/ingestion/index.ts';
import { StewardRole } from '../../constructs/security/index.ts';
import { importLake } from '../../constructs/storage/index.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, outputKey, pascalCase } from '../../core/naming.ts';
import { SECRET_BYTES } from '../../core/record/protect.ts';
import { datasetPrefix } from '../../core/storage/layout.ts';
import { DEPLOYED, monthlyVolume } from '../../core/cost/volume.ts';
import type { Environment } from '../config/environment.ts';
import { datasetTags, TAGS } from '../tags.ts';

export interface DomainStackProps extends StackProps {
  readonly environment: Environment;
  readonly domain: string;
  /** The domain's datasets, in a stable order. */
  readonly datasets: readonly DatasetContract[];
}

/** All that one domain's contracts need. A domain's team deploys it alone. */
export class DomainStack extends Stack {
  constructor(scope: Construct, id: string, { environment, domain, datasets, ...props }: DomainStackProps) {
    super(scope, id, props);
    const { name, removalPolicy, logRetention } = environment;
    Tags.of(this).add(TAGS.domain, domain);
    const lake = importLake(this, name);
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: this.account,
      databaseInput: { name: databaseName(name, domain), description: `Datasets of ${domain} in ${name}` },
    });
    database.applyRemovalPolicy(removalPolicy);
    const protectionSecret = new secrets.Secret(this, 'ProtectionSecret', {
      description: `Hashes and tokens of ${domain}; a new value changes every token`,
      encryptionKey: lake.closedKey,
      generateSecretString: { passwordLength: 2 * SECRET_BYTES, excludePunctuation: true },
      removalPolicy,
    });
    const quarantine = new QuarantineDelivery(this, 'Quarantine', {
      environment: name,
      domain,
      quarantine: lake.quarantine,
      logRetention,
      removalPolicy,
    });
    const steward = new StewardRole(this, 'Steward', { environment: name, domain, lake });
    new CfnOutput(this, outputKey.stewardRole, { value: steward.role.roleArn });

    const ingestions = new Construct(this, 'Datasets'); // a scope of their own: a dataset may have any name
    for (const dataset of datasets) {
      const ingestion = new StreamIngestion(ingestions, pascalCase(dataset.name), {
        environment: name,
        dataset,
        lake,
        databaseName: databaseName(name, domain),
        quarantine: quarantine.stream,
        protectionSecret,
        shards: environment.shards === 0 ? 0 : Math.max(environment.shards, shardsNeeded(dataset)),
        streamRetention: environment.streamRetention,
        logRetention,
        removalPolicy,
      });
      for (const [key, value] of Object.entries(datasetTags(dataset))) Tags.of(ingestion).add(key, value);
      ingestion.table.node.addDependency(database);
      new CfnOutput(this, outputKey.streamName(dataset.name), { value: ingestion.stream.streamName });
      new CfnOutput(this, outputKey.producerRole(dataset.name), { value: ingestion.producer.roleArn });
      new CfnOutput(this, outputKey.prefix(dataset.name), { value: datasetPrefix(dataset) });
    }
  }
}

/** Shards that carry the peak of the stated volume. */
const shardsNeeded = (dataset: DatasetContract): number => monthlyVolume(dataset, DEPLOYED).shardsNeeded;
