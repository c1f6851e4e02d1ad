import { ARRIVAL, contractDocument, eventText, judgeOf } from '../../support/contracts.ts';

const judge = judgeOf();

function hashOf(text: string, arrival = ARRIVAL, judged = judge): number {
  const verdict = judged(text, arrival);
  if (!verdict.accepted) throw new Error(verdict.reason);
  return (JSON.parse(verdict.row) as { _content_hash: number })._content_hash;
}

const text = eventText({ counter: '5', remark: '"call me"' });
const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()), null, 1);

test.each<[string, () => number]>([
  ['arrives later', () => hashOf(text, ARRIVAL + 60_000)],
  ['is written in another order, and with spaces', () => hashOf(reversed.replaceAll('\n', ' '))],
  ['differs in what is not stored', () => hashOf(eventText({ counter: '5', remark: '"do not call me"' }))],
  ['is judged by a later version', () => hashOf(text, ARRIVAL, judgeOf(contractDocument({ version: '1.3.0' })))],
])('a copy has the same hash where it %s', (_, copy) => {
  expect(copy()).toBe(hashOf(text));
});

test.each([
  { counter: '6' },
  { counter: undefined },
  { kind: '"gas"' },
  { site: '{"grid":"south"}' },
  { contact: '"b@example.com"' },
])('a copy that holds %j has another hash', (other) => {
  expect(hashOf(eventText({ counter: '5', contact: '"b@example.org"', ...other }))).not.toBe(
    hashOf(eventText({ counter: '5', contact: '"b@example.org"' })),
  );
});

test('is an int of 32 bits, of either sign', () => {
  const hashes = Array.from({ length: 100 }, (_, counter) => hashOf(eventText({ counter: String(counter) })));
  expect(hashes.every((hash) => Number.isInteger(hash) && hash >= -(2 ** 31) && hash < 2 ** 31)).toBe(true);
  expect(new Set(hashes.map(Math.sign))).toEqual(new Set([-1, 1]));
  expect(new Set(hashes).size).toBe(100);
});
