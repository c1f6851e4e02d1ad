import fc from 'fast-check';
import { assignSlots, partsOf, type Slotted } from '../../../core/slots/assign-slots.ts';
import { PART_CAPACITY, type Slots } from '../../../core/slots/slots.ts';

const several = (count: number, domain = 'sales', prefix = 'd'): Slotted[] =>
  Array.from({ length: count }, (_, index) => ({ domain, name: `${prefix}${String(index).padStart(3, '0')}` }));
const assign = (recorded: Slots, datasets: readonly Slotted[]): Slots => assignSlots(recorded, datasets).slots;
const sizes = (slots: Slots, domain = 'sales'): number[] => {
  const held: number[] = [];
  for (const part of Object.values(slots[domain] ?? {})) held[part - 1] = (held[part - 1] ?? 0) + 1;
  return held;
};

test('a stack is given sixteen datasets', () => {
  expect(PART_CAPACITY).toBe(16);
});

test.each([
  [0, []],
  [1, [1]],
  [16, [16]],
  [17, [16, 1]],
  [60, [16, 16, 16, 12]],
])('%d datasets fill one part after the other', (count, expected) => {
  expect(sizes(assign({}, several(count)))).toEqual(expected);
});

test('domains do not share parts', () => {
  const slots = assign({}, [...several(16), ...several(16, 'energy')]);
  expect([sizes(slots), sizes(slots, 'energy')]).toEqual([[16], [16]]);
});

test('says what was added, and nothing of what was there', () => {
  const recorded: Slots = { sales: { bookings: 1 } };
  expect(assignSlots(recorded, [{ domain: 'sales', name: 'bookings' }]).added).toEqual({});
  expect(
    assignSlots(recorded, [
      { domain: 'sales', name: 'tickets' },
      { domain: 'sales', name: 'bookings' },
      { domain: 'energy', name: 'readings' },
    ]),
  ).toEqual({
    added: { sales: { tickets: 1 }, energy: { readings: 1 } },
    slots: { sales: { bookings: 1, tickets: 1 }, energy: { readings: 1 } },
  });
});

test('a dataset that is gone keeps its slot, and its place is not given away', () => {
  const full = assign({}, several(16));
  const after = assign(full, [...several(15), { domain: 'sales', name: 'another' }]);
  expect(after).toEqual({ sales: { ...full.sales, another: 2 } });
});

test('a part that two branches filled over its capacity is left as it is, and takes no more', () => {
  const merged: Slots = { sales: Object.fromEntries(several(18).map(({ name }) => [name, 1])) };
  expect(assign(merged, [...several(18), { domain: 'sales', name: 'another' }])).toEqual({
    sales: { ...merged.sales, another: 2 },
  });
});

test('a first part stands also where all its datasets are gone, and a further one does not', () => {
  const slots: Slots = { sales: { a: 1, b: 2, c: 3 } };
  expect([...partsOf(slots, [{ domain: 'sales', name: 'c' }], 'sales')]).toEqual([
    [1, new Set()],
    [3, new Set(['c'])],
  ]);
});

/** Names that every object has are names of domains and datasets like any other. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'constructor', 'valueOf', 'hasOwnProperty'];
const dataset = fc.record({
  domain: fc.constantFrom('sales', 'energy', 'constructor'),
  name: fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 4 })).map(([word, number]) => `${word}${number || ''}`),
});
const datasets = fc.uniqueArray(dataset, { selector: ({ domain, name }) => `${domain}.${name}`, maxLength: 120 });
const pairs = (slots: Slots): string[] =>
  Object.entries(slots)
    .flatMap(([domain, parts]) => Object.entries(parts).map(([name, part]) => `${domain}.${name}:${part}`))
    .sort();

test('only ever appends', () => {
  fc.assert(
    fc.property(fc.array(datasets, { maxLength: 6 }), (batches) => {
      let slots: Slots = {};
      for (const batch of batches) {
        const before = slots;
        slots = assign(before, batch);
        expect(pairs(slots)).toEqual(expect.arrayContaining(pairs(before)));
      }
    }),
  );
});

test('gives every dataset a slot, and none to any other', () => {
  fc.assert(
    fc.property(datasets, datasets, (earlier, now) => {
      const wanted = new Set([...earlier, ...now].map(({ domain, name }) => `${domain}.${name}`));
      const slotted = pairs(assign(assign({}, earlier), now)).map((pair) => pair.replace(/:\d+$/, ''));
      expect(slotted.sort()).toEqual([...wanted].sort());
    }),
  );
});

test('does not depend on the order in which contracts are read', () => {
  fc.assert(
    fc.property(datasets, datasets, fc.infiniteStream(fc.nat()), (earlier, now, chance) => {
      const recorded = assign({}, earlier);
      const shuffled = now
        .map((item) => [chance.next().value as number, item] as const)
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item);
      expect(pairs(assign(recorded, shuffled))).toEqual(pairs(assign(recorded, now)));
    }),
  );
});

test('never fills a part over its capacity, and begins none while an earlier has room', () => {
  fc.assert(
    fc.property(fc.array(datasets, { maxLength: 4 }), (batches) => {
      const slots = batches.reduce<Slots>((recorded, batch) => assign(recorded, batch), {});
      for (const domain of Object.keys(slots)) {
        const held = sizes(slots, domain);
        for (const count of held.slice(0, -1)) expect(count).toBe(PART_CAPACITY);
        for (const count of held) expect(count).toBeLessThanOrEqual(PART_CAPACITY);
      }
    }),
  );
});

test('asked again, adds nothing', () => {
  fc.assert(
    fc.property(datasets, (all) => {
      const slots = assign({}, all);
      expect(assignSlots(slots, all)).toEqual({ slots, added: {} });
    }),
  );
});

test('puts each dataset in exactly one part', () => {
  fc.assert(
    fc.property(datasets, (all) => {
      const slots = assign({}, all);
      for (const domain of new Set(all.map((item) => item.domain))) {
        const names = [...partsOf(slots, all, domain).values()].flatMap((part) => [...part]);
        expect(names.sort()).toEqual(all.flatMap((item) => (item.domain === domain ? [item.name] : [])).sort());
      }
    }),
  );
});
