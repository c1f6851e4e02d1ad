import { GetQueryExecutionCommand, AthenaClient } from '@aws-sdk/client-athena';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { isCurated } from '../../../core/curated/cadence.ts';
import { each, type Scenario } from './scenario.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
/** Statements of a fold end within seconds of the clock. */
const MOST_MINUTES = 60;

/** What arrived is folded into the curated tables, and those are tidied. */
export const curate: readonly Scenario[] = [
  {
    name: 'a fold brings what has arrived into the curated tables, and tidies them',
    run: async (world) => {
      const machines = world.resources.filter(
        ({ type, logicalId }) => type === 'AWS::StepFunctions::StateMachine' && logicalId.startsWith('Curation'),
      );
      const curated = world.datasets.filter(({ contract }) => isCurated(contract));
      await each(machines, async ({ stack, ref }) => {
        const datasets = curated.filter((each) => stack.includes(`-Domain-${each.contract.domain}`)).map((each) => each.contract.name); // prettier-ignore
        await fold(world, ref, { datasets, tidy: true });
      });
    },
  },
];

async function fold({ runtime, clock }: World, stateMachineArn: string, input: object): Promise<void> {
  const options = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const states = new SFNClient(options);
  try {
    const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
    for (let minute = 0; minute < MOST_MINUTES; minute += 1) {
      await clock.advance(MINUTE_MS);
      const { status } = await states.send(new DescribeExecutionCommand({ executionArn }));
      if (status === 'SUCCEEDED') return;
      if (status !== 'RUNNING') throw new Error(await whyFailed(states, new AthenaClient(options), executionArn ?? ''));
    }
    throw new Error(`the fold ${executionArn ?? ''} has not ended within ${MOST_MINUTES} minutes`);
  } finally {
    states.destroy();
  }
}

/** What people read who look a failed fold up: the history of the execution, and what Athena says of its queries. */
async function whyFailed(states: SFNClient, athena: AthenaClient, executionArn: string): Promise<string> {
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
  const causes = events.flatMap(({ taskFailedEventDetails, taskSubmitFailedEventDetails, executionFailedEventDetails }) =>
    [taskFailedEventDetails, taskSubmitFailedEventDetails, executionFailedEventDetails].flatMap((each) => each?.cause ?? []),
  );
  const queries = new Set(causes.flatMap((cause) => cause.match(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g) ?? []));
  const reasons: string[] = [];
  for (const QueryExecutionId of queries) {
    // ids of requests and keys look the same
    const found = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId })).catch(() => undefined);
    reasons.push(found?.QueryExecution?.Status?.StateChangeReason ?? '');
  }
  athena.destroy();
  return [...causes, ...reasons].join('\n');
}
