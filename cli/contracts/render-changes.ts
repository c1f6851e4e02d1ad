import { counted } from '../../core/counted.ts';
import type { Change } from '../../core/contract/compatibility/change.ts';
import { leastVersion, requiredBump } from '../../core/contract/compatibility/version.ts';

const ORDER = ['breaking', 'additive', 'metadata'] as const;

/** Differences by what they mean, the worst first, and the version that they ask for. */
export function formatChanges(before: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `nothing has changed since ${before}`;
  const sorted = ORDER.flatMap((verdict) => changes.filter((change) => change.verdict === verdict));
  const counts = ORDER.map((verdict) => [verdict, changes.filter((change) => change.verdict === verdict).length] as const);
  return [
    ...sorted.map(
      ({ verdict, path, code, reason, action }) =>
        `${verdict.padEnd(9)} ${path}: ${code}\n          ${reason}\n          → ${action.text}`,
    ),
    `${counted(changes.length, 'change')} since ${before}: ${counts
      .filter(([, count]) => count > 0)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', ')}; the next version is ${leastVersion(before, requiredBump(changes))} at least`,
  ].join('\n');
}
