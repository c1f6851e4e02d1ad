import type { Construct } from 'constructs';
import { Replay } from '../replay/replay.ts';
import type { DomainProps } from './domain.ts';
import type { StreamIngestion } from '../ingestion/stream-ingestion.ts';

/** What the replay of some datasets is made of. */
export interface DomainReplayProps extends Pick<
  DomainProps,
  'environment' | 'domain' | 'datasets' | 'lake' | 'replayTopic' | 'replayTopicKey' | 'logRetention' | 'removalPolicy'
> {
  readonly ingestions: ReadonlyMap<string, StreamIngestion>;
}

/** The replay of the datasets that stand in one stack; none where there are none. */
export function replayOf(scope: Construct, id: string, props: DomainReplayProps): Replay | undefined {
  const { environment, domain, datasets, lake, ingestions, removalPolicy, replayTopic, replayTopicKey, logRetention } = props;
  const replayed = datasets.flatMap((dataset) => {
    const ingestion = ingestions.get(dataset.name);
    return ingestion === undefined ? [] : [{ dataset, stream: ingestion.stream, transform: ingestion.transform }];
  });
  if (replayed.length === 0) return undefined;
  return new Replay(scope, id, {
    environment,
    domain,
    datasets: replayed,
    lake,
    removalPolicy,
    ...(replayTopic === undefined ? {} : { topic: replayTopic }),
    ...(replayTopicKey === undefined ? {} : { topicKey: replayTopicKey }),
    ...(logRetention === undefined ? {} : { logRetention }),
  });
}
