import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Replay } from '../replay/replay.ts';
import type { DomainProps } from './domain.ts';
import type { DatasetContract } from '../../core/contract/model.ts';
import type { DatasetIngestion } from './dataset-ingestions.ts';

/** What the replay of some datasets is made of. */
export interface DomainReplayProps extends Pick<
  DomainProps,
  'environment' | 'domain' | 'lake' | 'replayTopic' | 'replayTopicKey' | 'logRetention' | 'removalPolicy'
> {
  readonly ingestions: Iterable<readonly [DatasetContract, DatasetIngestion]>;
}

/** Datasets of one replay: one policy names all their streams, twice, and IAM takes some more than these. Another number moves datasets. */
export const MOST_REPLAYED = 16;

/**
 * The replay of each dataset that stands in one stack, by the dataset's name: one for the first sixteen, one for the next. A dataset that is
 * added at the end changes the last alone.
 */
export function replaysOf(scope: Construct, props: DomainReplayProps): ReadonlyMap<string, Replay> {
  const { environment, domain, lake, ingestions, removalPolicy, replayTopic, replayTopicKey, logRetention } = props;
  const replayed = [...ingestions].map(([dataset, ingestion]) => {
    const { transform } = ingestion;
    return 'stream' in ingestion
      ? { dataset, transform, stream: ingestion.stream }
      : { dataset, transform, delivery: ingestion.delivery };
  });
  const replays = new Map<string, Replay>();
  for (let start = 0, part = 1; start < replayed.length; start += MOST_REPLAYED, part += 1) {
    const slice = replayed.slice(start, start + MOST_REPLAYED);
    const replay = new Replay(scope, `Replay${part === 1 ? '' : part}`, {
      environment,
      domain,
      datasets: slice,
      lake,
      // one that comes and goes with datasets takes its logs with it: one of them has a name, and would be in the way of the next
      removalPolicy: part === 1 ? removalPolicy : RemovalPolicy.DESTROY,
      ...(replayTopic === undefined ? {} : { topic: replayTopic }),
      ...(replayTopicKey === undefined ? {} : { topicKey: replayTopicKey }),
      ...(logRetention === undefined ? {} : { logRetention }),
    });
    for (const { dataset } of slice) replays.set(dataset.name, replay);
  }
  return replays;
}
