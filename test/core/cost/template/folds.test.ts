import { TRANSITIONS } from '../../../../core/cost/template/parts/folds.ts';
import { cheaper } from '../../../../core/cost/template/cheaper.ts';
import { estimatePlatform } from '../../../../core/cost/template/estimate-platform.ts';
import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import { curateWorkflow } from '../../../../core/curated/curate-workflow.ts';
import type { States } from '../../../../core/aws/asl.ts';
import { platform, readings, SAMPLE, workload, type Resources } from './sample.ts';

const HOUR_MS = 3_600_000;
const definition = {
  databaseName: 'energy',
  tableName: 'readings_curated',
  location: 's3://<bucket>/energy/readings',
  columns: [{ name: 'reading_id', type: 'string', required: true }],
  key: ['reading_id'],
  properties: { 'headwaters.domain': 'energy', 'headwaters.dataset': 'readings' },
};
const joined = (text: string) => {
  const [start = '', end = ''] = text.split('<bucket>');
  return { 'Fn::Join': ['', [start, { Ref: 'Curated' }, end]] };
};
const withTable = (rest: object = {}): Resources => ({
  ...SAMPLE,
  Curated: { Type: 'AWS::S3::Bucket' },
  Folded: { Type: 'Custom::IcebergTable', Properties: { Definition: joined(JSON.stringify({ ...definition, ...rest })) } },
});
const dataset = { ...readings, curatedWithinMs: 14 * HOUR_MS };
const often = (said: object = {}) =>
  workload({ hoursPerMonth: 720, datasets: { 'energy.readings': { foldsPerDay: 2, ...said } } });
const foldLines = (said = often(), resources = withTable()) =>
  pricePlatform(platform(resources, said, [dataset]), 12).filter(
    ({ what, resource }) => /fold|curated rows/.test(what) || resource === 'Stack/Folded',
  );

/**
 * By hand: a GiB of JSON, and so a quarter of Parquet, comes each day, and half of it is rows of new keys; 60 folds and 30 tidyings a month. In the
 * middle of the twelfth month there are 345 days of rows: 43.125 GiB. A stream of three days, a day for what is under way, half a day
 * between folds and half a day to midnight make 5 days that a fold reads.
 */
const EXPECTED = [
  ['storage', 'curated rows of energy.readings, STANDARD', 43.125, 0.991875],
  ['storage', 'objects put by folds', 5 * (60 + 30 * 3), 0.00375],
  // since and DELETE: 8 of 256 bytes of a row; MERGE: 5 days and the table; OPTIMIZE: a day; VACUUM: the least
  ['queries', 'scanned by folds', (90 * (43.125 / 32) + 60 * (1.25 + 43.125) + 30 * 0.25 + (30 * 10) / 1024) / 1024, 13.630772],
  ['queries', 'partitions listed by folds', 60 * 5, 0.0015],
  ['queries', 'requests of folds', 60 * 5 * 144, 0.01728],
  ['queries', 'curated rows of energy.readings, retrieved from STANDARD', 60 * 43.125, 0],
  ['queries', 'curated rows of energy.readings, requests to STANDARD', (60 * 43.125) / 0.125, 0.00828],
  ['workflows', 'transitions of folds', 60 * 13 + 30 * 3, 0.02175],
] as const;

test('a curated table is billed for its rows, and for what its folds put, scan, list and go through', () => {
  const lines = foldLines(often({ keyShare: 0.5 }));
  expect(new Set(lines.map(({ what }) => what))).toEqual(new Set(EXPECTED.map(([, what]) => what)));
  for (const [part, what, quantity, usd] of EXPECTED) {
    const line = lines.find((one) => one.what === what);
    expect([what, line?.part, line?.quantity]).toEqual([what, part, expect.closeTo(quantity, 6)]);
    expect([what, line?.usd]).toEqual([what, expect.closeTo(usd, 6)]);
  }
});

const scanned = (said: Parameters<typeof foldLines>[0], contracts = [dataset]) =>
  pricePlatform(platform(withTable(), said, contracts), 12).find(({ what }) => what === 'scanned by folds')?.quantity ?? NaN;
const plain = workload({ hoursPerMonth: 720 });

test('it is folded as often as its contract asks, and each hour where nothing says how often', () => {
  expect(scanned(plain)).toBeCloseTo(scanned(often({})), 9); // 12 hours between folds keep 14
  expect(scanned(plain, [])).toBe(scanned(often({ foldsPerDay: 24 }), []));
});

test('of a wide table, a MERGE reads the key and the five columns that decide', () => {
  const columns = [...Array(24).keys()].map((index) => ({ name: `column_${index}`, type: 'string', required: index === 0 }));
  const scannedWith = (rest: object) =>
    foldLines(often(), withTable(rest)).find(({ what }) => what === 'scanned by folds')?.quantity ?? NaN;
  const saved = scannedWith({}) - scannedWith({ columns, key: ['column_0'] });
  expect(saved).toBeCloseTo((60 * 86.25 * 0.75) / 1024, 6);
});

test('each event is a row of its own unless the workload says otherwise', () => {
  expect(scanned(often())).toBe(scanned(often({ keyShare: 1 })));
  expect(scanned(often())).toBeGreaterThan(1.9 * scanned(often({ keyShare: 0.5 })));
});

test('folds that find nothing are billed too', () => {
  const { idle } = estimatePlatform(platform(withTable(), plain, [dataset]));
  const without = estimatePlatform(platform({ ...SAMPLE, Curated: { Type: 'AWS::S3::Bucket' } }, plain, [dataset])).idle;
  const scan = (5 * (60 * 2 + 30 * 3) * 10) / 1024 / 1024;
  const transitions = 870 * 0.000025;
  const listings = 300 * 0.000005;
  expect(idle.usd - without.usd).toBeCloseTo(scan + transitions + listings, 9);
});

test('what the contract retains no longer is deleted, so that the bill does not grow for ever', () => {
  const { filled } = estimatePlatform(platform(withTable(), plain, [dataset]));
  const rows = pricePlatform(platform(withTable(), plain, [dataset]), 'filled').find(({ what }) =>
    what.startsWith('curated rows'),
  );
  expect(rows?.quantity).toBeCloseTo(365 * 0.25, 9);
  expect(filled.usd).toBeGreaterThan(0);
});

test('a table of another name, or of no dataset, is an entry of the catalog', () => {
  for (const rest of [{ tableName: 'readings_by_day' }, { properties: {} }])
    expect(foldLines(often(), withTable(rest))).toEqual([]);
});

test.each<[string, object, string]>([
  ['UnreadableProperty', { columns: [] }, "'Definition' of Stack/Folded"],
  [
    'UnknownTarget',
    { tableName: 'tariffs_curated', properties: { ...definition.properties, 'headwaters.dataset': 'tariffs' } },
    "got 'energy.tariffs'",
  ],
])('fails with %s for a table of %j', (code, rest, message) => {
  expect(() => foldLines(often(), withTable(rest))).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
});

test('folding less often is named with what it saves', () => {
  const saved = (said: Parameters<typeof foldLines>[0]) =>
    new Map(cheaper(platform(withTable(), said, [dataset]), 12).map(({ what, saves }) => [what, saves]));
  const [day, week] = ['fold into curated tables once a day', 'fold into curated tables once a week'];
  const all = saved(plain);
  expect(all.get(day)).toBeGreaterThan(10);
  expect(all.get(week)).toBeGreaterThan(all.get(day) ?? 0);
  expect(saved(often({ foldsPerDay: 1 })).has(day)).toBe(false);
});

/** States that an execution enters, in its order: the first way of each choice, or its default. */
function entered({ StartAt, States: states }: States, isChosen: boolean): string[] {
  const names: string[] = [];
  for (let name: unknown = StartAt; typeof name === 'string';) {
    names.push(name);
    const state = states[name] as {
      Type: string;
      Next?: string;
      Default?: string;
      Choices?: { Next: string }[];
      ItemProcessor?: States;
    };
    if (state.ItemProcessor !== undefined) names.push(...entered(state.ItemProcessor, isChosen));
    name =
      state.Type === 'Choice'
        ? isChosen && ['IsExpiryDue', 'IsTidyingDue'].includes(name)
          ? state.Choices?.[0]?.Next
          : state.Default
        : state.Next;
  }
  return names;
}

test('the transitions are those of the workflow', () => {
  const workflow = curateWorkflow({ environment: 'dev', domain: 'energy', partition: 'aws', workGroup: 'folds' }, []);
  expect(entered(workflow, false)).toHaveLength(TRANSITIONS.ofFold);
  expect(entered(workflow, true)).toHaveLength(TRANSITIONS.ofFold + TRANSITIONS.ofTidying);
});
