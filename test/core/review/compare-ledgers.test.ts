import { compareLedgers } from '../../../core/review/compare-ledgers.ts';
import { renderLedger } from '../../../core/review/render/ledger.ts';
import { review, type Version } from '../../../core/review/review.ts';
import { readTemplate } from '../../../core/aws/template.ts';
import type { Ledger } from '../../../core/findings/ledger.ts';
import { decision, ledgerOf, place } from '../findings/ledgers.ts';

const said = (before: Ledger, after: Ledger): readonly string[] => renderLedger(compareLedgers(before, after));
const REASON = 'the log of a log would have to be logged, and that without an end';
const OTHER = 'results are kept for a day, and nobody asks who read them';
const both = decision({ places: [place(), place({ resource: 'Results' })] });

test('a ledger in another order, or with its places split, accepts the same', () => {
  const stacks = ['Headwaters-dev-Foundation', 'Headwaters-prod-Foundation'];
  const whole = ledgerOf(decision({ stacks, findings: ['A-S1', 'B-S1'] }), decision({ rule: 'S2', findings: ['A-S2'] }));
  const split = ledgerOf(
    decision({ rule: 'S2', findings: ['A-S2'] }),
    decision({ places: stacks.flatMap((stack) => ['B-S1', 'A-S1'].map((id) => place({ stacks: [stack], findings: [id] }))) }),
  );
  expect(compareLedgers(whole, split)).toEqual({ added: [], removed: [], reworded: [] });
});

test('a new place under an old decision is told as such, with its reason', () => {
  expect(compareLedgers(ledgerOf(decision()), ledgerOf(both)).added).toEqual([
    {
      id: 'A-S1',
      stack: 'Headwaters-dev-Foundation',
      resource: 'Results',
      rule: 'S1',
      reason: REASON,
      owner: 'somebody@example.com',
      reviewBy: '2027-11-20',
      isNewDecision: false,
    },
  ]);
  expect(said(ledgerOf(decision()), ledgerOf(both))).toEqual([
    '- new place under an old decision on `A-S1`, somebody@example.com, until 2027-11-20: `Headwaters-dev-Foundation/Results`\n' +
      `  - ${REASON}`,
  ]);
});

test('a decision that nobody took before is told as new, though there is one on its rule', () => {
  const after = ledgerOf(decision(), decision({ resource: 'Results', reason: OTHER }));
  expect(said(ledgerOf(decision()), after)).toEqual([
    '- new decision on `A-S1`, somebody@example.com, until 2027-11-20: `Headwaters-dev-Foundation/Results`\n' + `  - ${OTHER}`,
  ]);
  expect(said(ledgerOf(), ledgerOf(decision({ reason: '', owner: '' })))).toEqual([
    '- new decision on `A-S1`, of nobody, until 2027-11-20: `Headwaters-dev-Foundation/Logs`\n  - no reason is given',
  ]);
});

test('what is placed under another reason is reworded, and what is gone is no longer', () => {
  const after = ledgerOf(decision({ reason: OTHER }));
  expect(said(ledgerOf(both), after)).toEqual([
    '- other reason of `A-S1`, somebody@example.com, until 2027-11-20: `Headwaters-dev-Foundation/Logs`\n' + `  - ${OTHER}`,
    '- no longer `A-S1`: `Headwaters-dev-Foundation/Results`',
  ]);
});

test('a decision stood before in whatever environment, also where one alone is compared', () => {
  const dev = 'Headwaters-dev-Foundation';
  const version = (ledger: Ledger): Version => ({
    name: 'some',
    templates: new Map([[dev, readTemplate('{"Resources":{}}', dev)]]),
    ledger,
  });
  const elsewhere = decision({ stacks: ['Headwaters-prod-Foundation'] });
  const here = decision({ places: [...elsewhere.places, place()] });
  const { ledger } = review(version(ledgerOf(elsewhere)), version(ledgerOf(here)));
  expect(ledger?.added.map(({ stack, isNewDecision }) => [stack, isNewDecision])).toEqual([[dev, false]]);
});
