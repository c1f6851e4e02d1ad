import type { Caller } from '../../service.ts';
import type { StateMachines } from '../state-machines.ts';
import { StatesError } from '../states-error.ts';
import type { Integration, Job } from './integration.ts';
import { optimized, type OptimizedService } from './optimized.ts';
import { SDK_SERVICES } from './sdk-services.ts';
import type { Task } from './task.ts';

const STEP_FUNCTIONS: OptimizedService = {
  sdk: SDK_SERVICES.sfn,
  prefix: 'StepFunctions',
  called: 'AWSStepFunctions',
};

/** What `.sync` tells of an execution, in its order. */
const TOLD = [
  'Cause', 'Error', 'ExecutionArn', 'Input', 'InputDetails', 'Name', 'Output', 'OutputDetails', 'StartDate', 'StateMachineArn',
  'Status', 'StopDate',
]; // prettier-ignore
/** What `.sync:2` tells as JSON, and `.sync` as text. */
const DATA = ['Input', 'Output'];

type Members = Readonly<Record<string, unknown>>;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
export function nestedIntegrations(
  machines: () => Pick<StateMachines, 'service' | 'execution' | 'endingOf'>,
): Readonly<Record<string, Integration>> {
  const task = (operation: string, members: readonly string[]): Task =>
    optimized(STEP_FUNCTIONS, () => machines().service, operation, members);
  const start = task('StartExecution', ['Input', 'Name', 'StateMachineArn', 'TraceHeader']);
  const describe = task('DescribeExecution', ['ExecutionArn']);
  const stop = task('StopExecution', ['ExecutionArn']);
  const job =
    (asData: boolean): Job =>
    (answer: unknown, caller: () => Caller) => {
      const { ExecutionArn } = answer as { readonly ExecutionArn: string };
      if (ExecutionArn.includes(':express:'))
        throw new StatesError('States.Runtime', "not simulated: '.sync' of an Express workflow");
      return {
        isOver: () => machines().execution(ExecutionArn).status !== 'RUNNING',
        onOver: (listener) => {
          machines().endingOf(ExecutionArn)?.on(listener);
        },
        result: async () => resultOf((await describe({ ExecutionArn }, caller())) as Members, asData),
        stop: async () => {
          await stop({ ExecutionArn }, caller());
        },
      };
    };
  return {
    'states:startExecution': {
      call: start,
      waits: true,
      jobs: { sync: job(false), 'sync:2': job(true) },
      rule: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
    },
  };
}

/** @throws StatesError States.TaskFailed for an execution that has not succeeded */
function resultOf(described: Members, asData: boolean): unknown {
  const told = TOLD.filter((member) => member in described).map((member): [string, unknown] => {
    const value = described[member];
    return [member, asData && DATA.includes(member) ? JSON.parse(String(value)) : value];
  });
  const result = Object.fromEntries(told);
  if (result.Status === 'SUCCEEDED') return result;
  throw new StatesError('States.TaskFailed', JSON.stringify(result));
}
