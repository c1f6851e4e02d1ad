import { readFileSync } from 'node:fs';
import { DANGERS } from '../../../core/review/danger.ts';
import { DEFAULT_LEVELS, LEVELS } from '../../../core/review/fail-on.ts';
import { DANGEROUS } from './cases/dangerous/index.ts';

const guide = readFileSync('docs/review.md', 'utf8');
const rows = guide.split('\n').filter((line) => line.startsWith('|'));

test.each(Object.entries(DANGERS))('the guide names %s under %s', (code, kind) => {
  expect(rows.filter((row) => row.includes(`\`${code}\``) && row.includes(`| ${kind} |`))).toHaveLength(1);
});

test.each(LEVELS)('the guide says whether %s fails by default', (level) => {
  const [row] = rows.filter((line) => line.startsWith(`| \`${level}\` |`));
  expect(row?.includes('| yes |')).toBe(DEFAULT_LEVELS.includes(level));
});

test('the cases are of every level, and of most codes', () => {
  const codes = new Set(DANGEROUS.flatMap(({ dangers }) => dangers));
  expect(new Set([...codes].map((code) => DANGERS[code])).size).toBe(5);
  expect(codes.size).toBeGreaterThan(Object.keys(DANGERS).length / 2);
});
