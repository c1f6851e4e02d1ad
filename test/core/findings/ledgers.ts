import type { Finding } from '../../../core/findings/finding.ts';
import type { Decision, Ledger, Place } from '../../../core/findings/ledger.ts';

const PLACE: Place = { resource: 'Logs', stacks: ['Headwaters-dev-Foundation'], findings: ['A-S1'] };

/** An honest place, and what a test changes of it. */
export const place = (changes: Partial<Place> = {}): Place => ({ ...PLACE, ...changes });

/** An honest decision on one place, and what a test changes of either. */
export const decision = ({ resource, stacks, findings, ...changes }: Partial<Decision & Place> = {}): Decision => ({
  rule: 'S1',
  reason: 'the log of a log would have to be logged, and that without an end',
  owner: 'somebody@example.com',
  enteredOn: '2026-11-21',
  reviewBy: '2027-11-20',
  places: [
    {
      resource: resource ?? PLACE.resource,
      stacks: stacks ?? PLACE.stacks,
      findings: findings ?? PLACE.findings,
    },
  ],
  ...changes,
});

export const ledgerOf = (...decisions: readonly Decision[]): Ledger => ({ reviewedOn: '2026-11-21', decisions });

export const finding = (changes: Partial<Finding> = {}): Finding => ({
  id: 'A-S1',
  stack: 'Headwaters-dev-Foundation',
  resource: 'Logs',
  type: 'AWS::S3::Bucket',
  level: 'error',
  says: 'logs nothing',
  isUnjudged: false,
  ...changes,
});
