import type { Measure } from '../cloudwatch/metric.ts';
import type { Execution, ExecutionRecord } from './execution.ts';

const ENDS: Readonly<Record<ExecutionRecord['status'], string | undefined>> = {
  RUNNING: undefined,
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  ABORTED: 'ExecutionsAborted',
  TIMED_OUT: 'ExecutionsTimedOut',
};

/** Measures an execution that begins, and what it comes to. @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export function measureExecution(execution: Execution, measure: Measure): void {
  const { stateMachineArn: StateMachineArn } = execution.record;
  const tell = (values: Readonly<Record<string, number>>): void => {
    measure('AWS/States', { StateMachineArn }, values);
  };
  tell({ ExecutionsStarted: 1 });
  execution.over.on(() => {
    const { status, started, stopped = started } = execution.record;
    const end = ENDS[status];
    if (end !== undefined) tell({ [end]: 1, ExecutionTime: stopped - started });
  });
}
