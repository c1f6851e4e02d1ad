import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { foreseeSlots } from '../../../cli/contracts/foresee-slots.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { recordSlots } from '../../../lib/slots/record-slots.ts';
import { contract } from '../../support/contracts.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headwaters-foresee-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const record = (text: string): void => {
  writeFileSync(path.join(root, 'slots.json'), text);
};
const file = `${path.basename(root)}/slots.json`;

/** A product of some datasets of the domain energy. */
const productOf = (count: number): DataContract => {
  const base = contract();
  const datasets = Array.from({ length: count }, (_, index) =>
    base.datasets.map((dataset) => ({ ...dataset, name: `d${String(index).padStart(2, '0')}` })),
  );
  return { ...base, datasets: datasets.flat() };
};
const ofEnergy = (count: number) => foreseeSlots(root, [productOf(count)], new Set(['energy']));

/** What synth itself says. */
function synthRefusal(count: number): string | undefined {
  try {
    recordSlots(root, productOf(count).datasets, false);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['{}', 16, 0],
  ['{}', 17, 1],
  ['{}', 61, 1],
  ['{"energy": {}}', 61, 0],
  ['{"energy": {"d00": 1, "d01": 2}}', 4, 1],
  ['{"energy": {"d00": 1}}', 16, 0],
])('with the record %s, %d datasets have %d notes, and synth refuses as many times', (text, count, notes) => {
  record(text);
  expect(ofEnergy(count)).toHaveLength(notes);
  expect(synthRefusal(count)?.startsWith('SlotsError: SlotsUnclear: ') ?? false).toBe(notes === 1);
});

test('names the domain and what to write', () => {
  record('{}');
  expect(ofEnergy(17)).toEqual([
    {
      file,
      code: 'SlotsUnclear',
      path: 'energy',
      message: expect.stringMatching(
        /^will stop a synth: .* must tell which part of 'energy' holds energy\.d00, .*, 12 more, .*; if nothing of the domain was ever deployed, write "energy": \{\} into it$/,
      ) as string,
    },
  ]);
});

test('says nothing of a domain that was not asked for', () => {
  record('{}');
  expect(foreseeSlots(root, [productOf(17)], new Set(['water']))).toEqual([]);
});

test('says what is wrong with the record itself', () => {
  record('{"energy": {"d00": 0}}');
  expect(ofEnergy(1)).toEqual([
    {
      file,
      code: 'InvalidSlot',
      path: 'energy.d00',
      message: expect.stringContaining('will stop a synth: must be the number of a part') as string,
    },
  ]);
});
