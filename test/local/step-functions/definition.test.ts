import { definition, pass, states, task, type Answer } from './rig.ts';

const retry = (rest: object) => ({ A: task({ Retry: [{ ErrorEquals: ['No'], ...rest }] }) });
const parallel = (...Branches: Answer[]) => ({ A: { Type: 'Parallel', End: true, Branches } });
const branch = (name: string): Answer => ({ StartAt: name, States: { [name]: pass() } });

it.each<[string, Readonly<Record<string, Answer>>]>([
  ["'States.A.Branches[1].States.B' is the name of another", parallel(branch('B'), branch('B'))],
  ['at most 80', { ['x'.repeat(81)]: pass() }],
  ["'Lost', which is not reachable", { A: pass(), Lost: pass() }],
  ["'States.A.Branches' must not be empty", parallel()],
  ["'States.A.Choices[0].Condition' is required", { A: { Type: 'Choice', Choices: [{ Next: 'B' }] }, B: pass() }],
  ['States.ALL in its last', { A: task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['No'] }] }) }],
  ['IntervalSeconds', retry({ IntervalSeconds: 0 })],
  ['MaxAttempts', retry({ MaxAttempts: -1 })],
  ['BackoffRate', retry({ BackoffRate: 0.5 })],
  ['MaxDelaySeconds', retry({ MaxDelaySeconds: 0 })],
  ['JitterStrategy', retry({ JitterStrategy: 'HALF' })],
])('is refused: %s', (message, machine) => {
  expect(() => states(definition(machine))).toThrow(message);
});

it('is refused with a time of nothing', () => {
  expect(() => states(definition({ A: pass() }, { TimeoutSeconds: 0 }))).toThrow('TimeoutSeconds');
});

it('takes what retries never', () => {
  expect(() => states(definition(retry({ MaxAttempts: 0, BackoffRate: 1, JitterStrategy: 'NONE' })))).not.toThrow();
});
