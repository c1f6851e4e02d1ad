import { freshness } from '../../../prove/nothing-lost/history/freshness.ts';
import { unchanged } from '../../../prove/nothing-lost/history/idempotence.ts';
import { sameViews } from '../../../prove/nothing-lost/history/order.ts';
import { cleanRow, envelope, honest, row, SECOND, WRITTEN } from './honest-history.ts';

const BOUNDS = { clean: 100 * SECOND, quarantine: 100 * SECOND, parked: 100 * SECOND, raw: 100 * SECOND };
const messages = (violations: readonly { readonly message: string }[]): string[] => violations.map(({ message }) => message);

describe('freshness', () => {
  test('is counted from the acknowledgement, or from the end of the fault where that is later', () => {
    expect(freshness(honest(), 0, BOUNDS)).toEqual({ worst: BOUNDS, violations: [] });
    expect(freshness(honest(), WRITTEN - SECOND, BOUNDS).worst.clean).toBe(SECOND);
  });

  test('fails for an event that came late to a place, and names it', () => {
    for (const place of ['clean', 'quarantine', 'parked', 'raw'] as const) {
      const { violations } = freshness(honest(), 0, { ...BOUNDS, [place]: 99 * SECOND });
      expect(messages(violations)).toEqual([expect.stringMatching(`took 100 s to ${place}, at most 99 s`)]);
    }
  });

  test('fails for an event that never came, and for one that is on its way', () => {
    const history = honest();
    const late = { ...history, undelivered: 3, found: { ...history.found, clean: history.found.clean.slice(1) } };
    expect(messages(freshness(late, 0, BOUNDS).violations)).toEqual([
      "'good a' took Infinity s to clean, at most 100 s are allowed",
      '3 records are still on their way',
    ]);
  });
});

describe('order', () => {
  test('does not matter where readers see the same, whenever it came', () => {
    expect(sameViews([row('a'), row('b')], [row('b', { _ingested_at: 'later', dt: 'x' }), row('a')])).toEqual([]);
  });

  test.each([
    ['another body', [row('a', { total: '1' })], /otherwise by another order, in total$/],
    ['an event less', [], /by one order alone$/],
    ['an id twice', [row('a'), row('a')], /seen 1 times by one order and 2 times by the other/],
  ])('fails for %s', (_, other, message) => {
    expect(messages(sameViews([row('a')], other))).toEqual([expect.stringMatching(message)]);
  });
});

describe('a replay', () => {
  test('may copy what is there', () => {
    const { found } = honest();
    expect(
      unchanged(found, { ...found, clean: [...found.clean, ...found.clean], quarantined: [...found.quarantined, envelope('d')] }),
    ).toEqual([]);
  });

  test.each([
    ['a new row', { clean: [...honest().found.clean, cleanRow('x')] }, ['1 identities are new in clean']],
    ['a row less', { clean: honest().found.clean.slice(1) }, ['1 identities are no longer in clean']],
    ['a new reject', { quarantined: [...honest().found.quarantined, envelope('x')] }, ['1 identities are new in quarantine']],
    [
      'another reason',
      { quarantined: honest().found.quarantined.map((each) => ({ ...each, reason: 'wrong-type' })) },
      ['2 identities are no longer in quarantine', '2 identities are new in quarantine'],
    ],
  ])('fails for %s', (_, change, said) => {
    const { found } = honest();
    expect(messages(unchanged(found, { ...found, ...change }))).toEqual(said);
  });
});
