import { parseExpression, writtenOut } from '../../../core/aws/metric-math.ts';
import { UnknownMath, evaluateMath, type Series } from '../../../local/cloudwatch/evaluate-math.ts';

const GAP = undefined;
type Row = readonly (number | undefined)[];

/** What an expression comes to over minutes, by each metric's values at them. */
function evaluate(text: string, metrics: Readonly<Record<string, Row>>, minutes = 5): number | Row {
  const expression = parseExpression(text);
  if (expression === undefined) throw new Error(`'${text}' is not read`);
  const times = Array.from({ length: minutes }, (_, index) => index * 60_000);
  const series = new Map<string, Series>(
    Object.entries(metrics).map(([id, values]) => [
      id,
      new Map(values.flatMap((value, index) => (value === undefined ? [] : [[index * 60_000, value] as const]))),
    ]),
  );
  const value = evaluateMath(expression, (id) => series.get(id), times, 60);
  return typeof value === 'number' ? value : times.map((time) => value.get(time));
}

describe('as the documentation has it in its tables', () => {
  const compared = { m1: [30, 20, 0, 0], m2: [20, GAP, 20, GAP] };

  it.each([
    ['m1 < m2', [0, 0, 1, 0]],
    ['m1 >= 30', [1, 0, 0, 0]],
    ['m1 > 15 AND m2 > 15', [1, 0, 0, 0]],
  ])('%s', (text, expected) => {
    expect(evaluate(text, compared, 4)).toEqual(expected);
  });

  const chosen = { m1: [1, 1, 0, 0, GAP], m2: [30, GAP, 0, 0, 30], m3: [0, 0, 20, GAP, 20] };

  it.each([
    ['IF(m1, m2, m3)', [30, 0, 20, GAP, GAP]],
    ['IF(m1, 5, m3)', [5, 5, 20, GAP, GAP]],
    ['IF(m1, m2, 5)', [30, 0, 5, 5, GAP]],
  ])('%s', (text, expected) => {
    expect(evaluate(text, chosen)).toEqual(expected);
  });
});

const metrics = { a: [1, -2.5, GAP, 4, GAP], b: [GAP, 2, 0, 8, GAP], none: [], full: [1, 2, 3, 4, 10] };

it.each<[string, number | Row]>([
  ['2 + 3 * 4 - 6 / 3', 12],
  ['1 < 2', 1],
  ['1 == 2 || 2 != 2', 0],
  ['a', [1, -2.5, GAP, 4, GAP]],
  ['a + b', [1, -0.5, 0, 12, GAP]],
  ['a - 1', [0, -3.5, GAP, 3, GAP]],
  ['b * 2', [GAP, 4, 0, 16, GAP]],
  ['a / b', [GAP, -1.25, GAP, 0.5, GAP]],
  ['b / a', [0, -0.8, GAP, 2, GAP]],
  ['8 / b', [GAP, 4, GAP, 1, GAP]],
  ['a + none', [1, -2.5, GAP, 4, GAP]],
  ['none * 2', [GAP, GAP, GAP, GAP, GAP]],
  ['b <= 2', [GAP, 1, 1, 0, GAP]],
  ['a && b', [0, 1, 0, 1, GAP]],
  ['a OR b', [1, 1, 0, 1, GAP]],
  ['ABS(a)', [1, 2.5, GAP, 4, GAP]],
  ['CEIL(a)', [1, -2, GAP, 4, GAP]],
  ['FLOOR(a)', [1, -3, GAP, 4, GAP]],
  ['DIFF(a)', [GAP, -3.5, GAP, 6.5, GAP]],
  ['RATE(b)', [GAP, GAP, -2 / 60, 8 / 60, GAP]],
  ['RATE(a) * 120', [GAP, -7, GAP, 6.5, GAP]],
  ['PERIOD(a)', 60],
  ['a / PERIOD(a) * 60', [1, -2.5, GAP, 4, GAP]],
  ['SUM(a)', 2.5],
  ['SUM(none)', 0],
  ['MAX(a)', 4],
  ['MIN(a)', -2.5],
  ['AVG(a)', 0.5],
  ['full - AVG(full)', [-3, -2, -1, 0, 6]],
  ['SUM([a, b])', [1, -0.5, 0, 12, GAP]],
  ['AVG([a, b])', [0.5, -0.25, 0, 6, GAP]],
  ['MAX([FILL(a, 0), full])', [1, 2, 3, 4, 10]],
  ['MIN([FILL(a, 0), full])', [1, -2.5, 0, 4, 0]],
  ['SUM(ABS([a, [b]]))', [1, 4.5, 0, 12, GAP]],
  ['SUM(100 / [full, full])', [200, 100, 200 / 3, 50, 20]],
  ['SUM([a, b] * full)', [1, -1, 0, 48, 0]],
  ['FILL(a, 7)', [1, -2.5, 7, 4, 7]],
  ['FILL(a, MIN(a))', [1, -2.5, -2.5, 4, -2.5]],
  ['FILL(none, 0)', [0, 0, 0, 0, 0]],
  ['FILL(b, REPEAT)', [GAP, 2, 0, 8, 8]],
  ['FILL(a, LINEAR)', [1, -2.5, 0.75, 4, GAP]],
  ['FILL(b, LINEAR)', [GAP, 2, 0, 8, GAP]],
  ['SUM(FILL([a, b], 1))', [2, -0.5, 1, 12, 2]],
  ['IF(a > 0, b)', [0, GAP, GAP, 8, GAP]],
  ['IF(a > 0, 10, 2)', [10, 2, GAP, 10, GAP]],
  ['IF(1, a, b)', [1, -2.5, GAP, 4, GAP]],
  ['IF(0, a, b)', [GAP, 2, 0, 8, GAP]],
  ['IF(0, a)', [GAP, GAP, GAP, GAP, GAP]],
])('%s', (text, expected) => {
  expect(evaluate(text, metrics)).toEqual(expected);
});

it('looks at no datapoint outside the periods', () => {
  expect(evaluate('SUM(full)', metrics, 2)).toBe(3);
});

it.each([
  ["the id 'c'", 'a + c'],
  ["the id 'c'", 'PERIOD(c)'],
  ["'SORT'", 'SORT([a, b])'],
  ["'TIME_SERIES'", 'TIME_SERIES(1)'],
  ["'toString'", 'toString(a)'],
  ["'/'", '1 / 0'],
  ["'>' is not simulated for time series in brackets", '[a, b] > 1'],
  ["'+' is not simulated for time series in brackets on both", 'SUM([a] + [b])'],
  ['several time series', '[a, b]'],
  ['A number among time series', 'SUM([a, 1])'],
  ["'SUM' is not simulated for what it is given", 'SUM(1)'],
  ["'MAX' is not simulated for what it is given", 'MAX(a, b)'],
  ["'MAX' is not simulated for a time series without datapoints", 'MAX(none)'],
  ["'AVG' is not simulated for a time series without datapoints", 'AVG(none)'],
  ["'MIN' is not simulated for time series of which one lacks", 'MIN([a, b])'],
  ["'ABS' is not simulated for a scalar", 'ABS(1)'],
  ["'ABS' is not simulated for what it is given", 'ABS(a, b)'],
  ["'PERIOD' is not simulated for what it is given", 'PERIOD(a + b)'],
  ["'FILL' is not simulated for what it is given", 'FILL(a, b)'],
  ["'FILL' is not simulated for a scalar", 'FILL(1, 2)'],
  ["'IF' is not simulated with 1 parts", 'IF(a)'],
  ["'IF' is not simulated with 4 parts", 'IF(a, 1, 2, 3)'],
  ["'IF' is not simulated for a scalar", 'IF(1, 2, 3)'],
  ["'IF' is not simulated for a scalar", 'IF(1, a, 3)'],
  ["'IF' is not simulated for time series in brackets", 'IF(a, [a, b])'],
])('says that nobody knows %s: %s', (said, text) => {
  const evaluated = (): unknown => evaluate(text, metrics);
  expect(evaluated).toThrow(UnknownMath);
  expect(evaluated).toThrow(said);
});

it('says that nobody knows an operator that the parser does not either', () => {
  const one = { kind: 'number', value: 1 } as const;
  const power = { kind: 'operation', operator: '^', left: one, right: one } as const;
  expect(() => evaluateMath(power, () => undefined, [], 60)).toThrow("'^'");
});

test('an expression that names another twice, which names another twice, and so on, is evaluated in time', () => {
  const texts = new Map(Array.from({ length: 200 }, (_, index) => [`e${index + 1}`, `e${index} * e${index}`]));
  const expression = writtenOut('e200', (id) => texts.get(id)) ?? { kind: 'number', value: 0 };
  expect(evaluateMath(expression, () => new Map([[0, 1]]), [0], 60)).toEqual(new Map([[0, 1]]));
});
