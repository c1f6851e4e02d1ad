import { COUNTS, type Count } from '../../core/replay/rows.ts';
import { table } from '../table.ts';
import type { ReplayResult } from './replay.ts';

const HEADS: Readonly<Record<Count, string>> = {
  found: 'found',
  fixable: 'fixable',
  replayed: 'replayed',
  stillBad: 'still bad',
  before: 'replayed before',
};

/** What a person reads. */
export function formatReplay(result: ReplayResult): string {
  const { dataset, source, from, to, dryRun, rows, objects, doneObjects, limited } = result;
  const where = `${source} of ${dataset}, ${from} to ${to}`;
  if (objects + doneObjects === 0) return `Nothing was found in ${where}.`;
  const cells = [...rows]
    .sort((a, b) => a.reason.localeCompare(b.reason))
    .map((row) => [row.reason, ...COUNTS.map((count) => number(row[count]))]);
  const lines = [
    `${where}: ${number(objects)} objects, ${number(doneObjects)} more were done before.`,
    table(['reason', ...COUNTS.map((count) => HEADS[count])], cells),
  ];
  if (dryRun) lines.push('Nothing was put. Without --dry-run, what is fixable is.');
  if (source === 'raw')
    lines.push(
      `What is put from raw arrives anew${dryRun ? ' and would stand' : ' and stands'} in the table once more: the view keeps one row of each event within a day of arrival, so an event of an earlier day is shown twice.`,
    );
  if (limited)
    lines.push(
      dryRun
        ? 'One run takes no more: what lies beyond was not counted.'
        : 'One run takes no more: start again with the same words for the rest.',
    );
  return lines.join('\n');
}

const number = (count: number): string => count.toLocaleString('en-US');
