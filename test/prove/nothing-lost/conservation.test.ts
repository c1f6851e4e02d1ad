import { conservation } from '../../../prove/nothing-lost/history/conservation.ts';
import type { Allowance } from '../../../prove/nothing-lost/history/history.ts';
import { cleanRow, envelope, honest, sha256, WRITTEN } from './honest-history.ts';

const EXACT: Allowance = { copies: false, parks: 'never' };
type Honest = ReturnType<typeof honest>;

const judged = (change: (history: Honest) => object = () => ({}), allowed = EXACT) => {
  const history = honest();
  const { balance, violations } = conservation({ ...history, ...change(history) }, allowed);
  return { balance, said: violations.map(({ message }) => message) };
};
/** The honest run with something else found. */
const found = (change: (found: Honest['found']) => object) => (history: Honest) => ({
  found: { ...history.found, ...change(history.found) },
});

test('an honest run is balanced: copies of an id and of its bodies are duplicates', () => {
  expect(judged()).toEqual({
    balance: { produced: 6, accepted: 3, quarantined: 2, parked: 1, inFlight: 0, duplicates: 1 },
    said: [],
  });
});

test.each<[string, (history: Honest) => object, RegExp]>([
  ['a lost event', found(({ clean }) => ({ clean: clean.slice(1) })), /^'good a' is lost$/],
  ['a lost reject', found(({ quarantined }) => ({ quarantined: quarantined.slice(1) })), /^'bad d' is lost$/],
  ['a lost body of an id', found(({ clean }) => ({ clean: clean.slice(0, -1) })), /lost one of the bodies/],
  ['a line that raw lacks', found(({ raw }) => ({ raw: new Map([...raw].slice(1)) })), /^'good a' is not in raw$/],
  ['an invented event', found(({ clean }) => ({ clean: [...clean, cleanRow('x')] })), /nobody produced/],
  ['an invented reject', found(({ quarantined }) => ({ quarantined: [...quarantined, envelope('x')] })), /nobody produced/],
  [
    'an invented parked line',
    found(({ parked }) => ({ parked: [...parked, { sha256: sha256('x'), errorType: 'processing-failed', written: WRITTEN }] })),
    /nobody produced lies under the error prefix/,
  ],
  [
    'a good event in quarantine',
    found(({ quarantined }) => ({ quarantined: [...quarantined, envelope('a')] })),
    /should have been accepted/,
  ],
  [
    'altered original bytes',
    found(({ quarantined: [, ...rest] }) => ({ quarantined: [{ ...envelope('D'), statedSha256: sha256('d') }, ...rest] })),
    /^'bad d' is lost$/,
  ],
  [
    'a digest that is not of the bytes',
    found(({ quarantined: [, ...rest] }) => ({ quarantined: [{ ...envelope('d'), statedSha256: sha256('D') }, ...rest] })),
    /not those it states/,
  ],
  [
    'a wrong reason',
    found(({ quarantined: [, ...rest] }) => ({
      quarantined: [{ ...envelope('d'), reason: 'wrong-type', keyReason: 'wrong-type' }, ...rest],
    })),
    /^'bad d' is in quarantine as wrong-type, must be not-json$/,
  ],
  [
    'a reject under another reason’s key',
    found(({ quarantined: [, ...rest] }) => ({ quarantined: [{ ...envelope('d'), keyReason: 'not-utf8' }, ...rest] })),
    /filed under not-utf8/,
  ],
  [
    'an altered row',
    found(({ clean: [, ...rest] }) => ({ clean: [cleanRow('a', { kind: 'accepted' }), ...rest] })),
    /differs in kind$/,
  ],
  [
    'a column too many',
    found(({ clean: [, ...rest] }) => ({ clean: [cleanRow('a', { remark: 'x' }), ...rest] })),
    /differs in remark$/,
  ],
  [
    'two rows for a neighbour',
    found(({ clean }) => ({ clean: [...clean, cleanRow('b')] })),
    /^'good b' was put 1 times and stands in clean 2/,
  ],
  [
    'two envelopes for one reject',
    found(({ quarantined }) => ({ quarantined: [...quarantined, envelope('d')] })),
    /^'bad d' was put 1 times and is in quarantine 2/,
  ],
  [
    'a parked event that no fault excuses',
    found(({ clean, parked }) => ({
      clean: clean.slice(1),
      parked: [...parked, { sha256: sha256('a'), errorType: 'processing-failed', written: WRITTEN }],
    })),
    /^'good a' is lost: it is under the error prefix/,
  ],
  ['an object where no table looks', found(() => ({ stray: ['clean'] })), /an object of clean lies under a key/],
])('finds %s', (_, change, message) => {
  expect(judged(change).said).toContainEqual(expect.stringMatching(message));
});

test('copies are lawful where the producer sent more often, and where a fault may copy', () => {
  const twice = found(({ clean }) => ({ clean: [...clean, cleanRow('b')] }));
  const again = (history: Honest) => ({
    ...twice(history),
    produced: history.produced.map((event) => ({ ...event, sends: 2 })),
  });
  expect(judged(again).said).toEqual([]);
  expect(judged(twice, { ...EXACT, copies: true }).said).toEqual([]);
});

test('what a fault has left under the error prefix is lost unless it is brought back', () => {
  const left = found(({ clean, parked }) => ({
    clean: clean.slice(1),
    parked: [...parked, { sha256: sha256('a'), errorType: 'processing-failed', written: WRITTEN }],
  }));
  expect(judged(left, { ...EXACT, parks: 'left' })).toMatchObject({ balance: { parked: 2, accepted: 2 }, said: [] });
  expect(judged(left, { ...EXACT, parks: 'brought back' }).said).toEqual([expect.stringMatching(/^'good a' is lost/)]);
});

test('an event that is on its way is in flight, and not lost', () => {
  const flying = (history: Honest) => ({ ...found(({ clean }) => ({ clean: clean.slice(1) }))(history), undelivered: 1 });
  expect(judged(flying)).toMatchObject({ balance: { accepted: 2, inFlight: 1 }, said: [] });
});
