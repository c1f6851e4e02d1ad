import fc from 'fast-check';
import { JsonNumber, parseEvent, type JsonValue } from '../../../core/record/parse-json.ts';

/** The same tree as JSON.parse makes, so that the two can be compared. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, JsonValue>)].map(([key, inner]) => [key, plain(inner)]).sort();
  return Array.isArray(value) ? (value as readonly JsonValue[]).map((inner) => ({ item: plain(inner) })) : value;
}
function expected(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => ({ item: expected(inner) }));
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.entries(value)
    .map(([key, inner]) => [key, expected(inner)])
    .sort();
}
const text = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((candidate) => !candidate.includes('\0'));
const { value } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const object = fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true });

test.each([0, 2, '\t'])('reads what JSON.stringify writes with indent %j as the same tree', (indent) => {
  fc.assert(
    fc.property(object, (tree) => {
      const parsed = parseEvent(JSON.stringify(tree, undefined, indent));
      expect('event' in parsed && plain(parsed.event)).toEqual(expected(tree));
    }),
    { seed: 1 },
  );
});

test('keeps the text of every number', () => {
  const number = fc.stringMatching(/^-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?$/);
  fc.assert(
    fc.property(number, fc.constantFrom('', ' ', '\r\n\t'), (digits, space) => {
      const parsed = parseEvent(`{"a":${space}${digits}${space},"b":[${digits},${space}${digits}]}`);
      if ('reason' in parsed) throw new Error(parsed.reason);
      expect(parsed.event.get('a')).toEqual(new JsonNumber(digits));
      expect(parsed.event.get('b')).toEqual([new JsonNumber(digits), new JsonNumber(digits)]);
    }),
    { seed: 1 },
  );
});

test('never throws and never accepts what JSON.parse refuses, whatever the text', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ':',
    ',',
    '1',
    '-',
    '.',
    'e',
    'true',
    'null',
    ' ',
    '\n',
    'a',
    '"a":',
    '\\u00',
    '\\"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const parsed = parseEvent(pieces.join(''));
      let lawful = true;
      try {
        JSON.parse(pieces.join(''));
      } catch {
        lawful = false;
      }
      expect('reason' in parsed && parsed.reason === 'not-json').toBe(!lawful);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test.each([
  [64, undefined],
  [65, 'too-deep'],
])('reads lists %d deep: %s', (depth, reason) => {
  const parsed = parseEvent(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect('reason' in parsed ? parsed.reason : undefined).toBe(reason);
});

test('has __proto__ and constructor as keys like any other', () => {
  const parsed = parseEvent('{"__proto__":1,"constructor":2}');
  expect('event' in parsed && [...parsed.event.keys()]).toEqual(['__proto__', 'constructor']);
});
