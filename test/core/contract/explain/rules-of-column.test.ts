import { rulesOfColumn } from '../../../../core/contract/explain/rules-of-column.ts';
import { REASON_WORDS } from '../../../../core/contract/explain/reason-words.ts';
import { REASONS } from '../../../../core/record/reasons.ts';
import { dataset } from '../../../support/contracts.ts';

const rules = (name: string): string[] =>
  dataset()
    .columns.filter((column) => column.name === name)
    .flatMap((column) => rulesOfColumn(column))
    .map(({ column, rule, reason }) => `${column} ${rule}: ${reason}`);

test.each([
  [
    'kind',
    ['kind is there and not null: missing-value', 'kind is one of gas, heat, power: not-listed', 'kind is a text: wrong-type'],
  ],
  [
    'meter_code',
    [
      'meter_code is a text: wrong-type',
      'meter_code has 2 or more, 8 or fewer characters: wrong-length',
      'meter_code matches ^M[0-9]+$: pattern-mismatch',
    ],
  ],
  ['channel', ['channel is a whole number of 32 bits: wrong-type', 'channel is from 0 to 9: out-of-range']],
  ['load', ['load is a number: wrong-type', 'load is -100 or more and below 1000.5: out-of-range']],
  [
    'price',
    [
      'price is a number without an exponent: wrong-type',
      'price has at most 8 digits before the point and 2 after it: out-of-range',
      'price is 0 or more: out-of-range',
    ],
  ],
  ['billing_day', ['billing_day is a day of the calendar, yyyy-mm-dd: bad-time']],
  ['read_locally_at', ['read_locally_at is an ISO 8601 time; without a zone it is read as UTC: bad-time']],
  [
    'samples',
    [
      'samples is a list: wrong-type',
      'samples has 1 or more, 3 or fewer items: wrong-length',
      'samples[] is a number: wrong-type',
    ],
  ],
  [
    'site',
    [
      'site is an object: wrong-type',
      'site.grid is there and not null: missing-value',
      'site.grid is one of north, south: not-listed',
      'site.grid is a text: wrong-type',
      'site.floors is a list: wrong-type',
      'site.floors[] is a whole number of 64 bits: wrong-type',
      'site.position is an object: wrong-type',
      'site.position.lat is a number: wrong-type',
      'site.position.lon is a number: wrong-type',
    ],
  ],
])('%s', (name, said) => {
  expect(rules(name)).toEqual(said);
});

test('every reason has its words', () => {
  expect(Object.keys(REASON_WORDS).sort()).toEqual([...REASONS].sort());
});
