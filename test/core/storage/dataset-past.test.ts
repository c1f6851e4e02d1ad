import { compareContracts } from '../../../core/contract/compatibility/compare-contracts.ts';
import { fromReleased, toReleased } from '../../../core/contract/compatibility/released.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import {
  pastClasses,
  pastPrefix,
  pastTableName,
  versionsWithOtherIds,
  withReleases,
  type DatasetWithReleases,
} from '../../../core/storage/dataset-past.ts';
import { datasetPrefix } from '../../../core/storage/layout.ts';
import { contract, schemaObject, type JsonDocument } from '../../support/contracts.ts';

const kept = (value: number, version = '1.0.0'): JsonDocument => ({
  version,
  slaProperties: [{ property: 'retention', value, unit: 'd' }],
});
const identified = (eventIdFields: string[], version: string, columns: JsonDocument[] = []): JsonDocument => ({
  version,
  schema: [
    schemaObject('readings', [{ name: 'sequence', logicalType: 'integer', required: true }, ...columns], { eventIdFields }),
  ],
});

/** The dataset of a document after releases. */
function after(document: JsonDocument, ...releases: readonly JsonDocument[]): DatasetWithReleases {
  const [found] = withReleases([contract(document)], releases.map(contract)).flatMap(({ datasets }) => datasets);
  if (found === undefined) throw new Error('the contract has one dataset');
  return found;
}

test('a dataset without releases is left as it is', () => {
  const one = contract();
  expect(withReleases([one], [])).toEqual([one]);
});

test.each<[string, JsonDocument]>([
  ['another dataset', { schema: [schemaObject('other')] }],
  ['another domain', { domain: 'heat' }],
])('releases of %s are none of it', (_, release) => {
  expect(after(kept(3650), release).released).toBeUndefined();
});

test('what is read back from a release file is known, whatever product it was of', () => {
  const released = contract({ ...kept(180), id: 'former', dataProduct: 'former' });
  expect(after(kept(3650), { ...kept(180), id: 'former', dataProduct: 'former' }).released).toEqual(released.datasets);
});

test('other classes that it lay in are named once, the present one never', () => {
  const dataset = after(kept(3650, '4.0.0'), kept(180), kept(180, '1.1.0'), kept(1095, '2.0.0'), kept(3650, '3.0.0'));
  const classes = pastClasses(dataset);
  expect(classes.map(({ name }) => name)).toEqual(['keep1095-hot30-warm90-deep', 'keep180-hot30-warm180']);
  expect(classes.map((retention) => pastPrefix(dataset, retention))).toEqual([
    'keep1095-hot30-warm90-deep/energy/readings/',
    'keep180-hot30-warm180/energy/readings/',
  ]);
  expect(classes.map((retention) => pastTableName(dataset, retention))).toEqual([
    'readings_clean_keep1095_hot30_warm90_deep',
    'readings_clean_keep180_hot30_warm180',
  ]);
});

test.each<[string, JsonDocument, JsonDocument[], string[][]]>([
  ['the same field', identified(['reading_id'], '2.0.0'), [identified(['reading_id'], '1.0.0')], []],
  ['another field', identified(['sequence'], '2.0.0'), [identified(['reading_id'], '1.0.0')], [['1.0.0']]],
  [
    'three in turn, the first of them again',
    identified(['reading_id'], '4.0.0'),
    [
      identified(['reading_id'], '1.0.0'),
      identified(['sequence'], '2.0.0'),
      identified(['sequence'], '2.1.0'),
      identified(['reading_id', 'sequence'], '3.0.0'),
    ],
    [['2.0.0', '2.1.0'], ['3.0.0']],
  ],
  [
    'the same fields in another order',
    identified(['sequence', 'reading_id'], '2.0.0'),
    [identified(['reading_id', 'sequence'], '1.0.0')],
    [['1.0.0']],
  ],
])('ids made of %s', (_, now, releases, expected) => {
  expect(versionsWithOtherIds(after(now, ...releases))).toEqual(expected);
});

test('a release holds nothing of those before it', () => {
  const [known = contract()] = withReleases([contract()], [contract(kept(180))]);
  expect(toReleased(known)).toBe(toReleased(contract()));
});

describe('a class that the planner would choose no longer, as prices have changed', () => {
  const PLANNED = 'keep180-hot30-warm180';
  const FORMER = 'keep180-hot90-warm180';
  const lyingIn = (retentionClass: string, version: string): DataContract => {
    const file = toReleased(contract(kept(180, version)));
    expect(file).toContain(`"retentionClass": "${PLANNED}"`);
    return fromReleased(file.replace(PLANNED, retentionClass));
  };
  const now = (document: JsonDocument, ...released: readonly DataContract[]): DatasetWithReleases => {
    const [found] = withReleases([contract(document)], released).flatMap(({ datasets }) => datasets);
    if (found === undefined) throw new Error('the contract has one dataset');
    return found;
  };

  test('is kept while the need is the same', () => {
    const dataset = now(kept(180, '1.1.0'), lyingIn(FORMER, '1.0.0'));
    expect(datasetPrefix(dataset)).toBe(`${FORMER}/energy/readings/`);
    expect(pastClasses(dataset)).toEqual([]);
  });

  test('is that of the newest release with the same need', () => {
    const dataset = now(kept(180, '1.11.0'), lyingIn(PLANNED, '1.9.0'), lyingIn(FORMER, '1.10.0'));
    expect(datasetPrefix(dataset)).toBe(`${FORMER}/energy/readings/`);
    expect(pastClasses(dataset).map(({ name }) => name)).toEqual([PLANNED]);
  });

  test('is a place of the past once the need is another', () => {
    const dataset = now(kept(90, '2.0.0'), lyingIn(FORMER, '1.0.0'));
    expect(pastClasses(dataset).map(({ name }) => name)).toEqual([FORMER]);
  });

  test('is written into the next release', () => {
    const [known = contract()] = withReleases([contract(kept(180, '1.1.0'))], [lyingIn(FORMER, '1.0.0')]);
    expect(toReleased(known)).toContain(`"retentionClass": "${FORMER}"`);
  });

  test('is no change of the contract, read with its releases or without', () => {
    const released = lyingIn(FORMER, '1.0.0');
    const [known = contract()] = withReleases([contract(kept(180))], [released]);
    expect(compareContracts(released, known)).toEqual([]);
    expect(compareContracts(released, contract(kept(180)))).toEqual([]);
  });
});

test('fails when a release names a class that nobody knows', () => {
  const file = toReleased(contract(kept(180))).replace('keep180-hot30-warm180', 'keep180-hot17');
  expect(() => fromReleased(file)).toThrow('ReleasedInvalid');
});
