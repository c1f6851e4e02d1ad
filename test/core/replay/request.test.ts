import { parseRequest } from '../../../core/replay/request.ts';

const DATASETS = ['orders', 'returns'];
const good = { source: 'quarantine', dataset: 'orders', from: '2026-01-30', to: '2026-02-02', arrival: 7 };

test.each([
  ['days of quarantine', {}, { from: 'dt=2026-01-30', to: 'dt=2026-02-02', dryRun: false }],
  ['one reason', { reason: 'not-listed' }, { reason: 'not-listed' }],
  ['a dry run', { dryRun: true }, { dryRun: true }],
  ['one day', { to: '2026-01-30' }, { from: 'dt=2026-01-30', to: 'dt=2026-01-30' }],
  ['31 days', { to: '2026-03-01' }, { to: 'dt=2026-03-01' }],
  ['whole days of raw', { source: 'raw' }, { from: 'dt=2026-01-30/hr=00', to: 'dt=2026-02-02/hr=23' }],
  [
    'hours of raw, both included',
    { source: 'raw', from: '2026-01-30T08', to: '2026-01-30T08' },
    { from: 'dt=2026-01-30/hr=08', to: 'dt=2026-01-30/hr=08' },
  ],
])('reads %s', (_, given, expected) => {
  expect(parseRequest({ ...good, ...given }, DATASETS)).toMatchObject(expected);
});

test.each([
  ['InvalidRequest', 'text', 'a request must be a JSON object; give it source, dataset, from and to'],
  ['UnknownInput', { ...good, until: 1 }, "a request takes source, dataset, from, to, reason, dryRun, got 'until'; remove it"],
  ['InvalidSource', { ...good, source: 'clean' }, "'source' must be quarantine or raw, got 'clean'; choose one"],
  [
    'UnknownDataset',
    { ...good, dataset: 'order' },
    "'dataset' must name a dataset that stands here, got 'order'; did you mean 'orders'?",
  ],
  [
    'UnknownDataset',
    { ...good, dataset: undefined },
    "'dataset' must name a dataset that stands here, got nothing; name one of orders, returns",
  ],
  [
    'InvalidFrom',
    { ...good, from: '2026-02-30' },
    "'from' must be a day of UTC, such as 2026-01-31, got '2026-02-30'; write it as the keys do",
  ],
  ['InvalidFrom', { ...good, from: 20260131 }, "'from' must be a day of UTC, such as 2026-01-31, got '20260131'"],
  [
    'InvalidTo',
    { ...good, source: 'raw', to: '2026-01-31T24' },
    "'to' must be a day of UTC, such as 2026-01-31, or an hour, such as 2026-01-31T08, got '2026-01-31T24'",
  ],
  [
    'HourOfQuarantine',
    { ...good, from: '2026-01-30T08' },
    "'from' must be a day, for quarantine is filed by day, got '2026-01-30T08'; leave the hour out",
  ],
  [
    'RangeReversed',
    { ...good, source: 'raw', from: '2026-01-30T09', to: '2026-01-30T08' },
    "'from' must not be after 'to', got 2026-01-30T09 and 2026-01-30T08; exchange them",
  ],
  ['RangeTooLarge', { ...good, to: '2026-03-02' }, 'one request takes 31 days at most, got 32; ask for one part after another'],
  [
    'UnknownReason',
    { ...good, reason: 'not-liste' },
    "'reason' must be a reason of quarantine, got 'not-liste'; did you mean 'not-listed'?",
  ],
  ['ReasonOfRaw', { ...good, source: 'raw', reason: 'not-listed' }, "'reason' must be left out for raw"],
  ['InvalidDryRun', { ...good, dryRun: 'no' }, "'dryRun' must be true or false, got 'no'; leave it out to replay"],
  ['InvalidRequest', { ...good, arrival: '7' }, "'arrival' must be milliseconds since the epoch"],
])('fails with %s for %j', (code, given, message) => {
  expect(() => parseRequest(given, DATASETS)).toThrow(expect.objectContaining({ name: code, code }) as Error);
  expect(() => parseRequest(given, DATASETS)).toThrow(message);
});

test('fails with no more of a value than a line holds', () => {
  expect(() => parseRequest({ ...good, dataset: 'x'.repeat(5000) }, DATASETS)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^.{1,200}$/) as string }) as Error,
  );
});
