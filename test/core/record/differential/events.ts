import type { CompiledColumn, CompiledContract, CompiledType } from '../../../../core/record/compiled-contract.ts';
import { LISTED } from './contracts.ts';
import type { Random } from '../../../support/random.ts';

/** Texts of each format, and others that look like it. */
const FORMATS = {
  email: [
    'ada@example.com',
    'a.b+c@mail.example.org',
    'a..b@example.com',
    'ä@example.com',
    'a@b',
    '@b.c',
    'a b@c.de',
    'a@b-.de',
    'a@-b.de',
    `${'a'.repeat(65)}@b.de`,
    '"a"@b.de',
    'a@b.de.',
  ],
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    '123E4567-E89B-12D3-A456-426614174000',
    'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
    '123e4567e89b12d3a456426614174000',
    'x',
  ],
  uri: [
    'https://example.com/a?b=c#d',
    'urn:isbn:123',
    'mailto:a@b.de',
    'a:b',
    '/relative',
    'http://a b',
    'http://[::1]/',
    'http://ä.de/',
    'http:// x',
    '1a:b',
    'a:',
    'http://a/%zz',
    'a:b|c',
    'a:\\\\b',
  ],
  hostname: [
    'example.com',
    'a',
    'a-b.c-d',
    '-a.de',
    'a-.de',
    'a..b',
    'ä.de',
    `${'a'.repeat(63)}.de`,
    `${'a'.repeat(64)}.de`,
    'a.de.',
    '1.2.3.4',
    `${'a.'.repeat(126)}ab`,
    `${'a.'.repeat(127)}a`,
  ],
  ipv4: ['1.2.3.4', '255.255.255.255', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4.5', '1.2.3.4 ', '::1', '0.0.0.0'],
  ipv6: [
    '::',
    '::1',
    '2001:db8::1',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    ':::',
    'fe80::1%eth0',
    '1:2:3:4:5:6:1.2.3.4',
    '::1.2.3.256',
    '1:2:3:4:5:6:7',
  ],
} as const;
const TEXTS = [
  '',
  'a',
  'ab',
  'abc',
  'ABC',
  'M17',
  'x1',
  'ac',
  'abac',
  'a@b',
  'é',
  'Straße',
  '😀',
  '😀😀',
  'gas ',
  '1',
  ' ',
  '\n',
  '\\',
  '"',
  '\u2028',
  'a'.repeat(13),
  ...LISTED,
];
const INTEGERS = [
  '0',
  '-0',
  '1',
  '2',
  '5',
  '15',
  '30',
  '-7',
  '99',
  '100',
  '101',
  '-100',
  '-101',
  '2147483647',
  '2147483648',
  '-2147483648',
  '9007199254740992',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '-9223372036854775809',
  '123456789012345678901',
  '1.0',
  '1e2',
  '1.5',
  '5E0',
];
const FRACTIONS = [
  '0',
  '-0.0',
  '0.5',
  '0.1',
  '0.3',
  '2.50',
  '-2.5',
  '99.5',
  '99.55',
  '0.05',
  '12.3456',
  '1e2',
  '1e-3',
  '1.5E1',
  '100',
  '100.00',
  '1000000',
  '1000000.5',
  '1e308',
  '1e400',
  '-1e400',
  '1e-400',
  '0.1000000000000000055',
  '123456789012345678901234567890.1234',
  '0.00001',
  '5e-324',
];
const DATES = [
  '2001-01-09',
  '2000-02-29',
  '2001-02-29',
  '1999-12-31',
  '2001-03-01',
  '2001-03-02',
  '1582-12-31',
  '0001-01-01',
  '9999-12-31',
  '2001-1-9',
  '2001-13-01',
  '2001-00-01',
  '2001-01-09T00:00:00Z',
  '20010109',
];
const TIMES = [
  '11:00:00',
  '06:00:00',
  '05:59:59.9',
  '18:30:00',
  '18:30:00.000',
  '18:30:00.001',
  '23:59:59.123456789',
  '11:00:00.1234567891',
  '24:00:00',
  '23:59:60',
  '11:00',
  '11:00:00Z',
  '11:00:00+01:00',
  '9:00:00',
];
const STAMPS = [
  '2001-01-09T11:00:00Z',
  '2001-01-09T11:00:00.123456Z',
  '2001-01-09 11:00:00Z',
  '2001-01-09T11:00:00',
  '2001-01-09T12:00:00+01:00',
  '2001-03-01T12:00:00.500Z',
  '2001-03-01T12:00:00.501Z',
  '2001-01-10T00:00:00-00:00',
  '2000-01-01T00:00:00Z',
  '1999-12-31T23:59:59.999Z',
  '2000-01-01T00:30:00+01:00',
  '2001-02-30T00:00:00Z',
  '1998-12-31T23:59:60Z',
  '2001-01-09T24:00:00Z',
  '2001-01-09t11:00:00z',
  '2001-01-09T11:00Z',
  '2001-01-09T11:00:00+0100',
  '2001-01-09T11:00:00+01',
  '2001-01-09T11:00:00+19:00',
  '9999-12-31T23:59:59Z',
  '1066-10-14T09:00:00Z',
  '2001-01-09T11:00:00.1234567891Z',
  '2001-01-09',
];
/** The times that an event may have on arrival, and some that it may not. */
const EVENT_TIMES = [
  '2001-01-09T11:00:00Z',
  '2001-01-09 11:00:00.5Z',
  '2001-01-09T12:00:00+01:00',
  '2001-01-11T12:00:00Z',
  '2001-01-11T12:00:00.001Z',
  '1991-01-12T12:00:00Z',
  '1991-01-12T11:59:59Z',
  '2001-01-09T11:00:00',
];
const OTHERS = ['null', 'true', '"x"', '7', '[]', '{}', '[null]', '{"a":1}', '1.5', '"2001-01-09"'];
const KEYS = ['a', 'b', 'Ab', 'a.b', '', '__proto__', 'constructor', 'ß', 'key with space'];

const WRONG = 0.02;
const text = (value: string): string => JSON.stringify(value);

/** One value as JSON: mostly of the type, sometimes at its edge, now and then nothing of the kind. */
function value(random: Random, type: CompiledType, validValues?: readonly string[]): string {
  if (random.chance(WRONG)) return random.pick(OTHERS);
  const likely = (good: string, others: readonly string[]) => (random.chance(0.88) ? good : random.pick(others));
  switch (type.kind) {
    case 'string': {
      if (validValues !== undefined) return text(likely(random.pick(validValues), TEXTS));
      if (type.format !== undefined) return text(likely(FORMATS[type.format][0], FORMATS[type.format]));
      return text(random.pick(TEXTS));
    }
    case 'integer':
      return likely(String(random.between(0, 20) * 15), INTEGERS);
    case 'double':
    case 'decimal':
      return likely(String(random.between(0, 30) * 3), random.chance(0.9) ? FRACTIONS : INTEGERS);
    case 'boolean':
      return random.pick(['true', 'false']);
    case 'date':
      return text(likely(`2000-0${random.between(1, 9)}-1${random.between(0, 9)}`, DATES));
    case 'time':
      return text(likely(`1${random.between(0, 7)}:00:00`, TIMES));
    case 'timestamp':
      return text(likely(`2000-0${random.between(1, 9)}-11T00:00:00Z`, STAMPS));
    case 'array':
      return `[${Array.from({ length: random.between(0, 3) }, () => value(random, type.items, type.validValues)).join(',')}]`;
    case 'object':
      return object(random, type.fields);
    case 'map': {
      const keys = new Set(
        Array.from({ length: random.between(0, 3) }, () =>
          random.pick(random.chance(0.85) ? ['a', 'b', 'ß', '__proto__'] : KEYS),
        ),
      );
      return `{${[...keys].map((key) => `${text(key)}:${value(random, type.values)}`).join(',')}}`;
    }
  }
}

function object(random: Random, columns: readonly CompiledColumn[], fixed: Readonly<Record<string, string>> = {}): string {
  const entries = columns.flatMap(({ name, type, required, validValues }) => {
    if (random.chance(required ? 0.01 : 0.3)) return random.chance(0.5) ? [] : [`"${name}":null`];
    return [`"${name}":${fixed[name] ?? value(random, type, validValues)}`];
  });
  if (random.chance(0.03))
    entries.push(`${text(random.pick(['extra', 'C0', 'F1', 'c0.f1', '__proto__', 'constructor', '']))}:${random.pick(OTHERS)}`);
  if (random.chance(0.005) && entries[0] !== undefined) entries.push(entries[0]);
  if (random.chance(0.1)) entries.reverse();
  return `{${entries.join(random.chance(0.05) ? ' ,\t' : ',')}}`;
}

/** What may be done to a text so that it is something else. */
const SPOILERS: readonly ((random: Random, event: string) => string)[] = [
  (random, event) => event.slice(0, random.between(0, event.length - 1)),
  (random, event) => at(random, event, () => random.pick(['{', '}', '[', ']', ',', ':', '"', '\\', '\u0000', '\u001f', ' '])),
  (random, event) => at(random, event, () => '', 1),
  (_, event) => `[${event}]`,
  (_, event) => event + event,
  (_, event) => event.replace(/}$/, ',}'),
  (_, event) => event.replace(/}$/, `,"deep":${'['.repeat(70)}${']'.repeat(70)}}`),
  (_, event) => event.replace(/}$/, ',"text":"\\ud800"}'),
  (_, event) => event.replace(/}$/, ',"text":"\\u0000"}'),
  (random, event) => event.replace(/}$/, `,"number":${random.pick(['NaN', '01', '+1', '.5', '1.', '1e', '0x1', '-'])}}`),
  (random) => random.pick(['null', '1', '"x"', 'true', '[]', '{}']),
];
function at(random: Random, event: string, insert: () => string, removed = 0): string {
  const place = random.between(0, event.length - 1);
  return event.slice(0, place) + insert() + event.slice(place + removed);
}

/** The text of an event for the contract: most could be accepted. */
export function randomEvent(random: Random, contract: CompiledContract, serial: number): string {
  const isText = contract.columns[0]?.type.kind === 'string';
  const id = random.chance(0.97)
    ? isText
      ? text(`e-${serial}`)
      : String(serial)
    : random.pick(['""', '" "', '9007199254740993', 'null', text('x'.repeat(41))]);
  const event = object(random, contract.columns, {
    id,
    at: text(random.chance(0.9) ? '2001-01-09T11:00:00Z' : random.pick(EVENT_TIMES)),
  });
  return random.chance(0.08) ? random.pick(SPOILERS)(random, event) : event;
}
