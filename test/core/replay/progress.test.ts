import { LineSet } from '../../../core/replay/progress.ts';

test('remembers lines', () => {
  const set = LineSet.parse('');
  const lines = [0, 7, 8, 63, 64, 1000, 100_001];
  for (const line of lines) set.add(line);
  const again = LineSet.parse(set.format());
  for (const line of lines) expect(again.has(line)).toBe(true);
  for (const line of [1, 6, 9, 62, 65, 999, 1001, 100_000, 5_000_000]) expect(again.has(line)).toBe(false);
  expect(Buffer.from(again.format(), 'base64')).toHaveLength(12_501);
});
