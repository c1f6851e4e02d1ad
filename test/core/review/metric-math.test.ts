import { parseExpression } from '../../../core/aws/metric-math.ts';
import { wayOf } from '../../../core/review/rules/metric-math.ts';

const way = (before: string, after: string): string => {
  const [old, now] = [parseExpression(before), parseExpression(after)];
  return old === undefined || now === undefined ? 'unread' : wayOf(old, now);
};

test.each([
  ['a', ' ( a ) ', 'none'],
  ['a + b * 2', 'b * 2 + a', 'none'],
  ['100 * a / 7', '100 * a / 14', 'down'],
  ['100 * a / 7', '200 * a / 7', 'up'],
  ['a - 1', 'a - 2', 'down'],
  ['FILL(a, 0) + FILL(b, 0)', 'FILL(a, 0)', 'down'],
  ['FILL(a, 0)', 'FILL(a, 0) + FILL(b, 0)', 'up'],
  ['FILL(a, 0)', 'FILL(a, 9)', 'up'],
  ['MAX([a, b])', 'MAX([a, b, c])', 'up'],
  ['a + a', 'a', 'down'],
  ['a + a', 'a + a + a', 'up'],
  ['a + b + a', 'a + a + b', 'none'],
  ['ABS(a) * 3', 'ABS(a) * 1', 'down'],
  ['MAX([a, b]) * 3', 'MAX([a, b]) * 1', 'down'],
  ['SUM([a, b])', 'SUM([b])', 'down'],
  ['IF(a >= 10, b, 0)', 'IF(a >= 50, b, 0)', 'down'],
  ['IF(a < 10, b, 0)', 'IF(a < 50, b, 0)', 'up'],
  ['IF((a > 0) AND (b == 0), 100, 100 * c / 7)', 'IF((a > 0) AND (b == 0), 100, 100 * c / 14)', 'down'],
  ['IF(a > 1 OR b > 1, c, 0)', 'IF(a > 2 OR b > 1, c, 0)', 'down'],
])("'%s' as '%s' goes %s", (before, after, expected) => {
  expect(way(before, after)).toBe(expected);
});

test.each([
  ['another metric', 'a', 'b'],
  ['a mean of more', 'AVG([a, b])', 'AVG([a, b, c])'],
  ['the least of more', 'MIN([a, b])', 'MIN([a, b, c])'],
  ['a bar, where the other branch is something', 'IF(a > 1, b, c)', 'IF(a > 2, b, c)'],
  ['a bar, where what is counted may be negative', 'IF(a > 1, b - c, 0)', 'IF(a > 2, b - c, 0)'],
  ['a factor of what may be negative', '2 * (a - b)', '3 * (a - b)'],
  ['a factor of a difference in time', 'DIFF(a) * 3', 'DIFF(a) * 1'],
  ['a factor of a difference in a list', 'MAX([a, RATE(b)]) * 3', 'MAX([a, RATE(b)]) * 1'],
  ['one more difference', 'a', 'a + DIFF(b)'],
  ['one number up and one down', '2 * a / 3', '4 * a / 6'],
  ['an equality', 'IF(a == 1, b, 0)', 'IF(a == 2, b, 0)'],
  ['another function', 'RATE(a)', 'DIFF(a)'],
  ['a number within a function that nobody knows', 'RUNNING_SUM(a, 1)', 'RUNNING_SUM(a, 2)'],
  ['an operator', 'a * b', 'a / b'],
])('nobody can say which way it goes: %s', (_, before, after) => {
  expect(way(before, after)).toBe('unknown');
});
