import { explainWord } from '../../../../core/contract/explain/explain-word.ts';
import { meaningOf } from '../../../../core/contract/explain/meaning.ts';
import { plainDataset } from '../../../support/contracts.ts';

const PROMPT = 'its events are promised sooner than in an hour';
const SLOW = 'its events are promised in an hour or later, and one delivery takes its busiest seconds';
const MUCH = 'its busiest seconds bring more than one delivery takes';
/** Bytes of a day at a million a second, of which the busiest seconds bring three times as many. */
const A_SHARD_A_DAY = (1_000_000 / 3) * 86_400;
const outages = (freshnessSeconds: number, share = 0) => ({
  ...plainDataset('outages'),
  freshnessSeconds,
  expectedEventBytes: 499,
  expectedEventsPerDay: Math.round((share * A_SHARD_A_DAY) / 500),
});

test.each([
  ['15 minutes', outages(900), 'stream', PROMPT],
  ['a second less than an hour', outages(3599), 'stream', PROMPT],
  ['an hour', outages(3600), 'direct-put', SLOW],
  ['a day', outages(86_400, 0.9), 'direct-put', SLOW],
  ['a day, and more than a delivery takes', outages(86_400, 1.1), 'stream', MUCH],
  ['15 minutes, and more than a delivery takes', outages(900, 1.1), 'stream', PROMPT],
] as const)('of events that are promised in %s is said how they come in, and why', (_, dataset, form, why) => {
  const { intake } = meaningOf(dataset, 'prod').delivery;
  expect(intake).toEqual({ form, why, ...(form === 'stream' ? {} : { deliveryStream: 'prod-energy-outages' }) });
  const words =
    form === 'stream'
      ? `its events come through its own stream, since ${why}`
      : `its events are put straight into its delivery, without a stream, since ${why}`;
  expect(explainWord('outages', [dataset])).toEqual([
    expect.objectContaining({ what: 'dataset', intake: { form, why }, says: expect.arrayContaining([words]) as unknown }),
  ]);
});

test.each([
  [2, 'every hour'],
  [6, 'every 4 hours'],
  [26, 'once a day'],
  [8 * 24, 'once a week'],
])('of a table that is curated within %d hours is said how often it is folded', (hours, often) => {
  const dataset = { ...outages(900), curatedWithinMs: hours * 3_600_000 };
  expect(explainWord('outages', [dataset])[0]?.says).toContainEqual(
    expect.stringMatching(new RegExp(`^its curated table 'outages_curated' has one row for each .*, folded ${often}$`)),
  );
  expect(explainWord('outages', [outages(900)])[0]?.says.join()).not.toContain('curated');
});

test('roles that a dataset without a stream shares are said to do what they do', () => {
  const may = (actor: string, freshnessSeconds: number) =>
    meaningOf(outages(freshnessSeconds), 'prod').roles.find((role) => role.actor === actor)?.may;
  expect(may('producer', 900)).toBe('puts events into the stream, and nothing else');
  expect(may('producer', 3600)).toBe('puts events into the delivery, and into those of others without a stream');
  expect(may('delivery', 900)).toBe('writes this dataset to raw and clean');
  expect(may('delivery', 3600)).toBe('writes this dataset, and others without a stream, to raw and clean');
});

test('what else is explained says nothing of it', () => {
  expect(explainWord('latency', [])).toEqual([
    { what: 'value', name: 'latency', says: [expect.stringContaining('from an hour on a dataset has no stream')] },
  ]);
});
