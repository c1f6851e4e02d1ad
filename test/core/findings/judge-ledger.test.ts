import { stringify } from 'yaml';
import { goneKindOf, kindOf, subjectOf } from '../../../core/findings/finding.ts';
import { claimsOf, countsOf, decisionsOf, type Decision, type Place } from '../../../core/findings/ledger.ts';
import { environmentOf } from '../../../core/naming.ts';
import { judgeLedger, judgeRules, overdueOn } from '../../../core/findings/judge-ledger.ts';
import { LedgerError, readLedger } from '../../../core/findings/read-ledger.ts';
import { decision, ledgerOf, place } from './ledgers.ts';

const faultsOf = (changes: Partial<Decision & Place>): string[] => judgeLedger(ledgerOf(decision(changes)));

test('an honest decision has no fault, nor has one that holds in many places', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ rule: 'IAM5', findings: ['AwsSolutions-IAM5[Resource::arn:aws:s3:::x/keep*/y/*]'] })).toEqual([]);
  expect(faultsOf({ places: [place(), place({ findings: ['B-S1'] }), place({ resource: 'Results' })] })).toEqual([]);
});

test.each<[string, Partial<Decision & Place>, string]>([
  ['a pattern for a resource', { resource: 'Lake*' }, "BroadResource: 'resource' must be one logical id, got 'Lake*'"],
  ['no resource', { resource: '' }, 'BroadResource'],
  ['a path for a resource', { resource: 'Lake/Logs' }, 'BroadResource'],
  ['a pattern for a stack', { stacks: ['Headwaters-*'] }, "BroadStack: 'stacks' must be names of stacks, got 'Headwaters-*'"],
  ['a placeholder for a stack', { stacks: ['Headwaters-<env>-Foundation'] }, 'BroadStack'],
  ['no stack', { stacks: [] }, 'EmptyPlace'],
  ['no finding', { findings: [] }, 'EmptyPlace'],
  ['no place', { places: [] }, "EmptyDecision: 'places' must name where it holds, got nothing"],
  ['a pattern for a rule', { findings: ['AwsSolutions-*'] }, "BroadFinding: 'findings' must be exact ids, got 'AwsSolutions-*'"],
  ['a pack for a rule', { findings: ['AwsSolutions'] }, 'BroadFinding'],
  [
    'a wildcard action',
    { rule: 'IAM5', findings: ['AwsSolutions-IAM5[Action::s3:*]'] },
    'WildcardAction: no action may be excepted',
  ],
  [
    'two rules at once',
    { findings: ['AwsSolutions-S1', 'AwsSolutions-S2'] },
    "MixedFindings: 'findings' must be of the decision's rule 'S1', got S2",
  ],
  ['another rule than it says', { rule: 'S2' }, "MixedFindings: 'findings' must be of the decision's rule 'S2', got S1"],
  [
    'a rule of its own in one of its places',
    { places: [place(), place({ resource: 'Results', findings: ['A-S3'] })] },
    "Results (S1): MixedFindings: 'findings' must be of the decision's rule 'S1', got S3",
  ],
  [
    'a pattern in one of its places',
    { places: [place(), place({ resource: 'Lake*' })] },
    "BroadResource: 'resource' must be one logical id, got 'Lake*'",
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
    'a decision of the future',
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

test('fails for a pattern instead of a rule', () => {
  expect(faultsOf({ rule: 'S*' })).toEqual([
    "Logs (S*): BroadRule: 'rule' must be what one rule asks, such as LambdaDLQ, got 'S*'; name the rule",
    "Logs (S*): MixedFindings: 'findings' must be of the decision's rule 'S*', got S1; give each rule its own reason",
  ]);
});

test('fails for a finding that stands twice: in one place, in two, or in two decisions', () => {
  const twice = "Logs (S1): DuplicateFinding: 'A-S1' of Headwaters-dev-Foundation must stand once, got it again; delete one";
  expect(faultsOf({ findings: ['A-S1', 'A-S1'] })).toEqual([twice]);
  expect(faultsOf({ stacks: ['Headwaters-dev-Foundation', 'Headwaters-dev-Foundation'] })).toEqual([twice]);
  expect(faultsOf({ places: [place(), place({ findings: ['B-S1', 'A-S1'] })] })).toEqual([twice]);
  const other = decision({ reason: 'another reason for the same thing, as long as it has to be' });
  expect(judgeLedger(ledgerOf(decision(), other))).toEqual([twice]);
});

test.each<[string, Partial<Decision>]>([
  ['with the same words', {}],
  ['with other spaces', { reason: ' the log of a log would  have to be logged,\nand that without an end ' }],
  ['of another owner', { owner: 'somebody.else@example.com' }],
  ['until another day', { reviewBy: '2027-10-20' }],
])('fails for two decisions on one rule for one reason, %s', (_, changes) => {
  expect(judgeLedger(ledgerOf(decision(), decision({ resource: 'Results', ...changes })))).toEqual([
    'Results (S1): SplitDecision: one rule and one reason must be one decision, got it again; move its places under the first',
  ]);
});

test('one reason may serve two rules, and one rule have two reasons', () => {
  const otherRule = decision({ rule: 'S2', findings: ['A-S2'] });
  const otherReason = decision({ resource: 'Results', reason: 'results are kept for a day, and nobody asks who read them' });
  expect(judgeLedger(ledgerOf(decision(), otherRule, otherReason))).toEqual([]);
});

test('fails for a ledger without a day', () => {
  expect(judgeLedger({ reviewedOn: '2026-13-01', decisions: [] })).toEqual([
    "BadDate: 'reviewedOn' must be a day such as 2026-11-21, got '2026-13-01'",
  ]);
});

test('fails for a rule that no pack has', () => {
  const ledger = ledgerOf(
    decision({ findings: ['A-S1', 'B-S1'] }),
    decision({ rule: 'IAM5', findings: ['A-IAM5[Resource::x*]'] }),
  );
  expect(judgeRules(ledger, new Set(['A-S1', 'A-IAM5']))).toEqual([
    "Logs (S1): UnknownRule: 'findings' must name rules of the packs, got 'B-S1'; mend it",
  ]);
});

test('a rule has one subject in every pack', () => {
  expect(
    ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'AwsSolutions-IAM5[Resource::a-b-*]', 'AwsSolutions-SMG4'].map(
      subjectOf,
    ),
  ).toEqual(['LambdaDLQ', 'LambdaDLQ', 'IAM5', 'SecretsManagerRotationEnabled']);
});

test('what is made by the same construct is of one kind, whatever dataset it is of', () => {
  const kind = (resource: string) => kindOf(resource, ['tides', 'tides_late', 'ebbs']);
  expect(kind('DatasetsTidesStream1D62B8EE')).toEqual({ name: 'Datasets<dataset>Stream', dataset: 'Tides' });
  expect(kind('DatasetsTidesLateStream645285CA')).toEqual({ name: 'Datasets<dataset>Stream', dataset: 'TidesLate' });
  expect(kind('DatasetsWavesStream320A1EB5')).toEqual({ name: 'DatasetsWavesStream' }); // of no dataset that there is
  expect(kind('TidesStream320A1EB5')).toEqual({ name: 'TidesStream' });
});

test('what is gone is of the kind whose name it bears, and of the longest', () => {
  const kind = (resource: string, ...kinds: string[]) => goneKindOf(resource, kinds);
  const both = ['Datasets<dataset>Stream', 'Datasets<dataset>DeliveryStream'];
  expect(kind('DatasetsTidesStream1D62B8EE', ...both)).toEqual({ name: both[0], dataset: 'Tides' });
  expect(kind('DatasetsTidesDeliveryStream1D62B8EE', ...both)).toEqual({ name: both[1], dataset: 'Tides' });
  expect(kind('DatasetsStream1D62B8EE', ...both)).toEqual({ name: 'DatasetsStream' }); // of no dataset
  expect(kind('TidesStream1D62B8EE', ...both)).toEqual({ name: 'TidesStream' });
  expect(kind('ReplayFunction1D62B8EE', 'ReplayFunction')).toEqual({ name: 'ReplayFunction' });
});

test('a decision claims each finding of each place in each of its stacks, and belongs to their environments', () => {
  const both = ledgerOf(
    decision({
      places: [
        place({ findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', 'Headwaters-prod-Foundation'] }),
        place({ resource: 'Results' }),
      ],
    }),
  );
  expect(claimsOf(both).map(({ stack, resource, id }) => [stack, resource, id])).toEqual([
    ['Headwaters-dev-Foundation', 'Logs', 'A-S1'],
    ['Headwaters-dev-Foundation', 'Logs', 'B-S1'],
    ['Headwaters-prod-Foundation', 'Logs', 'A-S1'],
    ['Headwaters-prod-Foundation', 'Logs', 'B-S1'],
    ['Headwaters-dev-Foundation', 'Results', 'A-S1'],
  ]);
  expect(countsOf(both)).toEqual({ decisions: 1, places: 2, findings: 5 });
  const inProd = decisionsOf(both, 'prod');
  expect(inProd.map(({ places }) => places.map(({ resource, stacks }) => [resource, stacks]))).toEqual([
    [['Logs', ['Headwaters-prod-Foundation']]],
  ]);
  expect(countsOf({ decisions: inProd })).toEqual({ decisions: 1, places: 1, findings: 2 });
  expect(decisionsOf(both, 'pro')).toEqual([]);
  expect(environmentOf('Elsewhere')).toBeUndefined();
});

test('a decision is overdue the day after its review', () => {
  const ledger = ledgerOf(decision());
  expect(overdueOn(ledger, '2027-11-20')).toEqual([]);
  expect(overdueOn(ledger, '2027-11-21')).toEqual(ledger.decisions);
});

test.each([
  ['decisions: []', "InvalidLedger: 'reviewedOn': Invalid input: expected string, received undefined"],
  ['reviewedOn: 2026-11-21\ndecisions: [{ rule: X }]', "InvalidLedger: 'decisions.0.reason'"],
  ['reviewedOn: 2026-11-21\ndecisions: []\nexcept: all', 'InvalidLedger'],
  ['reviewedOn: 2026-11-21\ndecisions: []\nentries: []', 'InvalidLedger'],
  ['reviewedOn: 2026-11-21\nentries: [{ resource: X }]', "InvalidLedger: 'entries.0.findings'"],
  ['reviewedOn: [', 'InvalidLedger'],
  [
    'reviewedOn: &day 2026-11-21\ndecisions:\n  - { enteredOn: *day }',
    "InvalidLedger: line 3 must be written out, got the alias '*day': each place is renewed by itself",
  ],
  ['reviewedOn: *nobody', "InvalidLedger: line 1 must be written out, got the alias '*nobody'"],
])('fails to read %j', (text, message) => {
  expect(() => readLedger(text)).toThrow(LedgerError);
  expect(() => readLedger(text)).toThrow(message);
});

/** As the ledger was written first. */
const earlier = ({ places, rule: _, ...said }: Decision) => places.map((where) => ({ ...said, ...where }));

test('a ledger of the earlier form is read as its decisions', () => {
  const first = decision({ places: [place({ findings: ['A-S1', 'B-S1'] }), place({ resource: 'Results' })] });
  const second = decision({ rule: 'IAM5', findings: ['A-IAM5[Resource::x*]'] });
  const [logs, results] = earlier(first);
  const text = stringify(
    { reviewedOn: '2026-11-21', entries: [logs, ...earlier(second), results] },
    { aliasDuplicateObjects: false },
  );
  expect(readLedger(text)).toEqual(ledgerOf(first, second));
});

test('fails for a ledger of the earlier form whose entries say the same by two owners: they are one decision', () => {
  const entries = [...earlier(decision()), ...earlier(decision({ resource: 'Results', owner: 'else@example.com' }))];
  const ledger = readLedger(stringify({ reviewedOn: '2026-11-21', entries }, { aliasDuplicateObjects: false }));
  expect(ledger.decisions.map(({ owner }) => owner)).toEqual(['somebody@example.com', 'else@example.com']);
  expect(judgeLedger(ledger).join()).toContain('SplitDecision');
});
