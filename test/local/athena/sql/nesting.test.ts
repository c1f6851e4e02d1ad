import { parseQuery } from '../../../../local/athena/sql/syntax/statement.ts';
import { translate } from '../../../../local/athena/sql/translator.ts';
import { SqlEngine } from './engine.ts';

interface Nested {
  readonly type: string;
  readonly json: string;
}

/** What lies around an inner value, as a type and as JSON. */
const LEVELS: Readonly<Record<string, (inner: Nested) => Nested>> = {
  objects: ({ type, json }) => ({ type: `row(a varchar, b ${type})`, json: `{"a":"x","b":${json}}` }),
  lists: ({ type, json }) => ({ type: `array(${type})`, json: `[${json},null]` }),
  'lists of objects': ({ type, json }) => ({ type: `array(row(a varchar, b ${type}))`, json: `[{"a":"x","b":${json}}]` }),
  'maps of lists': ({ type, json }) => ({ type: `map(varchar, array(${type}))`, json: `{"a":null,"b":[${json}]}` }),
};
const INNERMOST: readonly Nested[] = [
  { type: 'bigint', json: '1' },
  { type: 'double', json: '1.5' },
];
const SHAPES = Object.entries(LEVELS).flatMap(([name, level]) =>
  INNERMOST.map((innermost) => [`${name} around a ${innermost.type}`, level, innermost] as const),
);

const nested = (level: (inner: Nested) => Nested, innermost: Nested, depth: number): Nested =>
  Array.from({ length: depth }).reduce<Nested>((inner) => level(inner), innermost);

function lengthOf(sql: string): number {
  const relation = (): never => {
    throw new Error('the query names no table');
  };
  return translate(parseQuery(sql), { now: 0, database: 'db', relation }).sql.length;
}

const translatedLength = (type: string): number =>
  lengthOf(`select json_format(cast(v as json)) from (select cast(null as ${type}) as v) as t`);

test.each(SHAPES)('each level of %s adds the same to the SQL of a cast to JSON', (_name, level, innermost) => {
  const lengths = Array.from({ length: 12 }, (_, depth) => translatedLength(nested(level, innermost, depth + 1).type));
  const added = lengths.slice(1).map((length, place) => length - (lengths[place] ?? 0));
  expect(new Set(added).size).toBe(1);
});

// with expressions for each level, the plan alone took minutes and gigabytes
test.each(SHAPES)('12 levels of %s become JSON', async (_name, level, innermost) => {
  const { type, json } = nested(level, innermost, 12);
  const engine = await SqlEngine.open();
  try {
    const { rows } = await engine.run(`json_format(cast(cast(json '${json}' as ${type}) as json))`);
    expect(rows).toEqual([[json]]);
  } finally {
    engine.close();
  }
});

/** Calls around an argument that is a query: each translation of it gets a name of its own, whose number grows. */
const CALLS: readonly (readonly [name: string, type: string, around: (inner: string) => string])[] = [
  ['regexp_replace', 'varchar', (inner) => `regexp_replace(${inner}, 'a', 'b')`],
  ['json_extract_scalar', 'varchar', (inner) => `json_extract_scalar(${inner}, '$.a')`],
  ['mod', 'bigint', (inner) => `mod(${inner}, 7)`],
  ['date_trunc', 'timestamp', (inner) => `date_trunc('day', ${inner})`],
  ['extract', 'date', (inner) => `date_add('day', extract(year from ${inner}), date '2020-01-01')`],
  ['typeof', 'varchar', (inner) => `typeof(${inner})`],
];

test.each(CALLS)('an argument of %s is translated once', (_name, type, around) => {
  const queries = Array.from({ length: 7 }, (_, depth) =>
    Array.from({ length: depth }).reduce<string>(
      (inner) => around(inner),
      `(select v from (select cast(null as ${type}) as v) as t)`,
    ),
  );
  const lengths = queries.map((sql) => lengthOf(`select ${sql}`));
  const added = lengths.slice(2).map((length, place) => length - (lengths[place + 1] ?? 0));
  expect(new Set(added).size).toBe(1);
});

// where the dividend was written twice, 12 levels took seconds
test('30 divisions by numbers that are written down are each written once', async () => {
  const divided = Array.from({ length: 15 }).reduce<string>((inner) => `(${inner} / 2 % 1000)`, 'x');
  const engine = await SqlEngine.open();
  try {
    const { rows } = await engine.run(`select ${divided} from (values 65536) as t (x)`);
    expect(rows).toEqual([['0']]);
  } finally {
    engine.close();
  }
});
