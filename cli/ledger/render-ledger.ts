import { subjectOf } from '../../core/findings/finding.ts';
import { overdueOn } from '../../core/findings/judge-ledger.ts';
import { claimsOf, entriesOf, type Day, type Ledger } from '../../core/findings/ledger.ts';

/** Draws rows under a head. */
type Draw = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

/** One environment's ledger for people: what is accepted where, and then why, each reason once. */
export function formatLedger(ledger: Ledger, environment: string, today: Day, draw: Draw): string {
  const entries = entriesOf(ledger, environment);
  const overdue = overdueOn({ ...ledger, entries }, today);
  const reasons = [...new Set(entries.map(({ reason }) => reason))];
  const rows = entries.map((entry) => [
    subjectOf(entry.findings[0] ?? ''),
    entry.stacks.join(' '),
    entry.resource,
    String(entry.findings.length),
    entry.owner,
    entry.reviewBy,
    `(${reasons.indexOf(entry.reason) + 1})`,
  ]);
  return [
    `${environment}: ${entries.length} entries for ${claimsOf({ ...ledger, entries }).length} findings`,
    ...(rows.length === 0 ? [] : [draw(['rule', 'stack', 'resource', 'findings', 'owner', 'review by', 'why'], rows)]),
    ...reasons.map((reason, index) => `(${index + 1}) ${reason}`),
    ...(overdue.length === 0 ? [] : [`${overdue.length} entries are past their review: ask whether their reasons hold`]),
  ].join('\n');
}

/** One environment's ledger for programs: an object for each entry. */
export const ledgerRows = (ledger: Ledger, environment: string, today: Day) =>
  entriesOf(ledger, environment).map((entry) => ({ environment, ...entry, isOverdue: entry.reviewBy < today }));
