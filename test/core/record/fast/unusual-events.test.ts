import { ARRIVAL, compiled, eventText } from '../../../support/contracts.ts';
import { twoPaths } from './two-paths.ts';

const COLUMNS = {
  sequence: '4',
  meter_code: '"M17"',
  channel: '3',
  counter: '12',
  load: '1.5',
  price: '2.5',
  energy: '0.25',
  estimated: 'true',
  billing_day: '"2001-01-08"',
  local_time: '"11:00:00"',
  read_locally_at: '"2001-01-09T11:00:00"',
  site: '{"grid":"north","floors":[1,2],"position":{"lat":1.5,"lon":2}}',
  samples: '[1,2.5]',
  contact: '"ada@example.com"',
  customer_name: '"Ada King"',
  customer_id: '"c-17"',
  remark: '"call me"',
};
const full = (overrides: Readonly<Record<string, string | undefined>> = {}): string => eventText({ ...COLUMNS, ...overrides });

/** A judge that has seen the fixture's order of keys, in an event that has them all. */
function learnt() {
  const paths = twoPaths(compiled());
  paths.learn(full());
  return paths;
}
const { fast, exact } = learnt();

describe('is accepted on the fast path, as on the exact one', () => {
  test.each<[string, string]>([
    ['every column', full()],
    ['required columns alone', eventText()],
    ['null in every column that may be null', full(Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, 'null'])))],
    ['an empty text', full({ remark: '""', customer_name: '""', contact: 'null' })],
    ['letters of another script', full({ customer_name: '"Ådå Königsmark 王"' })],
    [
      'a line separator and DEL, which JSON need not escape',
      full({ customer_name: '"\u2028\u2029\u007f"', reading_id: '"\u2028"' }),
    ],
    ['a byte order mark within', full({ reading_id: '"\ufeffa"' })],
    ['a text that looks like JSON', full({ reading_id: '"{\'a\':[1,null]}"' })],
    ['the largest and the smallest integer', full({ counter: '9223372036854775807', sequence: '-9223372036854775808' })],
    ['more digits than a double has', full({ load: '0.1000000000000000055511151231257827' })],
    ['exponents', full({ load: '1E+2' })],
    ['a decimal with zeros to cut', full({ price: '12.500', energy: '0.00' })],
    ['a negative decimal of nothing', full({ energy: '-0.00' })],
    ['a time with an offset', full({ measured_at: '"2001-01-09T12:30:00.5+01:30"' })],
    ['a time with a space, and nine decimals', full({ measured_at: '"2001-01-09 11:00:00.987654321Z"' })],
    ['a carriage return behind it', `${full()}\r`],
    ['an object in another order, with spaces and a null', full({ site: '{ "floors" : null, "grid":"south" }' })],
    ['escapes within a list of the exact path', full({ samples: '[ 1,\t2e0 ]' })],
    ['an event as late as may be', full({ measured_at: '"1998-01-10T12:00:00Z"' })],
  ])('%s', (_, text) => {
    const verdict = exact(text, ARRIVAL);
    expect(verdict).toMatchObject({ accepted: true });
    expect(fast(text, ARRIVAL)).toEqual(verdict);
  });
});

describe('is declined, whatever the exact path says', () => {
  test.each<[string, string, boolean]>([
    ['an escape in a text', full({ reading_id: '"a\\u0041"' }), true],
    ['an escaped quote', full({ customer_name: '"a\\"b"' }), true],
    ['an escaped NUL', full({ customer_name: '"\\u0000"' }), false],
    ['an escape in a key', full({ reading_id: undefined, 'reading\\u005fid': '"a"' }).replace('\\\\', '\\'), true],
    ['a character beyond 16 bits', full({ customer_name: '"Ada 😀"' }), true],
    ['half a surrogate pair', full({ customer_name: '"\ud800"' }), true],
    ['a raw NUL', full({ reading_id: '"a\0"' }), false],
    ['a raw tab', full({ reading_id: '"a\t"' }), false],
    ['another order of keys', '{"kind":"power","reading_id":"r-1","measured_at":"2001-01-09T11:00:00Z"}', true],
    ['a key unknown', full({ colour: '1' }), true],
    ['a key unknown that is __proto__', full().replace(/}$/, ',"__proto__":{"kind":"gas"}}'), true],
    ['a key in other case', full({ KIND: '"gas"' }), false],
    ['a key twice', full().replace(/}$/, ',"remark":"x"}'), false],
    ['a required key twice', full().replace(/^{/, '{"reading_id":"r-1",'), false],
    ['an optional key twice, side by side', full().replace('"counter":12', '"counter":12,"counter":12'), false],
    ['negative zero in an integer', full({ counter: '-0' }), true],
    ['negative zero in a double', full({ load: '-0.0' }), true],
    ['what is rounded to negative zero', full({ load: '-1e-400' }), true],
    ['what no double holds', full({ load: '1e400' }), false],
    ['2^63', full({ counter: '9223372036854775808' }), false],
    ['an integer of 60,000 digits', full({ counter: '9'.repeat(60_000) }), false],
    ['a fraction for an integer', full({ counter: '7.0' }), false],
    ['a leading zero', full({ counter: '07' }), false],
    ['a point without digits', full({ load: '1.' }), false],
    ['an exponent without digits', full({ load: '1e' }), false],
    ['a decimal with an exponent', full({ price: '1e1' }), false],
    ['a text for a number', full({ counter: '"12"' }), false],
    ['a number for a text', full({ reading_id: '12' }), false],
    ['null for a required value', full({ kind: 'null' }), false],
    ['a required key absent', full({ kind: undefined }), false],
    ['an empty id', full({ reading_id: '""' }), false],
    ['a value that is not listed', full({ kind: '"water"' }), false],
    ['the beginning of a listed value', full({ kind: '"pow"' }), false],
    ['a text against its pattern', full({ meter_code: '"X1"' }), false],
    ['30 February', full({ measured_at: '"2001-02-30T00:00:00Z"' }), false],
    ['a time in the future', full({ measured_at: '"2001-01-11T12:00:00.001Z"' }), false],
    ['a time too old', full({ measured_at: '"1998-01-10T11:59:59.999Z"' }), false],
    ['an object without what it requires', full({ site: '{}' }), false],
    ['brackets that do not pair', full({ site: '{"grid":"north"]' }), false],
    ['a list deeper than its type', full({ samples: '[[[[1]]]]' }), false],
    ['what is unknown within an object, deeper than its type', full({ site: '{"grid":"north","other":[{"a":"]"}]}' }), true],
    ['a list of 1,000 brackets', full({ samples: '['.repeat(1000) + ']'.repeat(1000) }), false],
    ['a space more than producers put', full().replace(',', ',  '), true],
    ['a tab for a space', full().replace(',', ',\t'), true],
    ['a space before a colon', full().replace(':', ' :'), true],
    ['a space before the event', ` ${full()}`, true],
    ['a comma at the end', full().replace(/}$/, ',}'), false],
    ['two events', full() + full(), false],
    ['something behind it', `${full()}x`, false],
    ['a line behind it', `${full()}\n`, true],
    ['an event cut short', full().slice(0, -1), false],
    ['a list of it', `[${full()}]`, false],
    ['an event of 70,000 characters', full({ remark: `"${'x'.repeat(70_000)}"` }), true],
    ['nothing', '', false],
  ])('%s', (_, text, accepted) => {
    expect(exact(text, ARRIVAL).accepted).toBe(accepted);
    expect(fast(text, ARRIVAL)).toBeUndefined();
  });
});

test('a key of an optional column between others, unknown within it, is told', () => {
  const paths = twoPaths(compiled());
  paths.learn(full());
  const text = full({ site: '{"grid":"north","other":1}' });
  expect(paths.fast(text, ARRIVAL)).toEqual(paths.exact(text, ARRIVAL));
  expect(paths.fast(text, ARRIVAL)).toMatchObject({ unknownFields: true });
  expect(paths.fast(full(), ARRIVAL)).toMatchObject({ unknownFields: false });
});

test('an event with spaces is accepted by the rules of one without, and its row has none', () => {
  const paths = twoPaths(compiled());
  const spaced = full().replaceAll(',"', ', "').replaceAll('":', '": ');
  paths.learn(spaced);
  expect(paths.fast(spaced, ARRIVAL)).toEqual(paths.exact(full(), ARRIVAL));
});

test.each<[string, object]>([
  ['a decimal that makes an id', { eventIdFields: ['price'] }],
  [
    'a column with a name to escape',
    { columns: [...compiled().columns, { name: 'a"b', required: false, type: { kind: 'boolean' } }] },
  ],
  ['a column twice', { columns: [...compiled().columns, ...compiled().columns] }],
  ['an id of the same field twice', { eventIdFields: ['reading_id', 'reading_id'] }],
])('fails to know a contract of %s, and declines all its events', (_, change) => {
  const paths = twoPaths({ ...compiled(), ...change });
  paths.learn(full());
  expect(paths.fast(full(), ARRIVAL)).toBeUndefined();
});

test('an id of several fields, one of them protected and one absent, is the exact one', () => {
  const eventIdFields = ['measured_at', 'customer_id', 'reading_id', 'counter', 'colour'];
  const paths = twoPaths({ ...compiled(), eventIdFields });
  paths.learn(full());
  for (const text of [
    full(),
    full({ reading_id: '""' }),
    full({ customer_id: '""' }),
    full({ customer_id: 'null', counter: undefined }),
  ]) {
    expect(paths.exact(text, ARRIVAL)).toMatchObject({ accepted: true });
    expect(paths.fast(text, ARRIVAL)).toEqual(paths.exact(text, ARRIVAL));
  }
});
