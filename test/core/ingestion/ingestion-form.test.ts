import { ingestionForm } from '../../../core/ingestion/ingestion-form.ts';
import { plainDataset } from '../../support/contracts.ts';

const A_SHARD_A_DAY = (1_000_000 / 3) * 86_400; // bytes, of which the busiest seconds bring three times as many

test.each([
  ['15 minutes', { freshnessSeconds: 900 }, 'stream'],
  ['a second less than an hour', { freshnessSeconds: 3_599 }, 'stream'],
  ['an hour', { freshnessSeconds: 3_600 }, 'direct-put'],
  ['a day', { freshnessSeconds: 86_400 }, 'direct-put'],
  [
    'a day, and more than a delivery takes',
    { freshnessSeconds: 86_400, expectedEventsPerDay: 1.1 * (A_SHARD_A_DAY / 501) },
    'stream',
  ],
  [
    'a day, and as much as a delivery takes',
    { freshnessSeconds: 86_400, expectedEventsPerDay: 0.9 * (A_SHARD_A_DAY / 501) },
    'direct-put',
  ],
])('events that are promised within %s come by %s', (_, said, form) => {
  expect(ingestionForm({ ...plainDataset(), expectedEventBytes: 500, ...said })).toBe(form);
});
