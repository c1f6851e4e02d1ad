import { subjectOf } from '../../../core/findings/finding.ts';
import { claimsOf, entriesOf, environmentOf, type LedgerEntry } from '../../../core/findings/ledger.ts';
import { judgeLedger, judgeRules, overdueOn } from '../../../core/findings/judge-ledger.ts';
import { LedgerError, readLedger } from '../../../core/findings/read-ledger.ts';
import { entry, ledgerOf } from './ledgers.ts';

const faultsOf = (changes: Partial<LedgerEntry>): string[] => judgeLedger(ledgerOf(entry(changes)));

test('an honest entry has no fault', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ findings: ['AwsSolutions-IAM5[Resource::arn:aws:s3:::x/keep*/y/*]'] })).toEqual([]);
});

test.each<[string, Partial<LedgerEntry>, string]>([
  ['a pattern for a resource', { resource: 'Lake*' }, "BroadResource: 'resource' must be one logical id, got 'Lake*'"],
  ['no resource', { resource: '' }, 'BroadResource'],
  ['a path for a resource', { resource: 'Lake/Logs' }, 'BroadResource'],
  ['a pattern for a stack', { stacks: ['Headwaters-*'] }, "BroadStack: 'stacks' must be names of stacks, got 'Headwaters-*'"],
  ['a placeholder for a stack', { stacks: ['Headwaters-<env>-Foundation'] }, 'BroadStack'],
  ['no stack', { stacks: [] }, 'EmptyEntry'],
  ['no finding', { findings: [] }, 'EmptyEntry'],
  ['a pattern for a rule', { findings: ['AwsSolutions-*'] }, "BroadFinding: 'findings' must be exact ids, got 'AwsSolutions-*'"],
  ['a pack for a rule', { findings: ['AwsSolutions'] }, 'BroadFinding'],
  ['a wildcard action', { findings: ['AwsSolutions-IAM5[Action::s3:*]'] }, 'WildcardAction: no action may be excepted'],
  [
    'two rules at once',
    { findings: ['AwsSolutions-S1', 'AwsSolutions-S2'] },
    "MixedFindings: 'findings' must be of one rule, got S1 and S2",
  ],
  ['a thin reason', { reason: 'it is fine' }, "ThinReason: 'reason' must be at least 40 characters, got 10"],
  ['a reason of spaces', { reason: ' '.repeat(60) }, 'ThinReason'],
  ['no owner', { owner: ' ' }, 'NoOwner'],
  [
    'a day that is none',
    { reviewBy: '2027-02-30' },
    "BadDate: 'enteredOn' and 'reviewBy' must be days such as 2026-11-21, got '2027-02-30'",
  ],
  ['a day in words', { enteredOn: 'today' }, 'BadDate'],
  [
    'an entry of the future',
    { enteredOn: '2026-11-22' },
    "BadDate: 'enteredOn' must not be after 'reviewedOn' (2026-11-21), got 2026-11-22",
  ],
  [
    'a review that was due',
    { reviewBy: '2026-11-21' },
    "ReviewOverdue: 'reviewBy' must be after 'reviewedOn' (2026-11-21), got 2026-11-21",
  ],
  [
    'a review too far off',
    { reviewBy: '2027-12-27' },
    "ReviewTooFar: 'reviewBy' must be within 400 days of 'enteredOn', got 401",
  ],
])('fails for %s', (_, changes, fault) => {
  const faults = faultsOf(changes);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

test('a review may be 400 days off', () => {
  expect(faultsOf({ reviewBy: '2027-12-26' })).toEqual([]);
});

test('fails for a finding that stands twice, in one entry or in two', () => {
  const twice = "Logs (A-S1): DuplicateEntry: 'A-S1' of Headwaters-dev-Foundation must stand once, got it again; delete one";
  expect(faultsOf({ findings: ['A-S1', 'A-S1'] })).toEqual([twice]);
  expect(judgeLedger(ledgerOf(entry(), entry({ reason: 'another reason for the same thing, as long as it has to be' })))).toEqual(
    [twice],
  );
});

test('fails for a ledger without a day', () => {
  expect(judgeLedger({ reviewedOn: '2026-13-01', entries: [] })).toEqual([
    "BadDate: 'reviewedOn' must be a day such as 2026-11-21, got '2026-13-01'",
  ]);
});

test('fails for a rule that no pack has', () => {
  const ledger = ledgerOf(entry({ findings: ['A-S1', 'B-S1'] }), entry({ findings: ['A-IAM5[Resource::x*]'] }));
  expect(judgeRules(ledger, new Set(['A-S1', 'A-IAM5']))).toEqual([
    "Logs (A-S1): UnknownRule: 'findings' must name rules of the packs, got 'B-S1'; mend it",
  ]);
});

test('a rule has one subject in every pack', () => {
  expect(
    ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'AwsSolutions-IAM5[Resource::a-b-*]', 'AwsSolutions-SMG4'].map(
      subjectOf,
    ),
  ).toEqual(['LambdaDLQ', 'LambdaDLQ', 'IAM5', 'SecretsManagerRotationEnabled']);
});

test('an entry claims each of its findings in each of its stacks, and belongs to their environments', () => {
  const both = ledgerOf(
    entry({ findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', 'Headwaters-prod-Foundation'] }),
  );
  expect(claimsOf(both).map(({ stack, id }) => [stack, id])).toEqual([
    ['Headwaters-dev-Foundation', 'A-S1'],
    ['Headwaters-dev-Foundation', 'B-S1'],
    ['Headwaters-prod-Foundation', 'A-S1'],
    ['Headwaters-prod-Foundation', 'B-S1'],
  ]);
  expect(entriesOf(both, 'prod').map(({ stacks }) => stacks)).toEqual([['Headwaters-prod-Foundation']]);
  expect(entriesOf(both, 'pro')).toEqual([]);
  expect(environmentOf('Elsewhere')).toBeUndefined();
});

test('an entry is overdue the day after its review', () => {
  const ledger = ledgerOf(entry());
  expect(overdueOn(ledger, '2027-11-20')).toEqual([]);
  expect(overdueOn(ledger, '2027-11-21')).toEqual(ledger.entries);
});

test.each([
  ['entries: []', "InvalidLedger: 'reviewedOn': Invalid input: expected string, received undefined"],
  ['reviewedOn: 2026-11-21\nentries: [{ resource: X }]', "InvalidLedger: 'entries.0.findings'"],
  ['reviewedOn: 2026-11-21\nentries: []\nexcept: all', 'InvalidLedger'],
  ['reviewedOn: [', 'InvalidLedger'],
])('fails to read %j', (text, message) => {
  expect(() => readLedger(text)).toThrow(LedgerError);
  expect(() => readLedger(text)).toThrow(message);
});
