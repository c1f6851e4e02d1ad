import * as fc from 'fast-check';
import { fromBytes, toBytes, unscaled, unscaledBytes, type Value } from '../../../local/iceberg/value.ts';
import type { IcebergType } from '../../../local/iceberg/types.ts';

/** @see https://iceberg.apache.org/spec/#binary-single-value-serialization */
const CASES: readonly (readonly [type: IcebergType, value: Value, hex: string])[] = [
  ['boolean', true, '01'],
  ['boolean', false, '00'],
  ['int', 34, '22000000'],
  ['int', -1, 'ffffffff'],
  ['long', 34n, '2200000000000000'],
  ['float', 1, '0000803f'],
  ['double', -0, '0000000000000080'],
  ['date', -1, 'ffffffff'],
  ['timestamp', 1_000_000n, '40420f0000000000'],
  ['timestamptz', -1n, 'ffffffffffffffff'],
  ['string', 'é', 'c3a9'],
  ['binary', Buffer.from([0, 255]), '00ff'],
  ['decimal(9, 2)', 1420n, '058c'],
  ['decimal(9, 2)', -1n, 'ff'],
  ['decimal(9, 2)', 128n, '0080'],
];

test.each(CASES)('a bound of the type %s: %p', (type, value, hex) => {
  expect(toBytes(type, value).toString('hex')).toBe(hex);
  expect(fromBytes(type, Buffer.from(hex, 'hex'))).toEqual(value);
});

test('bounds that were written while a column was narrower are read as what it is now', () => {
  expect(fromBytes('long', toBytes('int', -5))).toBe(-5n);
  expect(fromBytes('double', toBytes('float', 0.5))).toBe(0.5);
});

test('digits of any decimal come back, in as few bytes as hold them', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), (digits) => {
      const bytes = unscaledBytes(digits);
      expect(unscaled(bytes)).toBe(digits);
      expect(bytes.length === 1 || BigInt.asIntN((bytes.length - 1) * 8, digits) !== digits).toBe(true);
    }),
  );
});
