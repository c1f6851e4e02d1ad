import { checkReleased, sinceReleases } from '../../../core/contract/check-released.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { contract, dataset } from '../../support/contracts.ts';

const sourced = (...contracts: DataContract[]) => contracts.map((own) => ({ source: `${own.id}.yaml`, contract: own }));
const faults = (contracts: readonly DataContract[], released: readonly DataContract[]): string => {
  try {
    checkReleased(sourced(...contracts), sourced(...released));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};
const one: DataContract = { ...contract(), id: 'one', product: 'one' };
const versionOf = (contracts: readonly DataContract[], released: readonly DataContract[], own: DataContract) =>
  sinceReleases(contracts, released).get(own)?.released?.version;

test.each<[string, Partial<DataContract>]>([
  ['its id', { product: 'another', domain: 'another' }],
  ['its domain and product', { id: 'another' }],
  ['a dataset, where both changed', { id: 'another', product: 'another' }],
])('a contract is known by %s', (_, change) => {
  const changed = { ...one, ...change };
  expect(versionOf([changed], [one, { ...one, version: '1.10.0' }, { ...one, version: '1.9.0' }], changed)).toBe('1.10.0');
});

test('a dataset that moves to a new contract brings no release along while its old contract lives', () => {
  const moved: DataContract = { ...one, id: 'two', product: 'two', version: '0.1.0' };
  const left: DataContract = { ...one, version: '2.0.0', datasets: [{ ...dataset(), name: 'rest' }] };
  expect(versionOf([left, moved], [one], moved)).toBeUndefined();
  expect(versionOf([left, moved], [one], left)).toBe('1.2.3');
  expect(faults([left, moved], [one])).toBe('');
});

test('what was released may not go without a word, but when it was retired', () => {
  expect(faults([], [one])).toMatch(/^one\.yaml: ReleasedContractGone: must have a contract: 'energy\/one' 1\.2\.3 was released/);
  expect(faults([], [one, { ...one, version: '1.2.4', status: 'retired' }])).toBe('');
  expect(
    faults(
      [],
      [
        { ...one, status: 'retired' },
        { ...one, version: '1.2.4' },
      ],
    ),
  ).toContain('ReleasedContractGone');
});
