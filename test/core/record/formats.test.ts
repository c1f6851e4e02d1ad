import fc from 'fast-check';
import { FORMAT_PATTERNS, formatTest } from '../../../core/record/judge/formats.ts';

test('knows a UUID as its pattern does', () => {
  const isUuid = formatTest('uuid');
  const spoilt = fc
    .tuple(
      fc.uuid(),
      fc.nat(36),
      fc.nat(2),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 2 }), fc.constantFrom('-', 'G', 'f', 'F', '/', ':', '@', '`')),
    )
    .map(([uuid, place, taken, inserted]) => uuid.slice(0, place) + inserted + uuid.slice(place + taken));
  let known = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uuid(),
        fc.uuid().map((uuid) => uuid.toUpperCase()),
        spoilt,
      ),
      (text) => {
        expect(isUuid(text)).toBe(FORMAT_PATTERNS.uuid.test(text));
        if (isUuid(text)) known += 1;
      },
    ),
    { seed: 1, numRuns: 5000 },
  );
  expect(known).toBeGreaterThan(1000);
});
