import { definition, failing, pass, start, states, task, caught } from '../../step-functions/rig.ts';
import { ServiceError, type Caller } from '../../../../local/service.ts';
import { invokeFunction, publish } from '../../../../local/step-functions/index.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const ERRORS = guide('concepts-error-handling');
const DEEP = 'x'.repeat(262_145);
const retry = (rest: object = {}) => [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 2, MaxAttempts: 3, ...rest },
];

/** Errors, who tries again, who takes them, and limits. */
export const stepFunctionsErrors: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'a retrier waits IntervalSeconds, each time BackoffRate times longer, and gives up after MaxAttempts',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const times: number[] = [];
        const rig = states(definition({ A: task({ Retry: retry() }) }), {
          answer: () => {
            times.push((rig.clock.now() - start) / 1000);
            return failing('Lambda.Unknown')();
          },
        });
        expect((await rig.run()).error).toBe('Lambda.Unknown');
        expect(times).toEqual([0, 10, 30, 70]);
      },
    },
    {
      says: 'MaxDelaySeconds bounds the wait, and JitterStrategy FULL makes it anything up to its length',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const last = async (rest: object): Promise<number> => {
          let at = 0;
          const rig = states(definition({ A: task({ Retry: retry(rest) }) }), {
            answer: () => {
              at = rig.clock.now() - start;
              return failing('Lambda.Unknown')();
            },
          });
          await rig.run();
          return at / 1000;
        };
        expect(await last({ MaxDelaySeconds: 15 })).toBe(40);
        expect(await last({ JitterStrategy: 'FULL' })).toBeLessThan(70);
      },
    },
    {
      says: 'a catcher takes what no retrier takes any more: its state goes on with Error and Cause in $states.errorOutput',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const machine = definition({ A: task(caught('Broken')), Caught: pass() });
        expect((await states(machine, { answer: failing('Broken', 'why') }).run()).output).toEqual({
          error: 'Broken',
          cause: 'why',
        });
        expect((await states(machine, { answer: failing('Other') }).run()).error).toBe('Other');
      },
    },
    {
      says: 'States.TaskFailed means every error but States.Timeout; States.ALL means every one but States.Runtime',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        const taken = async (name: string, code: string): Promise<boolean> => {
          const machine = definition({ A: task(caught(name)), Caught: pass() });
          return (await states(machine, { answer: failing(code) }).run()).status === 'SUCCEEDED';
        };
        expect(await taken('States.TaskFailed', 'Anything')).toBe(true);
        expect(await taken('States.TaskFailed', 'States.Timeout')).toBe(false);
        expect(await taken('States.ALL', 'States.Timeout')).toBe(true);
        expect(await taken('States.ALL', 'States.Runtime')).toBe(false);
      },
    },
    {
      says: 'what a service refuses is told with its status, its code and the id of the request',
      basis: 'observed',
      source: recorded('error_handling/test_task_service_lambda'),
      holds: async () => {
        const refuse = (code: string, message: string) => () => {
          throw new ServiceError(code, message, 404);
        };
        const missing = invokeFunction({ invoke: async () => refuse('ResourceNotFoundException', 'Function not found: f')() });
        await expect(missing({ FunctionName: 'f' }, {} as Caller)).rejects.toMatchObject({
          code: 'Lambda.ResourceNotFoundException',
          reason: expect.stringMatching(
            /^Function not found: f \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
          ) as string,
        });
        const unknown = publish({ publish: refuse('NotFoundException', 'Topic does not exist') });
        await expect(unknown({ TopicArn: 't', Message: 'm' }, {} as Caller)).rejects.toMatchObject({
          code: 'SNS.NotFoundException',
          reason: expect.stringMatching(
            /^Topic does not exist \(Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
          ) as string,
        });
      },
    },
    {
      says: 'States.ALL stands alone among the names of a retrier or a catcher',
      basis: 'documented',
      source: ERRORS,
      holds: async () => {
        expect(() => states(definition({ A: task(caught('States.ALL', 'Broken')), Caught: pass() }))).toThrow('States.ALL alone');
      },
    },
    {
      says: 'what a state hands on has at most 262,144 bytes: beyond, the execution fails with States.DataLimitExceeded',
      basis: 'documented',
      source: guide('service-quotas'),
      holds: async () => {
        const machine = definition({ A: task() });
        expect((await states(machine, { answer: () => DEEP.slice(3) }).run()).status).toBe('SUCCEEDED');
        expect((await states(machine, { answer: () => DEEP }).run()).error).toBe('States.DataLimitExceeded');
      },
    },
    {
      says: 'a catcher of States.ALL takes a result that is too large, whatever the guide says; the cause names the service, or the state whose output it is',
      basis: 'observed',
      source: recorded('error_handling/test_states_errors'),
      holds: async () => {
        const machine = definition({ A: task(caught('States.ALL')), Caught: pass() });
        const said = (from: string) =>
          `The state/task '${from}' returned a result with a size exceeding the maximum number of bytes service limit.`;
        expect((await states(machine, { answer: () => DEEP }).run()).output).toEqual({
          error: 'States.DataLimitExceeded',
          cause: said('lambda'),
        });
        const large = definition({ A: pass({ Output: '{% $pad("x", 262145) %}' }) });
        expect(await states(large).run()).toMatchObject({ error: 'States.DataLimitExceeded', cause: said('A') });
      },
    },
  ],
};
