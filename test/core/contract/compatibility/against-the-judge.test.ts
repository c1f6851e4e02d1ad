import fc from 'fast-check';
import type { Change } from '../../../../core/contract/compatibility/change.ts';
import { compareDatasets } from '../../../../core/contract/compatibility/compare-datasets.ts';
import type { Column, ColumnType } from '../../../../core/contract/model.ts';
import { compileContract } from '../../../../core/record/compiled-contract.ts';
import { eventJudge } from '../../../../core/record/judge-event.ts';
import { scalarType, singlyRuledType } from './arbitraries.ts';
import { column, STRING, TIMESTAMP } from './fixtures.ts';
import { bareDataset } from './told.ts';

/** What the judge says is held against what the transform function does: the same contracts, compiled, on texts of events. */
const ARRIVAL = Date.UTC(2001, 0, 9, 12);
const SECRET = 's'.repeat(64);
const datasetOf = (...columns: readonly Column[]) =>
  bareDataset(column('id', STRING, { required: true }), column('at', TIMESTAMP, { required: true }), ...columns);

/** Which of the values the column `v` takes; a value is the text of its JSON, and none is an event without it. */
function acceptedBy(v: Column, values: readonly (string | undefined)[]): ReadonlySet<string | undefined> {
  const judge = eventJudge(compileContract(datasetOf(v)), SECRET);
  const event = (value: string | undefined) =>
    `{"id":"1","at":"2001-01-09T11:00:00Z"${value === undefined ? '' : `,"v":${value}`}}`;
  return new Set(values.filter((value) => judge(event(value), ARRIVAL).accepted));
}

const changes = (before: Column, after: Column): readonly Change[] => compareDatasets(datasetOf(before), datasetOf(after));
const breaksProducers = (all: readonly Change[]) => all.some(({ breaks }) => breaks.includes('producers'));
const v = (type: ColumnType, rest: Partial<Column> = {}) => column('v', type, rest);

const TEXTS = [
  ...['', 'a', 'aa', 'aaa', 'aaaa', 'aaaaa', 'b', 'ab', 'bb', 'a@b.co', 'urn:a', 'a.b', '10.0.0.1', '::1'],
  '12345678-1234-1234-1234-123456789abc',
  ...['2000-12-31', '2001-01-01', '2001-01-02', '2001-01-03', '2010-12-30', '2010-12-31', '2011-01-01'],
  ...['00:00:00', '00:00:00.1', '11:59:59', '12:00:00', '12:00:00.000000001', '23:59:58', '23:59:59', '23:59:59.9'],
  ...['2000-12-31T23:59:59.999', '2001-01-01T00:00:00', '2001-01-01T00:00:00.001', '2001-01-01T00:00:00.002'].flatMap((text) => [
    text,
    `${text}Z`,
  ]),
  ...[
    '2010-12-31T11:59:59.999Z',
    '2010-12-31T12:00:00Z',
    '2010-12-31T12:00:00.001Z',
    '2005-05-05T05:05:05',
    '2005-05-05 05:05:05Z',
  ],
].map((text) => JSON.stringify(text));

/** In ten-thousandths, so that each number stands beside its neighbours of every scale. */
const NUMBERS = [
  ...[-(2n ** 63n) - 2n, -(2n ** 31n) - 2n, 2n ** 31n, 2n ** 63n], // even neighbours of the bounds, for multiples of 2
  ...[-(2n ** 63n), -(2n ** 31n), 2n ** 31n - 1n, 2n ** 63n - 1n, 10n ** 8n, 10n ** 10n, -(10n ** 8n), -(10n ** 10n)],
  ...[-10n, -4n, -3n, -2n, -1n, 0n, 1n, 2n, 3n, 4n, 5n, 6n, 8n, 9n, 10n, 11n, 12n],
]
  .map((whole) => whole * 10_000n)
  .concat([-15_000n, 5_000n, 15_000n, 25_000n])
  .flatMap((units) => [0n, 1n, -1n, 100n, -100n, 5_000n, -5_000n, 10_000n, -10_000n].map((step) => units + step))
  .flatMap((units) => {
    const digits = String(units < 0n ? -units : units).padStart(5, '0');
    const text = `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
    return [text, text.replace(/\.?0+$/, '')];
  })
  .filter((text) => text !== '-0' && text !== '-');
/** Written with an exponent, which a double may have and no other number. */
const EXPONENTS = NUMBERS.map((text) => `${text}e0`);
const SCALARS = [...new Set([...TEXTS, ...NUMBERS, '1.0', '1e1', '-0', 'true', 'false', '[]', '{}'])];

describe('where no change breaks producers, every value that was accepted still is', () => {
  test.each<[string, (type: ColumnType) => ColumnType, (value: string) => string]>([
    ['of a column', (type) => type, (value) => value],
    ['of a list', (items) => ({ kind: 'array', items }), (value) => `[${value}]`],
    ['of a map', (values) => ({ kind: 'map', values }), (value) => `{"k":${value}}`],
    [
      'of a field in a list',
      (type) => ({ kind: 'array', items: { kind: 'object', fields: [column('f', type)] } }),
      (value) => `[{"f":${value}}]`,
    ],
  ])('%s', (_where, wrap, value) => {
    const values = SCALARS.map(value);
    let told = 0;
    fc.assert(
      fc.property(scalarType, scalarType, (one, other) => {
        const [before, after] = [v(wrap(one)), v(wrap(other))];
        if (breaksProducers(changes(before, after))) return;
        told += 1;
        const still = acceptedBy(after, values);
        expect([...acceptedBy(before, values)].filter((text) => !still.has(text))).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(told).toBeGreaterThan(0);
  });
});

test('where a change breaks producers, there is a value that was accepted and is refused', () => {
  let told = 0;
  fc.assert(
    fc.property(singlyRuledType, singlyRuledType, (one, other) => {
      const [before, after] = [v(one), v(other)];
      if (!breaksProducers(changes(before, after))) return;
      if (one.kind !== 'string' && other.kind === 'string') return; // a length asked of what was no text is held to refuse some
      const was = acceptedBy(before, [...SCALARS, ...EXPONENTS]);
      if (was.size === 0) return; // bounds may leave none
      told += 1;
      const still = acceptedBy(after, [...SCALARS, ...EXPONENTS]);
      expect({ before, after, refused: [...was].filter((text) => !still.has(text)) }).not.toHaveProperty('refused', []);
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(100);
});

const few = fc.option(fc.nat(3), { nil: undefined });
const sizes = (least: string, most: string) =>
  fc.tuple(few, few).map(([one, other]) => ({
    ...(one === undefined ? {} : { [least]: one }),
    ...(other === undefined ? {} : { [most]: Math.max(other, one ?? 0) }),
  }));
const lists = fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: undefined });

/** Columns of one kind of rule each, and the values that could tell two of them apart. */
const FAMILIES: Readonly<Record<string, [fc.Arbitrary<Column>, readonly (string | undefined)[]]>> = {
  'a need': [fc.boolean().map((required) => v(STRING, { required })), [undefined, 'null', '"a"']],
  'a closed list': [
    lists.map((list) => v(STRING, list === undefined ? {} : { validValues: list })),
    ['"a"', '"b"', '"c"', '"d"'],
  ],
  'a closed list of items': [
    lists.map((list) => v({ kind: 'array', items: STRING, ...(list === undefined ? {} : { validValues: list }) })),
    ['[]', '["a"]', '["b"]', '["c"]', '["d"]'],
  ],
  'counts of items': [
    sizes('minItems', 'maxItems').map((rules) => v({ kind: 'array', items: STRING, ...rules })),
    ['[]', '["a"]', '["a","b"]', '["a","b","c"]', '["a","b","c","d"]'],
  ],
  'items that differ': [
    fc
      .option(fc.boolean(), { nil: undefined })
      .map((uniqueItems) => v({ kind: 'array', items: STRING, ...(uniqueItems === undefined ? {} : { uniqueItems }) })),
    ['[]', '["a","b"]', '["a","a"]'],
  ],
  'counts of keys of a map': [
    sizes('minProperties', 'maxProperties').map((rules) => v({ kind: 'map', values: STRING, ...rules })),
    ['{}', '{"a":"1"}', '{"a":"1","b":"1"}', '{"a":"1","b":"1","c":"1"}', '{"a":"1","b":"1","c":"1","d":"1"}'],
  ],
  'counts of keys of an object': [
    sizes('minProperties', 'maxProperties').map((rules) => v({ kind: 'object', fields: [column('f', STRING)], ...rules })),
    ['{}', '{"a":"1"}', '{"a":"1","b":"1"}', '{"a":"1","b":"1","c":"1"}', '{"a":"1","b":"1","c":"1","d":"1"}'],
  ],
  'needs of fields': [
    fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([f, g]) =>
        v({ kind: 'object', fields: [column('f', STRING, { required: f }), column('g', STRING, { required: g })] }),
      ),
    ['{}', '{"f":"1"}', '{"g":"1"}', '{"f":"1","g":"1"}', '{"f":null,"g":"1"}'],
  ],
};

test.each(Object.entries(FAMILIES))(
  '%s: producers break exactly if a value that was accepted is refused',
  (_what, [columns, values]) => {
    fc.assert(
      fc.property(columns, columns, (before, after) => {
        const still = acceptedBy(after, values);
        const refused = [...acceptedBy(before, values)].filter((value) => !still.has(value));
        expect({ refused, breaks: breaksProducers(changes(before, after)) }).toEqual({ refused, breaks: refused.length > 0 });
      }),
      { numRuns: 200 },
    );
  },
);
