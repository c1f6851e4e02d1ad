import { formatReplay } from '../../../cli/replay/format-replay.ts';
import type { ReplayResult } from '../../../cli/replay/replay.ts';

const result: ReplayResult = {
  dataset: 'sales.orders',
  source: 'quarantine',
  from: 'dt=2026-01-01',
  to: 'dt=2026-01-02',
  dryRun: false,
  objects: 3,
  doneObjects: 1,
  limited: false,
  rows: [
    { reason: 'not-listed', found: 1200, fixable: 1000, replayed: 1000, stillBad: 50, before: 150 },
    { reason: 'missing-value', found: 7, fixable: 0, replayed: 0, stillBad: 7, before: 0 },
  ],
};

test('shows what was found and what became of it, by reason', () => {
  const text = formatReplay(result);
  expect(text).toContain('quarantine of sales.orders, dt=2026-01-01 to dt=2026-01-02: 3 objects, 1 more were done before.');
  const lines = text.split('\n').map((line) => line.replaceAll(/[^\w,-]+/g, ' ').trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'reason found fixable replayed still bad replayed before',
      'missing-value 7 0 0 7 0',
      'not-listed 1,200 1,000 1,000 50 150',
    ]),
  );
});

test.each([
  ['that a dry run put nothing', { dryRun: true }, 'Nothing was put. Without --dry-run, what is fixable is.'],
  ['that raw is shown twice', { source: 'raw' }, 'and stands in the table once more'],
  ['that raw would be shown twice', { source: 'raw', dryRun: true }, 'and would stand in the table once more'],
  ['that something is left', { limited: true }, 'One run takes no more: start again with the same words for the rest.'],
  [
    'that a dry run looked at no more',
    { limited: true, dryRun: true },
    'One run takes no more: what lies beyond was not counted.',
  ],
  [
    'that nothing was found',
    { objects: 0, doneObjects: 0, rows: [] },
    'Nothing was found in quarantine of sales.orders, dt=2026-01-01 to dt=2026-01-02.',
  ],
] as const)('says %s', (_, changes, words) => {
  expect(formatReplay({ ...result, ...changes })).toContain(words);
  if (!('limited' in changes)) expect(formatReplay({ ...result, ...changes })).not.toContain('One run takes no more');
});
