import type { Finding } from '../../../core/findings/finding.ts';
import type { Ledger, LedgerEntry } from '../../../core/findings/ledger.ts';

/** An honest entry, and what a test changes of it. */
export const entry = (changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  findings: ['A-S1'],
  resource: 'Logs',
  stacks: ['Headwaters-dev-Foundation'],
  reason: 'the log of a log would have to be logged, and that without an end',
  owner: 'somebody@example.com',
  enteredOn: '2026-11-21',
  reviewBy: '2027-11-20',
  ...changes,
});

export const ledgerOf = (...entries: readonly LedgerEntry[]): Ledger => ({ reviewedOn: '2026-11-21', entries });

export const finding = (changes: Partial<Finding> = {}): Finding => ({
  id: 'A-S1',
  stack: 'Headwaters-dev-Foundation',
  resource: 'Logs',
  level: 'error',
  says: 'logs nothing',
  isUnjudged: false,
  ...changes,
});
