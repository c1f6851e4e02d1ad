import { formatReport } from '../../../cli/demo/report.ts';
import { toJson, unbalanced, type DatasetSummary, type DemoSummary } from '../../../cli/demo/summary.ts';

const dataset = (overrides: Partial<DatasetSummary> = {}): DatasetSummary => ({
  name: 'readings',
  produced: 1_000,
  accepted: 990,
  quarantined: 10,
  duplicates: 7,
  reasons: { 'bad-time': 4, 'not-json': 6 },
  jsonBytes: 123_456,
  parquetBytes: 12_345,
  ...overrides,
});
const summary = (...datasets: DatasetSummary[]): DemoSummary => ({
  datasets,
  leftOut: [],
  fewer: [],
  questions: [{ name: 'How many', columns: ['kind', 'n'], rows: [['gas', null]], scannedBytes: 99 }],
  tiers: [{ zone: 'clean', dataset: 'readings', temperature: 'cold', objects: 3, bytes: 12_345, monthlyCost: 0.5 }],
  seconds: 1.25,
  peakMemoryBytes: 7,
});

test('toJson is one line of these keys and no others, in this order', () => {
  expect(toJson(summary(dataset()))).toBe(
    '{"datasets":[{"name":"readings","produced":1000,"accepted":990,"quarantined":10,"duplicates":7,"reasons":{"bad-time":4,"not-json":6}}],' +
      '"leftOut":[],"fewer":[],' +
      '"queries":[{"name":"How many","rows":[{"kind":"gas","n":null}]}],' +
      '"tiers":[{"zone":"clean","dataset":"readings","temperature":"cold","objects":3,"bytes":12345}],' +
      '"seconds":1.25}',
  );
});

test('toJson of a platform without datasets', () => {
  expect(JSON.parse(toJson({ ...summary(), questions: [], tiers: [] }))).toEqual({
    datasets: [],
    leftOut: [],
    fewer: [],
    queries: [],
    tiers: [],
    seconds: 1.25,
  });
});

describe('unbalanced', () => {
  test('is empty when every event produced is accepted or quarantined, whatever came twice', () => {
    expect(unbalanced(summary(dataset(), dataset({ produced: 0, accepted: 0, quarantined: 0, duplicates: 50 })))).toEqual([]);
  });

  test.each([
    ['one is lost', { accepted: 989 }],
    ['one too many is accepted', { accepted: 991 }],
    ['a reject is lost', { quarantined: 9 }],
    ['all is lost', { accepted: 0, quarantined: 0 }],
    ['something comes of nothing', { produced: 0 }],
  ])('names the dataset of which %s', (_, overrides) => {
    const wrong = dataset({ name: 'outages', ...overrides });
    expect(unbalanced(summary(dataset(), wrong))).toEqual([wrong]);
  });
});

describe('formatReport', () => {
  test('says that every event is where it belongs', () => {
    const text = formatReport(summary(dataset()));
    expect(text).toContain('Every event produced is accepted or quarantined');
    expect(text).not.toContain('LOST');
  });

  test('says of which dataset events are lost', () => {
    const text = formatReport(summary(dataset({ accepted: 980 })));
    expect(text).toContain("LOST: 'readings' produced 1000, but 980 + 10 arrived.");
    expect(text).not.toContain('Every event produced');
  });

  test('says which datasets have no events, or fewer, and why', () => {
    const leftOut = [{ name: 'energy.outages', code: 'NoIds', reason: 'no integer fits; widen it' }];
    const lines = formatReport({ ...summary(dataset()), leftOut, fewer: [{ name: 'energy.sites', events: 1 }] }).split('\n');
    expect(lines).toContain("LEFT OUT: 'energy.outages' has no events. NoIds: no integer fits; widen it.");
    expect(lines).toContain(
      "FEWER: 'energy.sites' has 1 event made up, as no more can have an id of their own; --rows does not change that.",
    );
  });
});
