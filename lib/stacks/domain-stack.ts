import { CfnOutput, Stack, type CfnElement, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DatasetIngestions, type DatasetIngestionsProps } from '../../constructs/domain/dataset-ingestions.ts';
import { curate } from '../../constructs/domain/domain-curation.ts';
import { importDomain } from '../../constructs/domain/domain-exports.ts';
import { replaysOf } from '../../constructs/domain/domain-replay.ts';
import { Domain, type DomainProps } from '../../constructs/domain/domain.ts';
import { TAGS } from '../../constructs/domain/tags.ts';
import { importNetwork } from '../../constructs/network/index.ts';
import { importAlarmTopic } from '../../constructs/operations/index.ts';
import { importLake } from '../../constructs/storage/index.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, outputKey, viewName } from '../../core/naming.ts';
import { datasetPrefix } from '../../core/storage/layout.ts';
import { zoneCount, type Environment } from '../config/environment.ts';
import { trustedBy } from '../config/trusted.ts';

export interface DomainStackProps extends StackProps {
  readonly environment: Environment;
  readonly domain: string;
  /** From 1: the first holds all that the domain's datasets share, further ones datasets alone (docs/adr/0017). */
  readonly part: number;
  /** The part's datasets, in a stable order. */
  readonly datasets: readonly DatasetContract[];
  /** Who answers for the domain's rejects, in whatever part its datasets stand. */
  readonly owner: string;
}

/** All that one domain's contracts need, or what one stack holds of it. A domain's team deploys its stacks alone. */
export class DomainStack extends Stack {
  private readonly logicalIds = new Map<CfnElement, string>();

  constructor(scope: Construct, id: string, props: DomainStackProps) {
    const { environment, domain, part, datasets, owner, ...stackProps } = props;
    super(scope, id, { ...stackProps, tags: { ...stackProps.tags, [TAGS.domain]: domain } });
    const {
      name,
      shards,
      shardMetrics,
      streamRetention,
      longestBuffer,
      eventBridge,
      logRetention,
      removalPolicy,
      network,
      alarms,
    } = environment;
    const { topic, key } = importAlarmTopic(this, name);
    const steward = trustedBy(environment, { actor: 'steward', domain });
    const settings = {
      environment: name,
      domain,
      datasets,
      owner,
      lake: { ...importLake(this, name), tellsEventBridge: eventBridge },
      shards,
      shardMetrics,
      streamRetention,
      longestBuffer,
      logRetention,
      removalPolicy,
      ...(network === undefined ? {} : { network: importNetwork(this, name, zoneCount(network)) }),
      replayTopic: topic,
      replayTopicKey: key,
      ...(alarms === undefined ? {} : { alarmTopic: topic, runbookUrl: environment.runbookUrl }),
      producersAssumedBy: Object.fromEntries(
        datasets.flatMap((dataset) => {
          const producer = trustedBy(environment, { actor: 'producer', domain, dataset: dataset.name });
          return producer === undefined ? [] : [[dataset.name, producer] as const];
        }),
      ),
      ...(steward === undefined ? {} : { stewardAssumedBy: steward }),
    };
    const { ingestions, directPuts, replays, curation } = this.datasets(part, settings);
    for (const [dataset, { stream, producer }] of ingestions) {
      new CfnOutput(this, outputKey.streamName(dataset), { value: stream.streamName });
      new CfnOutput(this, outputKey.streamArn(dataset), { value: stream.streamArn });
      new CfnOutput(this, outputKey.view(dataset), { value: `${databaseName(name, domain)}.${viewName(dataset)}` });
      new CfnOutput(this, outputKey.producerRole(dataset), { value: producer.roleArn });
    }
    for (const [dataset, { delivery, producer }] of directPuts) {
      new CfnOutput(this, outputKey.deliveryStreamName(dataset), { value: delivery.ref });
      new CfnOutput(this, outputKey.view(dataset), { value: `${databaseName(name, domain)}.${viewName(dataset)}` });
      new CfnOutput(this, outputKey.producerRole(dataset), { value: producer.roleArn });
    }
    for (const dataset of datasets) new CfnOutput(this, outputKey.prefix(dataset.name), { value: datasetPrefix(dataset) });
    const all = [...new Set(replays.values())];
    for (const [index, { functionName, stateMachine }] of all.entries()) {
      new CfnOutput(this, outputKey.replayFunction(index + 1), { value: functionName });
      new CfnOutput(this, outputKey.replay(index + 1), { value: stateMachine.attrArn });
    }
    for (const [dataset, replay] of replays)
      if (replay !== all[0]) new CfnOutput(this, outputKey.replayOf(dataset), { value: String(all.indexOf(replay) + 1) });
    for (const [dataset, { table }] of curation.tables)
      new CfnOutput(this, outputKey.curatedTable(dataset), { value: `${databaseName(name, domain)}.${table.tableName}` });
    for (const [index, { stateMachine }] of curation.curations.entries())
      new CfnOutput(this, outputKey.curation(index + 1), { value: stateMachine.attrArn });
  }

  /** Each id is made once: the CDK hashes a construct's path anew for every reference to it. */
  protected override allocateLogicalId(element: CfnElement): string {
    const known = this.logicalIds.get(element) ?? super.allocateLogicalId(element);
    this.logicalIds.set(element, known);
    return known;
  }

  private datasets(
    part: number,
    settings: DomainProps & Pick<DatasetIngestionsProps, 'shards'>,
  ): Pick<Domain, 'ingestions' | 'directPuts' | 'replays' | 'curation'> {
    const { environment, domain } = settings;
    if (part > 1) {
      const shared = importDomain(this, environment, domain);
      const ingestions = new DatasetIngestions(this, 'Datasets', { ...settings, ...shared });
      const { streams, directPuts } = ingestions;
      return {
        ingestions: streams,
        directPuts,
        replays: replaysOf(this, { ...settings, ingestions: ingestions.all(settings.datasets) }),
        curation: curate(this, { ...settings, ingestions: ingestions.all(settings.datasets), part }),
      };
    }
    const first = new Domain(this, 'Default', settings); // 'Default' leaves no trace in logical ids
    first.export();
    new CfnOutput(this, outputKey.stewardRole, { value: first.steward.roleArn });
    return first;
  }
}
