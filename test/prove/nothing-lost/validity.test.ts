import { proofContract } from '../../../prove/nothing-lost/contract.ts';
import type { Stored } from '../../../prove/nothing-lost/history/history.ts';
import { validity } from '../../../prove/nothing-lost/history/validity.ts';
import { cleanRow } from './honest-history.ts';

const [contract] = proofContract(['scans']).datasets;
const faults = (fields: Readonly<Record<string, Stored>>): string[] => {
  if (contract === undefined) throw new TypeError('the contract has no dataset');
  return validity([cleanRow('a', fields)], contract).map(({ message }) => message.replace(/^1 rows of clean: /, ''));
};

test.each<[string, Readonly<Record<string, Stored>>]>([
  ['a row of required columns alone', {}],
  [
    'every column at its bounds',
    { pieces: 9, load: -100, code: 'P1234567', price: '99999999.99', total: '-9223372036854775808' },
  ],
  ['what is protected, protected', { email: '***@example.com', person: 'f'.repeat(64), account: `tok_${'x'.repeat(22)}` }],
  [
    'lists, maps and objects',
    { samples: [1], labels: [{ key: 'a', value: 'b' }], depot: { zone: 'north', floors: null, position: null } },
  ],
])('takes %s', (_, fields) => {
  expect(faults(fields)).toEqual([]);
});

test.each<[string, Readonly<Record<string, Stored>>, RegExp]>([
  ['an empty required column', { kind: null }, /^'kind' is empty$/],
  ['a value that is not listed', { kind: 'lost' }, /^'kind' holds/],
  ['a text too long', { code: 'P12345678' }, /^'code' holds/],
  ['a text against its pattern', { code: 'X1' }, /^'code' holds/],
  ['a NUL', { note: 'a\0b' }, /^'note' holds/],
  ['a number below its bound', { pieces: -1 }, /^'pieces' holds/],
  ['a number at a bound that is excluded', { load: 1000.5 }, /^'load' holds/],
  ['-0', { load: -0 }, /^'load' holds/],
  ['a decimal of too many digits', { price: '1.001' }, /^'price' holds/],
  ['an integer beyond 64 bits', { total: '9223372036854775808' }, /^'total' holds/],
  ['a truth that is a text', { fragile: 'true' }, /^'fragile' holds/],
  ['a day that is none', { due: 'yesterday' }, /^'due' holds/],
  ['an hour that is none', { opens: '24:00:00' }, /^'opens' holds/],
  ['a list too long', { samples: [1, 2, 3, 4] }, /^'samples' holds/],
  ['nothing in a list', { samples: [null] }, /^'samples' holds/],
  ['a key of a map in capitals', { labels: [{ key: 'A', value: 'b' }] }, /^'labels' holds/],
  ['an object without what it must have', { depot: { zone: null, floors: null, position: null } }, /^'depot' holds/],
  ['an e-mail in clear', { email: 'ann@example.com' }, /^'email' is not protected$/],
  ['a name in clear', { person: 'Ann' }, /^'person' is not protected$/],
  ['an account in clear', { account: '4711' }, /^'account' is not protected$/],
  ['a column that must not be stored', { remark: null }, /^'remark' is stored$/],
  ['an id that is not the event’s', { _event_id: 'b' }, /^the id is not that of the event$/],
  ['another version', { _contract_version: '0.0.1' }, /^the version of the contract is another$/],
  ['an event of the future', { scanned_at: '2026-03-05 10:00:00' }, /^it happened in the future$/],
  ['an event that is too old', { scanned_at: '2020-03-02 10:00:00' }, /^it is older than it would be kept$/],
  ['a row without arrival', { _ingested_at: null }, /^there is no arrival$/],
])('finds %s', (_, fields, message) => {
  expect(faults(fields)).toContainEqual(expect.stringMatching(message));
});
