import type { Services } from './assembly/resource-type.ts';
import type { StateFolder } from './state-folder.ts';

/**
 * Gives resources that are there what an earlier process saved of them, each once: called before a deployment lets anything run, and when all is
 * deployed.
 *
 * @param isWhole Whether every stack is there
 * @throws StateError `StateUnreadable`
 */
export function takeUp(
  { kinesis, firehose, topics, queues, tables, mappings, cloudwatch, events, lambda }: Omit<Services, 'customResources'>,
  state: StateFolder,
  isWhole: boolean,
): void {
  kinesis.restore();
  firehose.restore(state.deliveries);
  topics.restore(state.topics);
  queues.restore(state.queues, isWhole);
  tables.restore();
  mappings.restore(state.mappings);
  cloudwatch.restore(state.metrics);
  events.restore(state.events);
  lambda.events.restore(state.invocations, (arn) => lambda.has(arn) && lambda.strangeRuntime(arn) === undefined);
}
