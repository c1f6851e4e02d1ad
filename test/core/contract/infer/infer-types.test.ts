import { columnOf, eventsWith, infer, profileOf, saidOf } from './support.ts';

const repeated = (value: string, times: number): string[] => Array.from({ length: times }, () => value);

test.each([
  ['integers', ['1', '-20', '9223372036854775807'], { logicalType: 'integer' }],
  ['integers that 64 bits do not hold', ['9223372036854775808'], { logicalType: 'number', physicalType: 'decimal(38,0)' }],
  ['integers that no decimal holds', [`1${'0'.repeat(40)}`], { logicalType: 'number' }],
  ['numbers', ['1', '2.5', '1e3'], { logicalType: 'number' }],
  ['shortest doubles', ['31.953764720000002', '-89.23450472'], { logicalType: 'number' }],
  ['decimals that a double would change', ['12345678901234567.89'], { logicalType: 'number', physicalType: 'decimal(38,2)' }],
  ['booleans', ['true', 'false'], { logicalType: 'boolean' }],
  ['texts', ['"a"', '""', '"1"'], { logicalType: 'string' }],
  ['dates', ['"2026-01-31"', '"2024-02-29"'], { logicalType: 'date' }],
  ['dates that are none', ['"2026-01-31"', '"2026-02-30"'], { logicalType: 'string' }],
  ['times of day', ['"09:30:00"', '"23:59:59.5"'], { logicalType: 'time' }],
  [
    'timestamps',
    ['"2026-01-31T09:30:00Z"', '"2026-01-31T09:30:00+01:00"'],
    { logicalType: 'timestamp', logicalTypeOptions: { timezone: true } },
  ],
  [
    'timestamps without a zone',
    ['"2026-01-31T09:30:00Z"', '"2026-01-31 09:30:00"'],
    { logicalType: 'timestamp', logicalTypeOptions: { defaultTimezone: 'UTC' } },
  ],
  ['timestamps beyond what Parquet holds', ['"9999-12-31T00:00:00Z"'], { logicalType: 'string' }],
  ['uuids', ['"123e4567-e89b-12d3-a456-426614174000"'], { logicalType: 'string', logicalTypeOptions: { format: 'uuid' } }],
  ['links', ['"https://example.com/a"'], { logicalType: 'string', logicalTypeOptions: { format: 'uri' } }],
  ['words that pass for hosts', ['"alpha"', '"beta"'], { logicalType: 'string' }],
  ['arrays', ['[1,2]', '[]'], { logicalType: 'array', items: { logicalType: 'integer' } }],
  [
    'objects',
    ['{"a":1,"b":"x"}', '{"a":2}'],
    {
      logicalType: 'object',
      properties: [
        { name: 'a', logicalType: 'integer', required: true },
        { name: 'b', logicalType: 'string' },
      ],
    },
  ],
  [
    'arrays of objects',
    ['[{"a":1},{"a":2.5}]'],
    {
      logicalType: 'array',
      items: { logicalType: 'object', properties: [{ name: 'a', logicalType: 'number', required: true }] },
    },
  ],
  [
    'objects whose keys are data',
    ['{"2026-01-31":1}', '{"2026-02-01":2.5}'],
    { logicalType: 'object', physicalType: 'map<string,double>' },
  ],
])('infers %s', (_, values, expected) => {
  expect(columnOf(infer(profileOf(eventsWith(values))))).toEqual({ name: 'value', ...expected, required: true });
});

test('takes objects with many keys, few of them in each, for a map', () => {
  const values = Array.from({ length: 60 }, (_, index) => `{"sensor_${String.fromCharCode(97 + (index % 26))}":${index}}`);
  expect(columnOf(infer(profileOf(eventsWith(values))))).toMatchObject({ physicalType: 'map<string,bigint>' });
});

test.each([
  ['price', ['12.5', '3'], 'decimal(18,2)'],
  ['price', ['12.505'], 'decimal(18,3)'],
  ['share', repeated('0.25', 20).map((text, index) => `${text}${index % 9}`), 'decimal(18,3)'],
])('gives the money or fixed-point column %s a decimal', (name, values, expected) => {
  const contract = infer(profileOf(eventsWith(values, name)));
  expect(columnOf(contract, name)).toMatchObject({ physicalType: expected });
  expect(saidOf(contract, name)[0]).toContain('more are refused');
});

test.each([
  ['1', { logicalType: 'integer' }],
  ['1.5', { logicalType: 'number' }],
  ['007', { logicalType: 'string' }],
  ['TRUE', { logicalType: 'boolean' }],
])('reads the CSV cell %s', (cell, expected) => {
  expect(columnOf(infer(profileOf(eventsWith([JSON.stringify(cell)]), true)))).toMatchObject(expected);
});

test('keeps numbers of CSV a string where only a string can be protected', () => {
  const cells = ['"5105105105105100"', '"4111111111111111"'];
  const contract = infer(profileOf(eventsWith(cells, 'card_number'), true));
  expect(columnOf(contract, 'card_number')).toMatchObject({ logicalType: 'string', classification: 'restricted' });
  expect(saidOf(contract, 'card_number')[0]).toBe(
    'a string and no number, since only a string can be protected: the producer must send it so',
  );
});

test.each([
  ['null', 'no value was seen'],
  ['{}', 'only objects without a value were seen'],
  ['[]', 'only empty arrays were seen'],
  ['[[]]', 'of its items, only empty arrays were seen'],
])('leaves out a column of which only %s was seen', (value, because) => {
  const contract = infer(profileOf(eventsWith([value, ''])));
  expect(columnOf(contract)).toBeUndefined();
  expect(saidOf(contract, 'value')).toEqual([`left out: 'value', since ${because}`]);
});

test('leaves out a map with keys that would be stored otherwise', () => {
  expect(saidOf(infer(profileOf(eventsWith(['{"9A":1}']))), 'value')[0]).toContain('keys in upper case');
});

test('requires what no event lacks, and nothing else', () => {
  expect(columnOf(infer(profileOf(eventsWith(['1', '2']))))).toHaveProperty('required', true);
  expect(columnOf(infer(profileOf(eventsWith(['1', '']))))).not.toHaveProperty('required');
  expect(columnOf(infer(profileOf(eventsWith(['1', 'null']))))).not.toHaveProperty('required');
});

test('takes the type of nearly all values, and says how many would be refused', () => {
  const contract = infer(profileOf(eventsWith([...repeated('1', 99), '"x"'])));
  expect(columnOf(contract)).toMatchObject({ logicalType: 'integer' });
  expect(saidOf(contract, 'value')).toEqual(['1 of 100 values are of type string: they would be refused']);
});

test('fails when the values of a column are of several types', () => {
  expect(() => infer(profileOf(eventsWith(['1', '"secret"'])))).toThrow(
    /^MixedTypes: .*'value' \(number; 1 of 2 values are of type string\)/,
  );
});

test('lists the values of a column that has few, again and again', () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? '"on"' : '"off"'));
  const contract = infer(profileOf(eventsWith(values)));
  expect(columnOf(contract)).toMatchObject({
    quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues: ['off', 'on'] }, mustBe: 0 }],
  });
  expect(saidOf(contract, 'value')).toEqual(['these 2 values are all that 1,000 events have; any other is refused']);
});

test.each([
  ['too few events', (index: number) => `s${index % 2}`, 999],
  ['one value', () => 'on', 1000],
  ['too many values', (index: number) => `s${index % 21}`, 1050],
  ['a value that came once', (index: number) => (index === 0 ? 'rare' : `s${index % 2}`), 1000],
  ["persons' names", (index: number) => (index % 2 === 0 ? 'Ada Lovelace' : 'Alan Turing'), 1000],
  ['numbers of something', (index: number) => (index % 2 === 0 ? 'A-123456' : 'A-654321'), 1000],
  ['sentences', (index: number) => (index % 2 === 0 ? 'I wish to complain, again' : 'thank you so very much'), 1000],
])('lists no values for %s', (_, valueOf, count) => {
  const values = Array.from({ length: count }, (__, index) => JSON.stringify(valueOf(index)));
  const { text } = infer(profileOf(eventsWith(values)));
  expect(text).not.toContain('validValues');
});

describe('what looks like more than its type', () => {
  const date = (form: string) => `looks like a date in the form ${form}; it is a date only if the producer sends yyyy-MM-dd`;
  test.each([
    ['a date with dots', ['"01.09.2026"', '"1.10.2026"'], date('dd.MM.yyyy')],
    ['a date with the month first', ['"03/14/2026"', '"03/04/2026"'], date('MM/dd/yyyy')],
    ['a date with the day first', ['"14/03/2026"', '"04/03/2026"'], date('dd/MM/yyyy')],
    ['a date that may be either', ['"04/03/2026"'], date('dd/MM/yyyy or MM/dd/yyyy')],
    ['a date of two digits', ['"14-03-26"'], date('dd-MM-yy')],
    ['a date of digits alone', ['"20260314"'], date('yyyyMMdd')],
    ['a number of such digits', ['20260314', '20260401'], date('yyyyMMdd')],
    ['a date with a named month', ['"14 Mar 2026"'], date('dd MMM yyyy')],
    ['an American date', ['"March 4, 2026"'], date('MMM dd, yyyy')],
    [
      'a date in two forms',
      ['"2026-03-04"', '"2026-03-05"', '"04.03.2026"'],
      'looks like a date in several forms (yyyy-MM-dd, dd.MM.yyyy); it is a date only if the producer always sends yyyy-MM-dd',
    ],
    [
      'a date among others',
      ['"14.03.2026"', '"15.03.2026"', '"open"'],
      'looks like a date in the form dd.MM.yyyy in 66.6 % of the values; it is a date only if the producer always sends yyyy-MM-dd',
    ],
    [
      'a day that no calendar has',
      ['"2026-02-30"'],
      'looks like a date; it is a date only if the producer always sends one as yyyy-MM-dd',
    ],
    [
      'a time beside a date',
      ['"14.03.2026 9:30"', '"03.03.2026 10:15"'],
      'looks like a timestamp in the form dd.MM.yyyy with a time; it is a timestamp only if the producer sends yyyy-MM-ddTHH:mm:ssZ',
    ],
    [
      'dates beside timestamps',
      ['"2026-03-04T10:00:00Z"', '"2026-03-04"'],
      'looks like a timestamp in several forms (yyyy-MM-dd with a time, yyyy-MM-dd); it is a timestamp only if the producer always sends yyyy-MM-ddTHH:mm:ssZ',
    ],
    [
      'a time of day',
      ['"9:30"', '"10:45 PM"'],
      'looks like a time of day; it is a time only if the producer always sends HH:mm:ss',
    ],
    [
      'a decimal comma',
      ['"3,51"', '"-1.204,5"', '"4"'],
      'looks like a number with a comma; it is a number only if the producer sends it as JSON does, with a point for the decimals and nothing else',
    ],
    [
      'a span of time',
      ['"PT1H30M"', '"P3D"'],
      'looks like a span of time, for which a contract has no type: it is a number only if the producer sends one, such as seconds',
    ],
    [
      'seconds since 1970',
      ['1769851800', '1769851801'],
      'looks like seconds since 1970; it is a timestamp only if the producer sends ISO 8601, as new Date(value * 1000).toISOString() does',
    ],
    [
      'milliseconds since 1970 as a text',
      ['"1769851800000"'],
      'looks like milliseconds since 1970; it is a timestamp only if the producer sends ISO 8601, as new Date(value).toISOString() does',
    ],
  ])('is marked: %s', (_, values, said) => {
    const contract = infer(profileOf(eventsWith(values)));
    expect(columnOf(contract)).toMatchObject({ logicalType: values.every((text) => /^\d/.test(text)) ? 'integer' : 'string' });
    expect(saidOf(contract, 'value')).toEqual([said]);
    expect(contract.text).toContain(`# confirm: ${said.slice(0, 40)}`);
  });

  test('is marked in CSV, where its digits are a number', () => {
    expect(saidOf(infer(profileOf(eventsWith(['"1769851800"']), true)), 'value')).toEqual([
      expect.stringContaining('looks like seconds since 1970'),
    ]);
  });

  test.each([
    ['code', '1769851800'],
    ['order_number', '20260314'],
    ['app_version', '"10.12.24"'],
    ['value', '"1.2.3"'],
    ['value', '"10.0.0"'],
    ['value', '4234567890123'],
    ['value', '"a, b"'],
    ['value', '"32.13.2026"'],
    ['value', '"99/99/2026"'],
  ])('is not said of %s %s', (name, value) => {
    expect(saidOf(infer(profileOf(eventsWith([value, value], name))), name)).toEqual([]);
  });

  test('is no closed list: the next day would be refused', () => {
    const values = Array.from({ length: 1000 }, (_, index) => `"0${1 + (index % 5)}.09.2026"`);
    const contract = infer(profileOf(eventsWith(values)));
    expect(columnOf(contract)).not.toHaveProperty('quality');
    expect(contract.text).not.toContain('.09.2026');
  });
});
