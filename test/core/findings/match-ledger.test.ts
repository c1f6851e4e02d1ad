import type { Finding } from '../../../core/findings/finding.ts';
import type { Decision } from '../../../core/findings/ledger.ts';
import { matchLedger, sayMismatch, sayStaleDecision, staleDecisions } from '../../../core/findings/match-ledger.ts';
import { decision, finding, ledgerOf, place } from './ledgers.ts';

const say = (findings: readonly Finding[], ...decisions: readonly Decision[]) =>
  sayMismatch(matchLedger(ledgerOf(...decisions), findings));

test('a ledger that says what is found has nothing to say', () => {
  expect(say([finding()], decision())).toEqual([]);
  expect(say([])).toEqual([]);
});

test.each<[string, Partial<Finding>]>([
  ['another rule', { id: 'A-S2' }],
  ['another pack', { id: 'B-S1' }],
  ['more of the rule', { id: 'A-S1[x]' }],
  ['another resource', { resource: 'Logs2' }],
  ['another stack', { stack: 'Headwaters-prod-Foundation' }],
])('fails for %s: one is missing and one is stale', (_, changes) => {
  const { missing, stale } = matchLedger(ledgerOf(decision()), [finding(changes)]);
  expect([missing.length, stale.length]).toEqual([1, 1]);
});

test('a wildcard in a place stands for itself alone', () => {
  const all = decision({ findings: ['A-*'], resource: '*', stacks: ['*'] });
  expect(say([finding()], all)).toEqual([
    'MISSING: Headwaters-dev-Foundation/Logs: A-S1: logs nothing; mend the resource, or accept it: npx headwaters ledger renew',
    'STALE: */*: A-*: is no longer found: npx headwaters ledger renew',
  ]);
});

test('fails for what a rule could not judge, though it stands in the ledger', () => {
  expect(say([finding({ isUnjudged: true })], decision())).toEqual([
    'UNJUDGED: Headwaters-dev-Foundation/Logs: A-S1: logs nothing; mend the resource',
    'STALE: Headwaters-dev-Foundation/Logs: A-S1: is no longer found: npx headwaters ledger renew',
  ]);
});

test('a place that nothing is found at is as stale as a finding or a stack of one that is', () => {
  const many = decision({
    places: [
      place({ findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', 'Headwaters-prod-Foundation'] }),
      place({ resource: 'Gone' }),
    ],
  });
  const prod = { stack: 'Headwaters-prod-Foundation' };
  expect(say([finding(), finding({ id: 'B-S1' }), finding(prod)], many)).toEqual([
    'STALE: Headwaters-prod-Foundation/Logs: B-S1: is no longer found: npx headwaters ledger renew',
    'STALE: Headwaters-dev-Foundation/Gone: A-S1: is no longer found: npx headwaters ledger renew',
  ]);
  expect(say([finding(), finding({ id: 'B-S1' }), finding({ resource: 'Gone' })], many)).toEqual([
    'STALE: Headwaters-prod-Foundation/Logs: A-S1: is no longer found: npx headwaters ledger renew',
    'STALE: Headwaters-prod-Foundation/Logs: B-S1: is no longer found: npx headwaters ledger renew',
  ]);
});

test('a decision is stale when none of its places has what it says, and not before', () => {
  const ledger = ledgerOf(
    decision({ places: [place(), place({ resource: 'Results' })] }),
    decision({ rule: 'S2', findings: ['A-S2'] }),
  );
  const [first, second] = ledger.decisions;
  expect(staleDecisions(ledger, [finding({ resource: 'Results' }), finding({ id: 'A-S2' })])).toEqual([]);
  expect(staleDecisions(ledger, [finding()])).toEqual([second]);
  expect(staleDecisions(ledger, [finding({ resource: 'Logs2' }), finding({ id: 'A-S2' })])).toEqual([first]);
  expect(staleDecisions(ledger, []).map(sayStaleDecision)).toEqual([
    "STALE: S1: 'the log of a log would have to be logged, and that without an end': is found in none of its places: npx headwaters ledger renew",
    "STALE: S2: 'the log of a log would have to be logged, and that without an end': is found in none of its places: npx headwaters ledger renew",
  ]);
});

test('what one place says answers for no other', () => {
  const ledger = [place({ resource: 'Logs' }), place({ resource: 'Results', findings: ['B-S1'] })];
  expect(say([finding(), finding({ resource: 'Results' })], decision({ places: ledger }))).toEqual([
    'MISSING: Headwaters-dev-Foundation/Results: A-S1: logs nothing; mend the resource, or accept it: npx headwaters ledger renew',
    'STALE: Headwaters-dev-Foundation/Results: B-S1: is no longer found: npx headwaters ledger renew',
  ]);
});
