import { formatDuration, parseDuration } from '../../../cli/local/duration.ts';

const HOUR = 3_600_000;
test.each([
  ['90s', 90_000],
  ['15m', 15 * 60_000],
  ['1h', HOUR],
  ['1.5h', 1.5 * HOUR],
  ['7d', 168 * HOUR],
  ['2w', 336 * HOUR],
  ['PT1H', HOUR],
  ['P30D', 720 * HOUR],
  ['P1DT2H3M4S', 26 * HOUR + 184_000],
  ['P2W', 336 * HOUR],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '1', 'h', '-1h', '1 month', 'P', 'PT', 'P1Y', 'P1M', 'PT1.5H'])("fails on '%s'", (text) => {
  expect(() => parseDuration(text)).toThrow(/^DurationUnknown: .*write 15m, 7d or PT1H$/);
});

test.each([
  [0, '0 s'],
  [400, '0 s'],
  [59_600, '1 m'],
  [HOUR + 61_000, '1 h 1 m'],
  [400 * 24 * HOUR, '57 w 1 d'],
])('%d milliseconds read as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
