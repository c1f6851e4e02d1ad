import { ARN, definition, failing, pass, refusal, states, task, caught, type Answer } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const each = (rest: object, item: Answer = task()) => ({
  Type: 'Map',
  End: true,
  ItemProcessor: { StartAt: 'Item', States: { Item: item } },
  ...rest,
});
const distributed = (rest: object, item: Answer = task()) =>
  each({
    ...rest,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'Item',
      States: { Item: item },
    },
  });

/** States beside each other: branches, items, and items as executions of their own. */
export const stepFunctionsMaps: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'Parallel runs its branches on the same input and answers a list; when one fails, the state fails',
      basis: 'documented',
      source: guide('state-parallel'),
      holds: async () => {
        const branch = (state: Answer, index: number) => ({ StartAt: `B${index}`, States: { [`B${index}`]: state } });
        const both = (...branches: Answer[]) =>
          definition({ A: { Type: 'Parallel', End: true, Branches: branches.map(branch) } });
        expect((await states(both(pass({ Output: '{% $states.input.n %}' }), pass({ Output: 2 }))).run({ n: 1 })).output).toEqual(
          [1, 2],
        );
        const failed = await states(
          both(pass(), { Type: 'Fail', Error: 'Broken', Cause: '{% "n is " & $string($states.input.n) %}' }),
        ).run({ n: 1 });
        expect(failed).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'n is 1' });
      },
    },
    {
      says: 'Map runs its states for each of Items, with $states.context.Map.Item, sees the variables around it, and answers a list in their order',
      basis: 'documented',
      source: guide('state-map-inline'),
      holds: async () => {
        const selector = {
          value: '{% $states.context.Map.Item.Value %}',
          index: '{% $states.context.Map.Item.Index %}',
          n: '{% $n %}',
        };
        const machine = definition({
          A: pass({ Assign: { n: 7 }, Next: 'M' }),
          M: each(
            { Items: '{% $states.input.list %}', ItemSelector: selector },
            pass({ Output: '{% $states.input.value * 10 + $states.input.index + $n %}' }),
          ),
        });
        expect((await states(machine).run({ list: [1, 2, 3] })).output).toEqual([17, 28, 39]);
      },
    },
    {
      says: 'MaxConcurrency bounds how many items of a Map run at once',
      basis: 'documented',
      source: guide('state-map-inline'),
      holds: async () => {
        const took = async (MaxConcurrency: number): Promise<number> => {
          const item = { Type: 'Wait', Seconds: 60, End: true };
          const { begin, clock, describe } = states(definition({ M: each({ Items: [1, 2, 3, 4], MaxConcurrency }, item) }));
          const arn = await begin();
          await clock.advance(86_400_000);
          const { startDate, stopDate } = await describe(arn);
          return Number(stopDate) - Number(startDate);
        };
        expect(await took(1)).toBe(240);
        expect(await took(2)).toBe(120);
        expect(await took(0)).toBe(60);
      },
    },
    {
      says: 'one item that fails fails an inline Map',
      basis: 'documented',
      source: guide('state-map-inline'),
      holds: async () => {
        const machine = definition({ M: each({ Items: [1, 2, 3], ...caught('States.ALL') }), Caught: pass() });
        const answer = (asked: number): unknown => (asked === 2 ? failing('Broken')() : asked);
        expect((await states(machine, { answer }).run()).output).toMatchObject({ error: 'Broken' });
      },
    },
    {
      says: 'a distributed Map answers for its items that succeeded while no more fail than it tolerates, else it fails with States.ExceedToleratedFailureThreshold',
      basis: 'documented',
      source: guide('state-map-distributed'),
      holds: async () => {
        const answer = (asked: number): unknown => (asked === 2 ? failing('Broken')() : asked);
        const machine = (ToleratedFailurePercentage: number) =>
          definition({ M: distributed({ Items: [1, 2, 3, 4], ToleratedFailurePercentage }) });
        expect((await states(machine(25), { answer }).run()).output).toEqual([1, 3, 4]);
        expect((await states(machine(24), { answer }).run()).error).toBe('States.ExceedToleratedFailureThreshold');
      },
    },
    {
      says: 'the cause of States.ExceedToleratedFailureThreshold says nothing of the items that failed',
      basis: 'observed',
      source: recorded('scenarios/test_base_scenarios'),
      holds: async () => {
        const machine = definition({ M: distributed({ Items: [1] }) });
        expect((await states(machine, { answer: failing('Broken') }).run()).cause).toBe(
          'The specified tolerated failure threshold was exceeded',
        );
      },
    },
    {
      says: 'the children of a distributed Map see no variable of their parent, and their role needs states:StartExecution on the state machine',
      basis: 'documented',
      source: guide('iam-policies-eg-dist-map'),
      holds: async () => {
        const machine = definition({
          A: pass({ Assign: { n: 7 }, Next: 'M' }),
          M: distributed({ Items: [1], ToleratedFailurePercentage: 100 }, pass({ Output: '{% $n %}' })),
        });
        expect((await states(machine).run()).output).toEqual([]);
        const { run, service } = states(definition({ M: distributed({ Items: [1] }) }), { denied: ['states:StartExecution'] });
        expect((await refusal(run())).code).toBe('AccessDeniedException');
        service.start(service.machine(ARN), '{}', 'as-administrator');
        expect(service.executionsOf(ARN)).toHaveLength(1);
      },
    },
    {
      says: 'a branch of Parallel that fails stops its neighbours',
      basis: 'documented',
      source: guide('state-parallel'),
      holds: async () => {
        const machine = definition({
          P: {
            Type: 'Parallel',
            End: true,
            Branches: [
              { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Late' }, Late: task() } },
              { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'No' } } },
            ],
          },
        });
        const { run, asked } = states(machine);
        expect((await run()).error).toBe('No');
        expect(asked).toEqual([]);
      },
    },
  ],
};
