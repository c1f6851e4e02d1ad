import path from 'node:path';
import { readContracts } from '../../../../core/contract/read-file.ts';
import { compileContract, type CompiledColumn, type CompiledContract } from '../../../../core/record/compiled-contract.ts';
import { demoSource } from '../../../../cli/sample-source.ts';
import { ARRIVAL, compiled, eventText } from '../../../support/contracts.ts';
import { twoPaths, type TwoPaths } from './two-paths.ts';
import { expectBelowQuadratic } from '../../../support/below-quadratic.ts';

/** How many of the events the fast path accepts, while it learns as the deployed judge teaches it. */
function taken({ fast, exact, learn }: TwoPaths, texts: readonly string[], arrival: number): number {
  return texts.filter((text) => {
    if (fast(text, arrival) !== undefined) return true;
    if (exact(text, arrival).accepted) learn(text);
    return false;
  }).length;
}

test('is taken by at least 95 in 100 events of every dataset of this project', async () => {
  const root = process.cwd();
  const datasets = readContracts(path.join(root, 'contracts')).flatMap((contract) => contract.datasets);
  const { source } = await demoSource(root, datasets, { rows: 4000, seed: 1 });
  const texts = new Map<string, string[]>();
  let arrival = source.startsAt;
  for await (const { batches, uploadAt } of source.days()) {
    arrival = uploadAt;
    for (const { domain, dataset, events } of batches)
      texts.set(`${domain}.${dataset}`, [...(texts.get(`${domain}.${dataset}`) ?? []), ...events]);
  }
  expect(texts.size).toBeGreaterThan(0);
  for (const dataset of datasets) {
    const events = texts.get(`${dataset.domain}.${dataset.name}`) ?? [];
    expect(events.length).toBeGreaterThan(100);
    expect(taken(twoPaths(compileContract(dataset)), events, arrival) / events.length).toBeGreaterThan(0.95);
  }
});

const events = (count: number, make: (index: number) => Readonly<Record<string, string | undefined>>): string[] =>
  Array.from({ length: count }, (_, index) => eventText({ ...make(index), reading_id: `"r-${index}"` }));

test('is taken from the second event on, with optional keys there, absent or null', () => {
  const texts = events(100, (index) => ({
    counter: index % 3 === 0 ? undefined : '1',
    load: index % 5 === 0 ? 'null' : '0.5',
    remark: index === 0 ? '"x"' : undefined,
  }));
  expect(taken(twoPaths(compiled()), texts, ARRIVAL)).toBe(99);
});

test('is taken by the events of four producers, each with an order of its own, one after the other', () => {
  const texts = Array.from({ length: 2000 }, (_, index) => {
    const members = ['"reading_id":"r"', '"measured_at":"2001-01-09T11:00:00Z"', '"kind":"gas"', '"counter":1'];
    return `{${[...members.slice(index % 4), ...members.slice(0, index % 4)].join()}}`;
  });
  expect(taken(twoPaths(compiled()), texts, ARRIVAL)).toBeGreaterThan(1700);
});

test('is taken whatever the order of what is copied', () => {
  const text = { kind: 'string' } as const;
  const columns: CompiledColumn[] = ['a', 'b', 'c', 'd'].map((name) => ({ name, required: true, type: text }));
  const at: CompiledColumn = { name: 'at', required: true, type: { kind: 'timestamp', zonelessIsUtc: true } };
  const contract = { ...compiled(), eventIdFields: ['c'], eventTimeField: 'at', columns: [...columns, at] };
  for (const order of ['abcd', 'dcba', 'bacd', 'abdc', 'cdab', 'adbc']) {
    const paths = twoPaths(contract);
    const event = `{${order
      .split('')
      .map((name) => `"${name}":"${name}"`)
      .join()},"at":"2001-01-09T11:00:00Z"}`;
    paths.learn(event);
    expect(paths.exact(event, ARRIVAL)).toMatchObject({ accepted: true });
    expect(paths.fast(event, ARRIVAL)).toEqual(paths.exact(event, ARRIVAL));
  }
});

test('keeps what it knows when events come that cannot be learnt', () => {
  const paths = twoPaths(compiled());
  const ordinary = events(50, () => ({}));
  const turned = ordinary.map((text) => text.replace(/^\{(.*),("kind":"power")\}$/, '{$2,$1}'));
  taken(paths, ordinary, ARRIVAL);
  expect(taken(paths, [...turned, ...turned], ARRIVAL)).toBeGreaterThan(30);
  taken(
    paths,
    events(1000, () => ({ remark: '"\\n"' })),
    ARRIVAL,
  );
  taken(
    paths,
    events(1000, () => ({ other: '1' })),
    ARRIVAL,
  );
  expect(taken(paths, ordinary, ARRIVAL)).toBe(50);
  expect(taken(paths, turned, ARRIVAL)).toBe(50);
});

test('declines what was not learnt, so that an event of no known order is judged exactly', () => {
  const { fast } = twoPaths(compiled());
  expect(fast(eventText(), ARRIVAL)).toBeUndefined();
});

describe('declines in time that grows with the length of the event alone', () => {
  const LENGTH = 60_000;
  const optional = (name: string, type: CompiledColumn['type']): CompiledColumn => ({ name, required: false, type });
  const columns: CompiledColumn[] = [
    { name: 'id', required: true, type: { kind: 'string' } },
    { name: 'at', required: true, type: { kind: 'timestamp', zonelessIsUtc: true } },
    ...Array.from({ length: 60 }, (_, index) =>
      optional(`c${index}`, { kind: index % 2 === 0 ? 'string' : 'integer', bits: 64 }),
    ),
    ...Array.from({ length: 9 }, (_, index) => ({
      ...optional(`n${index}`, { kind: 'integer', bits: 64 }),
      validValues: ['1'],
    })),
    optional('tree', { kind: 'array', items: { kind: 'array', items: { kind: 'map', values: { kind: 'double' } } } }),
    { name: 'last', required: true, type: { kind: 'boolean' } },
  ];
  const contract: CompiledContract = { ...compiled(), eventIdFields: ['id'], eventTimeField: 'at', columns };
  const event = (id: string, tree: string, last: string): string =>
    `{"id":${id},"at":"2001-01-09T11:00:00Z",${Array.from({ length: 60 }, (_, index) => `"c${index}":${index % 2 === 0 ? '"x"' : '1'}`).join()},${Array.from({ length: 9 }, (_, index) => `"n${index}":null`).join()},"tree":${tree},"last":${last}}`;

  test.each<[string, string]>([
    ['seventy keys that may be absent or null, and a wrong value behind them', event('"i"', '[]', '1')],
    ['a long text, and a wrong value behind it', event(`"${'x'.repeat(LENGTH)}"`, '[]', '1')],
    ['a long text without an end', `{"id":"${'x'.repeat(LENGTH)}`],
    ['digits without an end', event('"i"', '[]', '1').replace('"c1":1', `"c1":${'1'.repeat(LENGTH)}x`)],
    ['lists side by side, and a wrong value behind them', event('"i"', `[${'[],'.repeat(LENGTH / 3)}[]]`, '1')],
    ['objects in lists, and a wrong value behind them', event('"i"', `[[${'{"a":1},'.repeat(LENGTH / 8)}{}]]`, '1')],
    ['texts in a list without an end', event('"i"', `["a${'","'.repeat(LENGTH / 3)}`, '1')],
    ['brackets without an end', event('"i"', '['.repeat(LENGTH), '1')],
    ['lists without an end', event('"i"', `[${'[1],'.repeat(LENGTH / 4)}`, '1')],
    ['lists two deep without an end', event('"i"', `[${'[[1],'.repeat(LENGTH / 5)}`, '1')],
  ])('%s', (_, text) => {
    const { fast, learn } = twoPaths(contract);
    learn(event('"i"', '[[{"a":1}]]', 'true'));
    expect(fast(event('"i"', '[[{"a":1}]]', 'true'), ARRIVAL)).toMatchObject({ accepted: true });
    expect(text.length).toBeLessThan(65_536);
    expectBelowQuadratic(LENGTH, () => {
      // a hundredth of it; were it quadratic, twenty times
      for (let run = 0; run < 20; run += 1) expect(fast(text, ARRIVAL)).toBeUndefined();
    });
  });
});
