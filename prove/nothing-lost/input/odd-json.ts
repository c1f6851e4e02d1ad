import { accepted, eventText, flagged, goodEvent, type Given } from './event.ts';
import { lined, refused, refusedFor, rejected, type Input } from './input.ts';

const nested = (depth: number, open: string, close: string, inside = ''): string =>
  open.repeat(depth) + inside + close.repeat(depth);
const named = (given: Given, text: string): string => eventText(given, { note: JSON.stringify(text) });
const member = (given: Given, text: string): string => `${eventText(given).slice(0, -1)},${text}}`;

/** What is not JSON, or JSON that is no event: B5 to B14, B31, B32, and worse. */
export const ODD_JSON: readonly Input[] = [
  refused('B5 truncated', 'not-json', (given) => eventText(given).slice(0, -1)),
  refused('B5 truncated in a text', 'not-json', (given) => named(given, 'abc').slice(0, -4)),
  refused('B5 truncated in an escape', 'not-json', (given) => `${named(given, '').slice(0, -2)}\\u00`),
  refused('B6 a trailing comma', 'not-json', (given) => `${eventText(given).slice(0, -1)},}`),
  refusedFor('B6 NaN', 'not-json', { load: 'NaN' }),
  refusedFor('B6 Infinity', 'not-json', { load: '-Infinity' }),
  refusedFor('B6 a leading zero', 'not-json', { total: '07' }),
  refusedFor('B6 a plus sign', 'not-json', { total: '+7' }),
  refusedFor('B6 a number without digits behind its point', 'not-json', { load: '1.' }),
  refusedFor('B6 hexadecimal', 'not-json', { total: '0x7' }),
  refused('B6 a comment', 'not-json', (given) => `${eventText(given)} // x`),
  refused('B6 single quotes', 'not-json', (given) => eventText(given).replaceAll('"', "'")),
  refusedFor('B6 True', 'not-json', { fragile: 'True' }),
  refused('B7 an array', 'not-an-object', (given) => `[${eventText(given)}]`),
  refused('B7 many events in an array', 'not-an-object', (given) => `[${eventText(given)},${eventText(given)}]`),
  refused('B8 a number', 'not-an-object', ({ serial }) => `1.${serial.replaceAll(/\D/g, '')}1`),
  refused('B8 a text', 'not-an-object', ({ serial }) => JSON.stringify(serial)),
  refused('B8 null', 'not-an-object', () => 'null'),
  refused('B8 an event in a text', 'not-an-object', (given) => JSON.stringify(eventText(given))),
  refused('B9 two events on a line', 'not-json', (given) => `${eventText(given)}${eventText(given)}`),
  refused('B9 two events with a space between', 'not-json', (given) => `${eventText(given)} ${eventText(given)}`),
  refused('B9 an event and rubbish', 'not-json', (given) => `${eventText(given)}]`),
  lined('B10 a newline in a text', (given) => {
    const [before = '', after = ''] = eventText(given, { note: '"a@b"' }).split('@');
    return [rejected(before, 'not-json'), rejected(after + given.serial, 'not-json')];
  }),
  lined('B10 an event over several lines', (given) => {
    const lines = JSON.stringify({ scan_id: given.serial, kind: `moved ${given.serial}` }, null, 2).split('\n');
    return lines.map((line) => rejected(line, 'not-json'));
  }),
  lined('B10 an escaped newline', (given) => [accepted(given, { note: '"a\\nb"' }, { note: 'a\nb' })]),
  refusedFor('B11 a NUL', 'not-json', { note: '"a\0b"' }),
  refusedFor('B11 an escaped NUL', 'invalid-text', { note: '"a\\u0000b"' }),
  refusedFor('B11 a NUL in a key', 'invalid-text', { 'a\0': '1' }),
  refusedFor('half of a surrogate pair', 'invalid-text', { note: '"\\ud800"' }),
  refusedFor('the halves of a surrogate pair the wrong way round', 'invalid-text', { note: '"\\udc00\\ud800"' }),
  refused('half of a surrogate pair in a key', 'invalid-text', (given) => member(given, '"\\udfff":1')),
  lined('a surrogate pair by its escapes', (given) => [accepted(given, { note: '"\\ud83d\\ude00"' }, { note: '😀' })]),
  refusedFor('B12 arrays 1,000 deep', 'too-deep', { other: nested(1_000, '[', ']') }),
  refusedFor('B12 objects 1,000 deep', 'too-deep', { other: nested(1_000, '{"a":', '}', '1') }),
  refusedFor('B12 arrays 100,000 deep', 'too-deep', { other: nested(100_000, '[', ']') }),
  refusedFor('B12 a map 1,000 deep', 'too-deep', { labels: nested(1_000, '{"a":', '}', '1') }),
  refusedFor('B12 one deeper than may be', 'too-deep', { other: nested(65, '[', ']') }),
  lined('B12 as deep as may be', (given) => [flagged('unknown fields', accepted(given, { other: nested(64, '[', ']') }))]),
  refused('B13 a key twice', 'duplicate-key', (given) => member(given, '"kind":"moved"')),
  refused('B13 a key twice, once by its escapes', 'duplicate-key', (given) => member(given, '"k\\u0069nd":"moved"')),
  refusedFor('B13 a key twice in an object', 'duplicate-key', { depot: '{"zone":"north","zone":"south"}' }),
  refusedFor('B13 a key twice in a map', 'duplicate-key', { labels: '{"a":"1","a":"2"}' }),
  refused('B13 a key twice that nobody knows', 'duplicate-key', (given) => member(given, '"x":1,"x":1')),
  refused('B14 an event in a __proto__', 'missing-value', (given) => `{"__proto__":${eventText(given)}}`),
  refused('B14 __proto__ twice', 'duplicate-key', (given) => member(given, '"__proto__":{},"__proto__":{}')),
  lined('B14 a __proto__ beside the fields', (given) => [
    flagged('unknown fields', {
      ...goodEvent(given),
      bytes: Buffer.from(`{"__proto__":{"kind":"x"},${goodEvent(given).bytes.toString().slice(1)}`),
    }),
  ]),
  lined('B14 a constructor beside the fields', (given) => [
    flagged('unknown fields', accepted(given, { constructor: '{"prototype":{"kind":"x"}}' })),
  ]),
  lined('B22 an unknown field', (given) => [flagged('unknown fields', accepted(given, { colour: '"red"' }))]),
  lined('B22 an unknown field in an object', (given) => [
    flagged(
      'unknown fields',
      accepted(given, { depot: '{"zone":"north","area":1}' }, { depot: { zone: 'north', floors: null, position: null } }),
    ),
  ]),
  lined('B22 an unknown field of a kilobyte’s name', (given) => [
    flagged('unknown fields', accepted(given, { [`x${'y'.repeat(1_023)}`]: '1' })),
  ]),
  lined('a key of 64 KB', (given) => [flagged('unknown fields', accepted(given, { ['k'.repeat(65_536)]: '1' }))]),
  lined('10,000 unknown fields', (given) => [
    flagged(
      'unknown fields',
      accepted(given, Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, '1']))),
    ),
  ]),
  lined('an empty key', (given) => [flagged('unknown fields', accepted(given, { '': '1' }))]),
  refusedFor('B31 a column in other case', 'ambiguous-key', { Kind: '"moved"' }),
  refusedFor('B31 a column in capitals alone', 'ambiguous-key', { kind: undefined, KIND: '"moved"' }),
  refusedFor('B31 a field of an object in other case', 'ambiguous-key', { depot: '{"zone":"north","ZONE":"south"}' }),
  refusedFor('B31 a key of a map in capitals', 'ambiguous-key', { labels: '{"A":"1"}' }),
  refusedFor('B32 a key with a dot', 'ambiguous-key', { 'depot.zone': '"north"' }),
  refusedFor('B32 a key with a dot in an object', 'ambiguous-key', { depot: '{"zone":"north","position.lat":1}' }),
  refused('an object without fields', 'missing-value', () => '{}'),
];
