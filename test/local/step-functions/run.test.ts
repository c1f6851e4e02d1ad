import { definition, failing, pass, states, task, type Answer } from './rig.ts';

const mapOf = (rest: object, items: Readonly<Record<string, Answer>>, config: object = {}): Answer => ({
  Type: 'Map',
  End: true,
  Items: [1, 2],
  ...rest,
  ItemProcessor: { ...config, StartAt: Object.keys(items)[0], States: items },
});
const childrenOf = (ExecutionType: 'EXPRESS' | 'STANDARD') => ({ ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType } });
const wait = (Seconds: unknown, rest: object = { End: true }): Answer => ({ Type: 'Wait', Seconds, ...rest });

describe('children of a distributed Map', () => {
  const waiting = { W: wait(120, { Next: 'T' }), T: task() };

  it('do nothing more once their parent is stopped', async () => {
    const { begin, clock, send, asked } = states(definition({ M: mapOf({}, waiting, childrenOf('EXPRESS')) }));
    const executionArn = await begin();
    await clock.advance(1000);
    await send('StopExecution', { executionArn });
    await clock.advance(300_000);
    expect(asked).toEqual([]);
  });

  it('do nothing more once more of them failed than the Map tolerates', async () => {
    const items = {
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'F' }], Default: 'W' },
      F: { Type: 'Fail', Error: 'No' },
      ...waiting,
    };
    const { run, asked } = states(definition({ M: mapOf({}, items, childrenOf('EXPRESS')) }));
    expect((await run()).error).toBe('States.ExceedToleratedFailureThreshold');
    expect(asked).toEqual([]);
  });

  it('may fail up to the lower of two thresholds', async () => {
    const machine = (ToleratedFailureCount: number, ToleratedFailurePercentage: number) =>
      definition({
        M: mapOf({ ToleratedFailureCount, ToleratedFailurePercentage }, { F: { Type: 'Fail' } }, childrenOf('EXPRESS')),
      });
    expect((await states(machine(2, 100)).run()).output).toEqual([]);
    expect((await states(machine(1, 100)).run()).error).toBe('States.ExceedToleratedFailureThreshold');
    expect((await states(machine(2, 50)).run()).error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('end with the time of their parent', async () => {
    const machine = definition({ M: mapOf({}, waiting, childrenOf('STANDARD')) }, { TimeoutSeconds: 60 });
    const { run, asked } = states(machine);
    expect((await run()).status).toBe('TIMED_OUT');
    expect(asked).toEqual([]);
  });

  it('take five minutes at most as Express workflows alone', async () => {
    const after = async (type: 'EXPRESS' | 'STANDARD') =>
      (await states(definition({ M: mapOf({}, { W: wait(301) }, childrenOf(type)) })).run()).status;
    expect(await after('STANDARD')).toBe('SUCCEEDED');
    expect(await after('EXPRESS')).toBe('FAILED');
  });

  it('have an execution of their own in $states.context', async () => {
    const items = { A: pass({ Output: '{% $states.context.Execution %}' }) };
    const { output } = await states(definition({ M: mapOf({ Label: 'each' }, items, childrenOf('EXPRESS')) })).run({ all: true });
    const [one, two] = output as Answer[];
    expect(one).toMatchObject({ Input: 1, Id: expect.stringContaining(':execution:machine/each:') as string });
    expect(two?.Id).not.toBe(one?.Id);
  });
});

it('counts the retries of a state in its context', async () => {
  const machine = definition({
    A: task({ Arguments: '{% $states.context.State.RetryCount %}', Retry: [{ ErrorEquals: ['No'] }] }),
  });
  const { run, asked } = states(machine, { answer: (count: number) => (count < 2 ? failing('No')() : count) });
  expect((await run()).output).toBe(2);
  expect(asked).toEqual([0, 1, 2]);
});

describe('a number that the state cannot take', () => {
  it.each([
    ['MaxConcurrency', -1],
    ['MaxConcurrency', 0.5],
    ['ToleratedFailureCount', 'many'],
    ['ToleratedFailurePercentage', 101],
  ])('fails a Map with the %s %s', async (field, value) => {
    const machine = definition({
      M: mapOf({ [field]: `{% ${JSON.stringify(value)} %}` }, { F: pass() }, childrenOf('EXPRESS')),
    });
    expect((await states(machine).run()).error).toBe('States.QueryEvaluationError');
  });

  it.each(['"a"', 'null', '-1'])('fails a Wait of %s seconds', async (seconds) => {
    expect((await states(definition({ W: wait(`{% ${seconds} %}`) })).run()).error).toBe('States.QueryEvaluationError');
  });
});

it.each(['2001-01-09', '2001-01-09T09:00:00', 'soon'])('fails a Wait until %s, which is no time', async (Timestamp) => {
  const machine = definition({ W: { Type: 'Wait', Timestamp: `{% "${Timestamp}" %}`, End: true } });
  expect((await states(machine).run()).error).toBe('States.QueryEvaluationError');
});

describe('a payload that is too large', () => {
  const huge = '{% $pad("x", 262145) %}';

  it('is not handed to a branch of Parallel', async () => {
    const Branches = [{ StartAt: 'B', States: { B: pass({ Output: 1 }) } }];
    const machine = definition({ P: { Type: 'Parallel', End: true, Arguments: huge, Branches } });
    expect((await states(machine).run()).error).toBe('States.DataLimitExceeded');
  });

  it('is not handed to an item of a Map', async () => {
    const machine = definition({ M: mapOf({ ItemSelector: huge }, { I: pass({ Output: 1 }) }) });
    expect((await states(machine).run()).error).toBe('States.DataLimitExceeded');
  });
});

it('tells no data in a history that is asked for without', async () => {
  const { begin, clock, send } = states(definition({ A: task() }));
  const executionArn = await begin({ secret: 1 });
  await clock.advance(1000);
  const history = async (more: object) => JSON.stringify(await send('GetExecutionHistory', { executionArn, ...more }));
  const told = /"(input|output)[^"]*":/;
  expect(await history({ includeExecutionData: true })).toMatch(told);
  expect(await history({ includeExecutionData: false })).not.toMatch(told);
  expect(await history({ includeExecutionData: false })).toContain('"stateEnteredEventDetails":{"name":"A"}');
});
