import fc from 'fast-check';
import { assignSlots, type Slotted } from '../../../core/slots/assign-slots.ts';
import type { Slots } from '../../../core/slots/slots.ts';
import { unclearSlots } from '../../../core/slots/unclear-slots.ts';

const several = (count: number): Slotted[] =>
  Array.from({ length: count }, (_, index) => ({ domain: 'sales', name: `d${String(index).padStart(3, '0')}` }));
const fill = (...sizes: readonly number[]): Slots => ({
  sales: Object.fromEntries(sizes.flatMap((size, index) => several(size).map(({ name }) => [`${name}_${index + 1}`, index + 1]))),
});
const unclear = (recorded: Slots, datasets: readonly Slotted[]) => unclearSlots(recorded, assignSlots(recorded, datasets).added);

test.each<[string, Slots, number, boolean]>([
  ['a new domain of one part', {}, 16, true],
  ['a new domain of two', {}, 17, false],
  ['a domain that was never deployed', { sales: {} }, 60, true],
  ['what the only part has room for', fill(10), 6, true],
  ['a part and what it has no room for', fill(10), 7, false],
  ['what the last part has room for', fill(16, 16, 10), 6, true],
  ['a part of its own, where the others are full', fill(16, 16), 16, true],
  ['more than such a part', fill(16, 16), 17, false],
  ['a part that is not the last', fill(15, 3), 1, false],
  ['what a part over its capacity pushes on', fill(18), 1, true],
])('new slots for %s', (_, recorded, added, isClear) => {
  expect(unclear(recorded, several(added)).length === 0).toBe(isClear);
});

test('tells which datasets of which domain, and whether the record knows the domain', () => {
  expect(unclear({}, several(17))).toEqual([{ domain: 'sales', names: several(17).map(({ name }) => name), isUnknown: true }]);
  expect(unclear(fill(15, 3), several(1))).toEqual([{ domain: 'sales', names: ['d000'], isUnknown: false }]);
});

test('a domain may be called as something that every object has', () => {
  expect(unclear({}, [{ domain: 'constructor', name: 'a' }])).toEqual([]);
});

test('whatever lines a record loses, they come back as they were or are unclear', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.func(fc.integer({ min: 0, max: 9 })),
      fc.integer({ min: 0, max: 10 }),
      (count, draw, kept) => {
        const whole = assignSlots({}, several(count)).slots;
        const left = Object.entries(whole.sales ?? {}).filter(([name]) => draw(name) < kept);
        const recorded: Slots = left.length === 0 ? {} : { sales: Object.fromEntries(left) };
        const isClear = unclear(recorded, several(count)).length === 0;
        const isSame = JSON.stringify(sorted(assignSlots(recorded, several(count)).slots)) === JSON.stringify(sorted(whole));
        expect(isClear && !isSame).toBe(false);
      },
    ),
  );
});

const sorted = (slots: Slots): [string, number][] => Object.entries(slots.sales ?? {}).sort();
