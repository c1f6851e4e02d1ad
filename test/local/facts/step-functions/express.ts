import { definition, pass, refusal, states, task } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const RECORDED = recorded('test_sfn_api_express');
const TYPES = guide('choosing-workflow-type');
const EXPRESS = { type: 'EXPRESS' } as const;
const ARN = /^arn:aws:states:us-east-1:123456789012:express:machine:one:[\da-f-]{36}$/;

/** Express workflows: they run, and nobody can be asked what came of them. */
export const stepFunctionsExpress: FactTable = {
  service: 'Step Functions, Express workflows',
  facts: [
    {
      says: 'an execution has an ARN of kind express with its name and an id, and there may be many of one name',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { begin, clock, asked } = states(
          definition({ A: task({ Arguments: '{% $states.context.Execution.Id %}' }) }),
          EXPRESS,
        );
        const arns = [await begin({}, { name: 'one' }), await begin({}, { name: 'one' })];
        await clock.advance(1);
        expect(arns).toEqual([expect.stringMatching(ARN), expect.stringMatching(ARN)]);
        expect(new Set(arns).size).toBe(2);
        expect(asked).toEqual(arns);
      },
    },
    {
      says: 'it is an invalid ARN to who describes it, stops it or asks for its history, and executions of such a state machine are not listed',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { begin, send } = states(definition({ A: pass() }), EXPRESS);
        const executionArn = await begin();
        for (const operation of ['DescribeExecution', 'StopExecution', 'GetExecutionHistory'])
          expect(await refusal(send(operation, { executionArn }))).toMatchObject({
            code: 'InvalidArn',
            message: "Invalid Arn: 'Resource type not valid in this context: express'",
          });
        const stateMachineArn = executionArn.replace(/:express:(\w+):.*/, ':stateMachine:$1');
        expect(await refusal(send('ListExecutions', { stateMachineArn }))).toMatchObject({
          code: 'StateMachineTypeNotSupported',
          message: 'This operation is not supported by this type of state machine',
        });
      },
    },
    {
      says: 'a definition that waits for a job or a token, or names an activity, is refused',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        const of = (Resource: string) => () => states(definition({ A: task({ Resource }) }), EXPRESS);
        const refused = (what: string) => `Express state machine does not support ${what}`;
        expect(of('arn:aws:states:::sns:publish.waitForTaskToken')).toThrow(refused("'.waitForTaskToken' service integration"));
        for (const pattern of ['sync', 'sync:2'])
          expect(of(`arn:aws:states:::states:startExecution.${pattern}`)).toThrow(refused("'.sync' service integration"));
        expect(of('arn:aws:states:us-east-1:123456789012:activity:one')).toThrow(refused('Activity ARN'));
      },
    },
    {
      says: 'a definition with a distributed Map is refused',
      basis: 'documented',
      source: TYPES,
      holds: () => {
        const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
        const map = { Type: 'Map', End: true, ItemProcessor: { ProcessorConfig, StartAt: 'P', States: { P: pass() } } };
        expect(() => states(definition({ M: map }), EXPRESS)).toThrow('does not support a distributed Map');
      },
    },
    {
      says: 'an execution takes five minutes at most',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const after = async (Seconds: number) => {
          const machine = definition({ W: { Type: 'Wait', Seconds, Next: 'A' }, A: task() });
          const { begin, clock, asked, lines } = states(machine, EXPRESS);
          await begin({}, { name: 'one' });
          await clock.advance(3_600_000);
          return { asked: asked.length, lines };
        };
        expect(await after(299)).toEqual({ asked: 1, lines: [] });
        expect(await after(301)).toEqual({ asked: 0, lines: ['error the Express execution one is TIMED_OUT'] });
      },
    },
    {
      says: 'a task of another state machine starts one and goes on at once; to wait for its end with .sync is not simulated',
      basis: 'undecided',
      source: guide('connect-stepfunctions'),
      holds: async () => {
        const Arguments = { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:other', Input: {} };
        const outer = (pattern = '') =>
          states(definition({ A: task({ Resource: `arn:aws:states:::states:startExecution${pattern}`, Arguments }) }));
        const started = outer();
        started.create('other', definition({ B: task({ Arguments: 'within' }) }), 'EXPRESS');
        expect(await started.run()).toMatchObject({
          status: 'SUCCEEDED',
          output: { ExecutionArn: expect.stringContaining(':express:other:') as string },
        });
        expect(started.asked).toEqual(['within']);
        const waits = outer('.sync:2');
        waits.create('other', definition({ B: pass() }), 'EXPRESS');
        expect(await waits.run()).toMatchObject({ status: 'FAILED', cause: "not simulated: '.sync' of an Express workflow" });
      },
    },
    {
      says: 'each execution runs once, where AWS runs one at least once; its failure is a line of the log here, by its error’s name, and StartSyncExecution is not simulated',
      basis: 'undecided',
      source: TYPES,
      holds: async () => {
        const { begin, clock, lines, service } = states(
          definition({ F: { Type: 'Fail', Error: 'Mine', Cause: 'with data' } }),
          EXPRESS,
        );
        await begin({}, { name: 'one' });
        await clock.advance(1);
        expect(lines).toEqual(['error the Express execution one is FAILED: Mine']);
        expect(service.isBusy).toBe(false);
        expect(service.service.operations).not.toHaveProperty('StartSyncExecution');
      },
    },
  ],
};
