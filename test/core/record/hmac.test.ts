import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { hmacSha256 } from '../../../core/record/hmac.ts';

const ascii = fc.string({ unit: 'binary-ascii', maxLength: 64 });
const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', '\0', '\ud800', 'x'.repeat(10_000)));

test.each<[string, fc.Arbitrary<string>]>([
  ['a key of ASCII within a block', ascii],
  ['a longer key', fc.string({ unit: 'binary-ascii', minLength: 60, maxLength: 130 })],
  ['a key beyond ASCII', fc.string({ unit: 'grapheme', maxLength: 40 })],
])('is the HMAC of RFC 2104 under %s, whatever the text', (_, keys) => {
  fc.assert(
    fc.property(
      keys,
      fc.array(texts, { maxLength: 4 }),
      fc.constantFrom('hex' as const, 'base64url' as const),
      (key, values, encoding) => {
        const hmac = hmacSha256(key);
        for (const value of values) expect(hmac(value, encoding)).toBe(createHmac('sha256', key).update(value).digest(encoding));
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test('gives the answer of RFC 4231, test case 2', () => {
  expect(hmacSha256('Jefe')('what do ya want for nothing?', 'hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
