import { parse } from 'yaml';
import { contractFromObject } from '../../../../core/contract/from-object.ts';
import { columnOf, eventsWith, infer, profileOf, saidOf } from './support.ts';

const rows = (count: number, of: (index: number) => object): string[] =>
  Array.from({ length: count }, (_, index) => JSON.stringify(of(index)));
const at = (second: number): string => new Date(Date.UTC(2026, 0, 31) + second * 1000).toISOString();
const custom = (text: string): unknown =>
  (parse(text) as { schema: { customProperties: unknown }[] }).schema[0]?.customProperties;

test('writes a contract that the reader accepts, with what a person has to settle beside it', () => {
  const events = rows(200, (index) => ({
    reading_id: `r-${index}`,
    measured_at: at(index),
    contact_email: `person${index}@mail.example`,
    kilowatts: index / 8,
  }));
  const { text } = infer(profileOf(events));
  expect(contractFromObject(parse(text)).datasets[0]).toMatchObject({
    domain: 'energy',
    name: 'readings',
    owner: 'energy@example.com',
    eventIdFields: ['reading_id'],
    eventTimeField: 'measured_at',
  });
  expect(text).toContain(`      # confirm: looks like an e-mail address (100 % of 200 values)
      - name: contact_email
        logicalType: string
        logicalTypeOptions:
          format: email
        required: true
        classification: restricted
        tags: [personal]
        customProperties:
          - property: protection
            value: mask
`);
  expect(text).not.toContain('mail.example');
});

test.each([
  ['a column named like an id before another', { number: 1, reading_id: 1, hash: 1 }, ['reading_id']],
  ['a unique column whatever its name', { kind: 2, hash: 1 }, ['hash']],
  ['two columns that are unique together', { site_code: 10, meter_code: 21, kind: 2 }, ['site_code', 'meter_code']],
])('chooses for the key %s', (_, columns, expected) => {
  // a column holds the row's number, or as many values as are told
  const events = rows(210, (index) => ({
    measured_at: at(0),
    ...Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        `v${values === 1 ? index : values === 10 ? index % 10 : Math.floor(index / 10) % values}`,
      ]),
    ),
  }));
  expect(custom(infer(profileOf(events)).text)).toEqual([
    { property: 'eventIdFields', value: expect.arrayContaining(expected) as unknown },
    { property: 'eventTimeField', value: 'measured_at' },
  ]);
});

describe('where nothing identifies an event', () => {
  const readings = (count: number, more: (index: number) => object = () => ({})) =>
    profileOf(rows(count, (index) => ({ measured_at: at(index), battery: index % 100, ...more(index) })));

  test('fails, and says what the best column would lose', () => {
    expect(() => infer(readings(2000))).toThrow(
      "NoKey: no column and no pair of columns identifies an event: the best, 'battery', would merge 1,900 of 2,000; let the producer send an id, or accept that with '--key battery'",
    );
  });

  test('fails, and says what the best pair would lose', () => {
    const events = rows(300, (index) => ({ measured_at: at(index), site: `s${index % 5}`, kind: `k${index % 3}` }));
    expect(() => infer(profileOf(events))).toThrow(
      "the best, 'site' + 'kind', would merge 285 of 300; let the producer send an id, or accept that with '--key site,kind'",
    );
  });

  test('fails, and says which columns are unique together', () => {
    const events = rows(125, (index) => ({
      measured_at: at(0),
      a: index % 5,
      b: Math.floor(index / 5) % 5,
      c: Math.floor(index / 25),
    }));
    expect(() => infer(profileOf(events))).toThrow("or take all that are unique together, '--key a,b,c'");
  });

  test('takes a repeated key from a person alone, says what it loses and calls it no primary key', () => {
    const contract = infer(readings(2000), { key: ['battery'] });
    expect(custom(contract.text)).toContainEqual({ property: 'eventIdFields', value: ['battery'] });
    expect(contract.text).toContain("# confirm: 1,900 of 2,000 events differ and have an earlier one's identity");
    expect(contract.text).not.toContain('primaryKey');
  });

  test('takes no time for an identity', () => {
    const looks = (index: number) => ({
      ts: 1_769_851_800_000 + index,
      seen: `01.02.2026 10:${10 + (index % 50)}:${10 + Math.floor(index / 50)}`,
    });
    expect(() => infer(readings(2000, looks))).toThrow("the best, 'battery', would merge");
    expect(custom(infer(readings(2000, looks), { key: ['ts'] }).text)).toContainEqual({
      property: 'eventIdFields',
      value: ['ts'],
    });
  });
});

describe('a sample of few events', () => {
  const few = (count: number, name: string) => profileOf(rows(count, (index) => ({ measured_at: at(0), [name]: `v${index}` })));

  test.each([
    [1, 'reading_id'],
    [1, 'id'],
    [20, 'meter_id'],
    [100, 'kind'],
  ])('of %d takes a unique %s for an identity', (count, name) => {
    expect(custom(infer(few(count, name)).text)).toContainEqual({ property: 'eventIdFields', value: [name] });
  });

  test.each([
    [19, 'meter_id'],
    [99, 'kind'],
  ])('fails of %d to tell whether %s is unique by chance', (count, name) => {
    expect(() => infer(few(count, name))).toThrow(
      `NoKey: ${count} events are too few to tell what identifies an event: '${name}' may be unique by chance; give 100 events or more, or say what is with '--key ${name}'`,
    );
  });
});

test.each([
  ['measured_at', "'measured_at' is of type timestamp, which cannot be an id"],
  [
    'device.serial',
    "'device.serial' is a field within a column, which cannot be an id: lift 'device.serial' to a column of its own",
  ],
  ['email', "'email' seems personal and would be masked or dropped"],
  ['sometimes', "'sometimes' is lacking in some events"],
  ['nope', "'nope' is no column that the contract would state"],
])('fails with the key %s and says why', (name, said) => {
  const events = rows(3, (index) => ({
    reading_id: `r${index}`,
    measured_at: at(index),
    device: { serial: `s${index}` },
    email: `p${index}@mail.example`,
    ...(index === 0 ? {} : { sometimes: 's' }),
  }));
  const failing = () => infer(profileOf(events), { key: ['reading_id', name] });
  expect(failing).toThrow(/^KeyUnfit: /);
  expect(failing).toThrow(`${said}; name some of 'reading_id'`);
});

test('fails over names to mend with all of them, each beside its remedy', () => {
  const names = Array.from({ length: 14 }, (_, index) => `col${String.fromCharCode(65 + index)}x`);
  const events = rows(1, () => ({ reading_id: 'r', measured_at: at(0), ...Object.fromEntries(names.map((name) => [name, 1])) }));
  expect(() => infer(profileOf(events))).toThrow(names.map((name) => `${name} → col_${name.slice(3).toLowerCase()}`).join(', '));
});

test('sends no control character of a name to the terminal', () => {
  const events = eventsWith(['1'], String.raw`a\u001b[31mB`);
  expect(() => infer(profileOf(events))).toThrow('a [31mB → a_31m_b');
});

test('does not take exact copies of an event for a repeated key', () => {
  const event = JSON.stringify({ reading_id: 'r', measured_at: at(0) });
  const profile = profileOf([event, event, JSON.stringify({ reading_id: 's', measured_at: at(0) })]);
  expect(profile).toMatchObject({ rows: 2, copies: 1 });
  expect(custom(infer(profile).text)).toContainEqual({ property: 'eventIdFields', value: ['reading_id'] });
});

test('never identifies an event by what is masked or dropped', () => {
  const events = rows(150, (index) => ({ measured_at: at(index), email: `p${index}@mail.example`, kind: `k${index}` }));
  expect(custom(infer(profileOf(events)).text)).toContainEqual({ property: 'eventIdFields', value: ['kind'] });
});

test.each([
  [['created_at', 'updated_at'], 'created_at'],
  [['valid_until', 'event_time', 'created_at'], 'event_time'],
  [['day_begin', 'timestamp'], 'timestamp'],
])('of the times %j chooses %s', (names, expected) => {
  const events = rows(5, (index) => ({ reading_id: `r${index}`, ...Object.fromEntries(names.map((name) => [name, at(index)])) }));
  expect(custom(infer(profileOf(events)).text)).toContainEqual({ property: 'eventTimeField', value: expected });
});

test('fails with an event time that counts since 1970, and says what to send', () => {
  const events = rows(3, (index) => ({ reading_id: `r${index}`, made: '2026-01-31', ts: 1_769_851_800_000 + index }));
  expect(() => infer(profileOf(events), { eventTime: 'ts' })).toThrow(
    "got 'ts'; 'ts' holds milliseconds since 1970: a contract takes ISO 8601 texts; let the producer send new Date(ts).toISOString()",
  );
});

test('takes the key and the time that it is told', () => {
  const events = rows(5, (index) => ({ reading_id: `r${index}`, measured_at: at(index), updated_at: at(index), kind: 'k' }));
  const contract = infer(profileOf(events), { key: ['kind', 'reading_id'], eventTime: 'updated_at' });
  expect(custom(contract.text)).toEqual([
    { property: 'eventIdFields', value: ['kind', 'reading_id'] },
    { property: 'eventTimeField', value: 'updated_at' },
  ]);
});

test('takes a time that it is told though a few values are none, and says how many', () => {
  const events = rows(100, (index) => ({ reading_id: `r${index}`, seen: index === 7 ? 'never' : at(index) }));
  const contract = infer(profileOf(events), { eventTime: 'seen' });
  expect(saidOf(contract, 'seen')).toEqual(['1 of 100 values are no timestamp, and would be refused']);
});

test.each([
  ['NoEvents', [], {}],
  ['NoKey', rows(2, (index) => ({ measured_at: at(index), load: index + 0.5 })), {}],
  ['KeyUnfit', eventsWith(['1']), { key: ['nope'] }],
  ['EventTimeUnfit', eventsWith(['1']), { eventTime: 'value' }],
  ['UnmendableNames', eventsWith(['1'], '名前'), {}],
  ['UnmendableNames', eventsWith(['1'], 'Größe'), {}],
  ['NamesToMend', eventsWith(['1'], 'flightDate'), {}],
  ['NamesToMend', eventsWith(['1'], 'dt'), {}],
  ['NamesToMend', eventsWith(['{"innerName":1}']), {}],
  ['NamesCollide', rows(1, () => ({ reading_id: 'r', readingId: 's', measured_at: at(0) })), { rename: true }],
  ['TooManyColumns', [JSON.stringify(Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`c${index}`, index])))], {}],
])('fails with %s', (code, events, options) => {
  expect(() => infer(profileOf(events), options)).toThrow(new RegExp(`^${code}: `));
});

test('what cannot be mended is a dozen names in a message at most, and the rest counted', () => {
  const wide = [JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`名${index}`, index])))];
  expect(() => infer(profileOf(wide), {})).toThrow("'名10', '名11' and 38 more;");
});

test.each([
  ['2026-01-31', "'seen' is a day without a time"],
  [
    1_769_851_800,
    "'seen_at' holds seconds since 1970: a contract takes ISO 8601 texts; let the producer send new Date(seen_at * 1000).toISOString()",
  ],
  [
    1_769_851_800_000,
    "'seen_at' holds milliseconds since 1970: a contract takes ISO 8601 texts; let the producer send new Date(seen_at).toISOString()",
  ],
  ['31.1.2026 9:30', "'seen_at' looks like one, and is not written as"],
  ['yesterday', "'seen_at' is named like one"],
  [undefined, 'let the producer send one'],
])('fails without an event time, and says what %s lacks', (value, said) => {
  const name = said.includes('seen_at') ? 'seen_at' : 'seen';
  const events = rows(3, (index) => ({ reading_id: `r${index}`, ...(value === undefined ? {} : { [name]: value }) }));
  expect(() => infer(profileOf(events))).toThrow(said);
});

test.each([
  ['flightDate', 'flight_date'],
  ['Flight Date', 'flight_date'],
  ['HTTPStatus', 'http_status'],
  ['Numéro', 'numero'],
  ['_id', 'id'],
  ['hr', 'hr_value'],
  ['order', 'order_value'],
  ['2fa', 'n2fa'],
  ['a.b', 'a_b'],
])('mends the name %s to %s when told, and says what the producer must send', (source, expected) => {
  const contract = infer(profileOf(eventsWith(['1'], source)), { rename: true });
  expect(columnOf(contract, expected)).toBeDefined();
  expect(saidOf(contract, expected)).toContain(`the sample says '${source}': the producer must send this name`);
});

test('keeps a comment on its line, whatever a name of the sample holds', () => {
  const { text } = infer(profileOf(eventsWith(['1'], String.raw`a\nstatus: active #`)), { rename: true });
  expect(text.split('\n')).not.toContain("status: active #': the producer must send this name");
  expect(parse(text)).toMatchObject({ status: 'draft' });
});

test('drops a column in which something personal lies, and says where', () => {
  const contract = infer(
    profileOf(eventsWith(['{"email":"a@mail.example","plan":"gold"}', '{"email":"b@mail.example","plan":"gold"}'], 'account')),
  );
  expect(columnOf(contract, 'account')).toMatchObject({
    classification: 'restricted',
    customProperties: [{ property: 'protection', value: 'drop' }],
  });
  expect(saidOf(contract, 'account.email')).toEqual([
    'looks like an e-mail address (100 % of 2 values): only a column can be protected',
  ]);
});

test.each([
  ['an array', 'recipients', '["ada@mail.example"]'],
  ['a map', 'addressees', '{"1":"ada@mail.example"}'],
])('drops %s of what seems personal', (_, name, value) => {
  const contract = infer(profileOf(eventsWith([value], name)));
  expect(columnOf(contract, name)).toMatchObject({ customProperties: [{ property: 'protection', value: 'drop' }] });
});

test('quotes no key that is a value', () => {
  const contract = infer(profileOf(eventsWith(['{"ada@mail.example":1}'])));
  expect(columnOf(contract)).toBeUndefined();
  expect(contract.text).not.toContain('ada@');
});
