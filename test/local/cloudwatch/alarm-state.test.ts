import {
  evaluationRange,
  judgeAlarm,
  type AlarmRule,
  type AlarmState,
  type MissingData,
} from '../../../local/cloudwatch/alarm-state.ts';

const KEPT = 'kept';
const TREATMENTS: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const START = Date.UTC(2026, 10, 22, 13);

const rule: AlarmRule = {
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 5,
  evaluationPeriods: 3,
  treatMissingData: 'missing',
};

/** @param points As the documentation writes them, the newest on the right: 0 is not breaching, X is, - is missing */
function judge(points: string, settings: Partial<AlarmRule>, current: AlarmState) {
  const values = points
    .split(' ')
    .map((point) => ({ '0': 0, X: 7 })[point])
    .reverse();
  const times = values.map((_, age) => START - age * 60_000);
  return judgeAlarm({ ...rule, ...settings }, values, times, current);
}

/** The state for each treatment of missing data, whatever it was; or that it stays what it was. */
const statesOf = (points: string, settings: Partial<AlarmRule>): readonly string[] =>
  TREATMENTS.map((treatMissingData) => {
    const before = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
    const after = before.map((current) => judge(points, { ...settings, treatMissingData }, current).state);
    return after.join() === before.join() ? KEPT : [...new Set(after)].join();
  });

test('two periods more are looked at than are evaluated', () => {
  expect(evaluationRange(rule)).toBe(5);
});

describe('the documentation’s table of 3 out of 3', () => {
  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', KEPT, 'ALARM', 'OK']],
  ])('%s', (points, expected) => {
    expect(statesOf(points, { datapointsToAlarm: 3 })).toEqual(expected);
    expect(statesOf(points, {})).toEqual(expected);
  });
});

describe('the documentation’s table of 2 out of 3', () => {
  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', KEPT, 'ALARM', 'OK']],
  ])('%s', (points, expected) => {
    expect(statesOf(points, { datapointsToAlarm: 2 })).toEqual(expected);
  });
});

describe('a premature alarm is avoided', () => {
  it.each([
    ['- - - - X', [KEPT, KEPT, 'ALARM', 'OK']],
    ['- - - X -', [KEPT, KEPT, 'ALARM', 'OK']],
    ['- - - X 0', ['OK', 'OK', 'OK', 'OK']],
    ['- - X - 0', ['OK', 'OK', 'OK', 'OK']],
    ['- - X X -', ['ALARM', KEPT, 'ALARM', 'OK']],
    ['X - - - -', ['ALARM', KEPT, 'ALARM', 'OK']],
  ])('%s', (points, expected) => {
    expect(statesOf(points, {})).toEqual(expected);
  });

  it('of 2 out of 3, where two are there', () => {
    expect(statesOf('- - - X X', { datapointsToAlarm: 2 })).toEqual(['ALARM', 'ALARM', 'ALARM', 'ALARM']);
  });
});

it.each<[AlarmRule['comparison'], readonly AlarmState[]]>([
  ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
  ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
  ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
  ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
])('%s', (comparison, expected) => {
  const states = [4, 5, 6].map(
    (value) => judgeAlarm({ ...rule, comparison, evaluationPeriods: 1 }, [value], [START], 'OK').state,
  );
  expect(states).toEqual(expected);
});

const one = { evaluationPeriods: 1 };

it.each<[string, Partial<AlarmRule>, string]>([
  [
    'X',
    { ...one, datapointsToAlarm: 1 },
    'Threshold Crossed: 1 out of the last 1 datapoints [7.0 (22/11/26 13:00:00)] was greater than or equal to the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).',
  ],
  ['X', one, 'Threshold Crossed: 1 datapoint [7.0 (22/11/26 13:00:00)] was greater than or equal to the threshold (5.0).'],
  [
    '0',
    { ...one, comparison: 'GreaterThanThreshold', threshold: 0.25 },
    'Threshold Crossed: 1 datapoint [0.0 (22/11/26 13:00:00)] was not greater than the threshold (0.25).',
  ],
  [
    '0 0 X 0 0',
    { evaluationPeriods: 5, datapointsToAlarm: 3, comparison: 'GreaterThanThreshold' },
    'Threshold Crossed: 4 out of the last 5 datapoints [0.0 (22/11/26 13:00:00), 0.0 (22/11/26 12:59:00), 0.0 (22/11/26 12:57:00), 0.0 (22/11/26 12:56:00)] were not greater than the threshold (5.0) (minimum 3 datapoints for ALARM -> OK transition).',
  ],
  [
    'X - X',
    { datapointsToAlarm: 2, comparison: 'LessThanOrEqualToThreshold', threshold: 10_000_000 },
    'Threshold Crossed: 2 out of the last 3 datapoints [7.0 (22/11/26 13:00:00), 7.0 (22/11/26 12:58:00)] were less than or equal to the threshold (1.0E7) (minimum 2 datapoints for OK -> ALARM transition).',
  ],
  [
    '- - - - X',
    { datapointsToAlarm: 1, treatMissingData: 'notBreaching' },
    'Threshold Crossed: 1 out of the last 3 datapoints [7.0 (22/11/26 13:00:00)] was greater than or equal to the threshold (5.0) and 2 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).',
  ],
  [
    '- 0',
    { evaluationPeriods: 2, treatMissingData: 'breaching', comparison: 'LessThanThreshold', threshold: -0.00025 },
    'Threshold Crossed: 1 datapoint [0.0 (22/11/26 13:00:00)] was not less than the threshold (-2.5E-4) and 1 missing datapoint was treated as [Breaching].',
  ],
  [
    '- - - - 0',
    { datapointsToAlarm: 2, treatMissingData: 'breaching' },
    'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
  ],
  [
    '- - - X X',
    { treatMissingData: 'notBreaching' },
    'Threshold Crossed: 2 datapoints were received for 3 periods and 1 missing datapoint was treated as [NonBreaching].',
  ],
  [
    '- - - - -',
    { treatMissingData: 'breaching' },
    'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
  ],
  [
    '- - -',
    { ...one, treatMissingData: 'notBreaching' },
    'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  ],
  ['- - - - -', {}, 'Insufficient Data: 3 datapoints were unknown.'],
  ['- - -', one, 'Insufficient Data: 1 datapoint was unknown.'],
])('the reason for %s, %j', (points, settings, reason) => {
  expect(judge(points, settings, 'OK').reason).toBe(reason);
});
