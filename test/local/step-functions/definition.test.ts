import { byPaths } from './paths-rig.ts';
import { definition, pass, states, task, type Answer } from './rig.ts';

const retry = (rest: object) => ({ A: task({ Retry: [{ ErrorEquals: ['No'], ...rest }] }) });
const parallel = (...Branches: Answer[]) => ({ A: { Type: 'Parallel', End: true, Branches } });
const branch = (name: string): Answer => ({ StartAt: name, States: { [name]: pass() } });
const labelled = (Label: string) => ({
  M: {
    Type: 'Map',
    End: true,
    Label,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...branch('I') },
  },
});

it.each<[string, Readonly<Record<string, Answer>>]>([
  ["'States.A.Branches[1].States.B' is the name of another", parallel(branch('B'), branch('B'))],
  ['at most 80', { ['x'.repeat(81)]: pass() }],
  ["'Lost', which is not reachable", { A: pass(), Lost: pass() }],
  ["'States.A.Branches' must not be empty", parallel()],
  ["'States.A.Choices[0].Condition' is required", { A: { Type: 'Choice', Choices: [{ Next: 'B' }] }, B: pass() }],
  ['States.ALL in its last', { A: task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['No'] }] }) }],
  ["'States.W.Seconds' or Timestamp must be there", { W: { Type: 'Wait', End: true } }],
  [
    "'States.W.Seconds' or Timestamp must be there",
    { W: { Type: 'Wait', Seconds: 1, Timestamp: '2001-01-09T09:00:00Z', End: true } },
  ],
  ["'States.W.Timestamp' must be an RFC3339 timestamp", { W: { Type: 'Wait', Timestamp: '2001-01-09 09:00:00Z', End: true } }],
  ["'States.M.Label' must have 1 to 40 characters", labelled('x'.repeat(41))],
  ["'States.M.Label' must have 1 to 40 characters", labelled('a b')],
  ["'States.M.Label' must have 1 to 40 characters", labelled('')],
  ['IntervalSeconds', retry({ IntervalSeconds: 0 })],
  ['MaxAttempts', retry({ MaxAttempts: -1 })],
  ['BackoffRate', retry({ BackoffRate: 0.5 })],
  ['MaxDelaySeconds', retry({ MaxDelaySeconds: 0 })],
  ['JitterStrategy', retry({ JitterStrategy: 'HALF' })],
])('is refused: %s', (message, machine) => {
  expect(() => states(definition(machine))).toThrow(message);
});

it.each(['$.a[*]', '$..a', '$.a[(@.length-1)]', "$['a','b']"])('is refused with %s for the place of a result', (ResultPath) => {
  expect(() => states(byPaths({ A: { Type: 'Pass', ResultPath, End: true } }))).toThrow('must be a reference path');
});

it('is refused with a time of nothing', () => {
  expect(() => states(definition({ A: pass() }, { TimeoutSeconds: 0 }))).toThrow('TimeoutSeconds');
});

it('takes what retries never', () => {
  expect(() => states(definition(retry({ MaxAttempts: 0, BackoffRate: 1, JitterStrategy: 'NONE' })))).not.toThrow();
});

it('takes a variable in a branch that the state around it assigns too', () => {
  const Branches = [{ StartAt: 'B', States: { B: pass({ Assign: { n: 1 } }) } }];
  const P = { Type: 'Parallel', Branches, Catch: [{ ErrorEquals: ['States.ALL'], Assign: { n: 2 }, Next: 'A' }], Next: 'A' };
  expect(() => states(definition({ P, A: pass() }))).not.toThrow();
  expect(() => states(definition({ P, A: pass({ Assign: { n: 3 } }) }))).toThrow("must not assign 'n'");
});
