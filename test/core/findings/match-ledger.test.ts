import { stringify } from 'yaml';
import type { Finding } from '../../../core/findings/finding.ts';
import type { LedgerEntry } from '../../../core/findings/ledger.ts';
import { matchLedger, sayMismatch } from '../../../core/findings/match-ledger.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { renewLedger } from '../../../core/findings/renew-ledger.ts';
import { judgeLedger } from '../../../core/findings/judge-ledger.ts';
import { entry, finding, ledgerOf } from './ledgers.ts';

const say = (findings: readonly Finding[], ...entries: readonly LedgerEntry[]) =>
  sayMismatch(matchLedger(ledgerOf(...entries), findings));

test('a ledger that says what is found has nothing to say', () => {
  expect(say([finding()], entry())).toEqual([]);
  expect(say([])).toEqual([]);
});

test.each<[string, Partial<Finding>]>([
  ['another rule', { id: 'A-S2' }],
  ['another pack', { id: 'B-S1' }],
  ['more of the rule', { id: 'A-S1[x]' }],
  ['another resource', { resource: 'Logs2' }],
  ['another stack', { stack: 'Headwaters-prod-Foundation' }],
])('fails for %s: one is missing and one is stale', (_, changes) => {
  const { missing, stale } = matchLedger(ledgerOf(entry()), [finding(changes)]);
  expect([missing.length, stale.length]).toEqual([1, 1]);
});

test('a wildcard in an entry stands for itself alone', () => {
  const all = entry({ findings: ['A-*'], resource: '*', stacks: ['*'] });
  expect(say([finding()], all)).toEqual([
    'MISSING: Headwaters-dev-Foundation/Logs: A-S1: logs nothing; mend the resource, or enter the finding with a reason',
    'STALE: */*: A-*: is no longer found; delete it from the ledger',
  ]);
});

test('fails for what a rule could not judge, though it stands in the ledger', () => {
  expect(say([finding({ isUnjudged: true })], entry())).toEqual([
    'UNJUDGED: Headwaters-dev-Foundation/Logs: A-S1: logs nothing; mend the resource',
    'STALE: Headwaters-dev-Foundation/Logs: A-S1: is no longer found; delete it from the ledger',
  ]);
});

const HEAD = '# why\n';
const renew = (findings: readonly Finding[], entries: readonly LedgerEntry[], rename?: { from: string; to: string }) => {
  const text = renewLedger(HEAD + stringify(ledgerOf(...entries)), findings, rename);
  expect(text.startsWith(HEAD)).toBe(true);
  const renewed = readLedger(text);
  expect(matchLedger(renewed, findings)).toEqual({ missing: [], stale: [] });
  return renewed.entries;
};

describe('a renewal', () => {
  const prod = 'Headwaters-prod-Foundation';

  test('changes nothing of what is still found', () => {
    expect(renew([finding()], [entry()])).toEqual([entry()]);
  });

  test('drops what is stale, and keeps the rest of an entry', () => {
    const two = entry({ findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', prod] });
    expect(renew([finding(), finding({ stack: prod })], [two, entry({ resource: 'Gone' })])).toEqual([
      { ...two, findings: ['A-S1'] },
    ]);
    expect(renew([finding(), finding({ id: 'B-S1' })], [two])).toEqual([{ ...two, stacks: ['Headwaters-dev-Foundation'] }]);
    expect(renew([finding(), finding({ id: 'B-S1', stack: prod })], [two])).toEqual([
      { ...two, findings: ['A-S1'], stacks: ['Headwaters-dev-Foundation'] },
      { ...two, findings: ['B-S1'], stacks: [prod] },
    ]);
  });

  test('lists what is new without a reason, so that the build fails until somebody gives one', () => {
    const found = [
      finding(),
      finding({ stack: prod }),
      finding({ id: 'B-S1' }),
      finding({ id: 'B-S1', stack: prod }),
      finding({ id: 'A-S2' }),
    ];
    const entries = renew(found, []);
    expect(entries.map(({ findings, stacks, reason, owner }) => ({ findings, stacks, reason, owner }))).toEqual([
      { findings: ['A-S1', 'B-S1'], stacks: ['Headwaters-dev-Foundation', prod], reason: '', owner: '' },
      { findings: ['A-S2'], stacks: ['Headwaters-dev-Foundation'], reason: '', owner: '' },
    ]);
    expect(judgeLedger(ledgerOf(...entries)).join()).toMatch(/ThinReason.*NoOwner.*ReviewOverdue/);
  });

  test('follows a dataset to the name that somebody says it has', () => {
    const old = entry({ findings: ['A-IAM5[Resource::x/tides/*]'], resource: 'DatasetsTidesPolicy0123ABCD' });
    const now = finding({ id: 'A-IAM5[Resource::x/ebbs/*]', resource: 'DatasetsEbbsPolicy89ABCDEF' });
    expect(renew([now], [old], { from: 'tides', to: 'ebbs' })).toEqual([{ ...old, findings: [now.id], resource: now.resource }]);
  });

  test('lends no reason to what was not said to be renamed, or asks for more', () => {
    const old = entry({ resource: 'DatasetsTidesPolicy0123ABCD' });
    const other = finding({ resource: 'DatasetsEbbsPolicy89ABCDEF' });
    expect(renew([other], [old]).map(({ reason }) => reason)).toEqual(['']);
    expect(renew([other], [old], { from: 'tides', to: 'waves' }).map(({ reason }) => reason)).toEqual(['']);
    const more = renew([other, { ...other, id: 'A-IAM5[Action::s3:*]' }], [old], { from: 'tides', to: 'ebbs' });
    expect(more.map(({ findings, reason }) => [findings, reason === ''])).toEqual([
      [['A-S1'], false],
      [['A-IAM5[Action::s3:*]'], true],
    ]);
  });
});
