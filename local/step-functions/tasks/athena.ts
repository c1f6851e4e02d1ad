import type { Athena } from '../../athena/index.ts';
import type { Caller } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import type { Integration, RunningJob } from './integration.ts';
import { optimized, type OptimizedService } from './optimized.ts';
import { SDK_SERVICES } from './sdk-services.ts';
import type { Task } from './task.ts';

const ATHENA: OptimizedService = {
  sdk: SDK_SERVICES.athena,
  prefix: 'Athena',
  called: 'AmazonAthena',
};

const START = [
  'ClientRequestToken',
  'ExecutionParameters',
  'QueryExecutionContext',
  'QueryString',
  'ResultConfiguration',
  'ResultReuseConfiguration',
  'WorkGroup',
];

interface Described {
  readonly QueryExecution: { readonly Status: { readonly State: string } };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html */
export function athenaIntegrations(athena: Pick<Athena, 'service' | 'settled'>): Readonly<Record<string, Integration>> {
  const task = (operation: string, members: readonly string[]): Task =>
    optimized(ATHENA, () => athena.service, operation, members);
  const id = ['QueryExecutionId'];
  const describe = task('GetQueryExecution', id);
  const stop = task('StopQueryExecution', id);
  const query = (answer: unknown, caller: () => Caller): RunningJob => {
    const asked = answer as { readonly QueryExecutionId: string };
    let isOver = false;
    return {
      inRealTime: athena.settled(asked.QueryExecutionId).then(() => {
        isOver = true;
      }),
      isOver: () => isOver,
      onOver: () => undefined,
      result: async () => resultOf(await describe(asked, caller())),
      stop: async () => {
        await stop(asked, caller());
      },
    };
  };
  return {
    'athena:startQueryExecution': { call: task('StartQueryExecution', START), jobs: { sync: query } },
    'athena:stopQueryExecution': { call: stop },
    'athena:getQueryExecution': { call: describe, looks: true },
    'athena:getQueryResults': { call: task('GetQueryResults', [...id, 'MaxResults', 'NextToken', 'QueryResultType']) },
  };
}

/** @throws StatesError States.TaskFailed for a query that has not succeeded */
function resultOf(described: unknown): unknown {
  const { Status } = (described as Described).QueryExecution;
  if (Status.State === 'SUCCEEDED') return described;
  throw new StatesError('States.TaskFailed', JSON.stringify(described));
}
