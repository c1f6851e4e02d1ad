import { estimatePlatform } from '../../../../core/cost/template/estimate-platform.ts';
import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import { platform, readings, SAMPLE, workload } from './sample.ts';

const sample = platform(SAMPLE, workload({ hoursPerMonth: 720 }), [readings]);

/** Computed by hand (in Python), from the price list and the assumptions alone: the twelfth month of 30 days. */
const EXPECTED: readonly (readonly [part: string, what: string, quantity: number, usd: number])[] = [
  ['ingest', 'shards', 1440, 21.6],
  ['ingest', 'put', 1258291.2, 0.017616077],
  ['ingest', 'kept beyond a day', 1440, 28.8],
  ['delivery', 'delivered', 30, 0.87],
  ['delivery', 'converted to Parquet', 30, 0.54],
  ['functions', 'invocations', 157286.4, 0.03145728],
  ['functions', 'duration', 6366.953472, 0.106116103],
  ['storage', 'objects put for energy.readings', 4320, 0.0216],
  ['storage', 'energy.readings, STANDARD', 7.5, 0.1725],
  ['storage', 'energy.readings, GLACIER_IR', 78.75, 0.315],
  ['storage', 'energy.readings, moved to GLACIER_IR', 4320, 0.0864],
  ['storage', 'objects put for energy.readings', 2880, 0.0144],
  ['storage', 'energy.readings, STANDARD', 6.166666667, 0.141833333],
  ['storage', 'records of Trail, STANDARD', 0.052504241, 0.001207598],
  ['queries', 'scanned', 0.098876953, 0.494384766],
  ['queries', 'partitions listed', 30000, 0.15],
  ['queries', 'energy.readings, retrieved from STANDARD', 75, 0.0],
  ['queries', 'energy.readings, requests to STANDARD', 43200.0, 0.01728],
  ['queries', 'energy.readings, retrieved from GLACIER_IR', 26.25, 0.7875],
  ['queries', 'energy.readings, requests to GLACIER_IR', 15120.0, 0.1512],
  ['keys', 'key', 1, 1.0],
  ['keys', 'data keys of the stream', 17280.0, 0.05184],
  ['keys', 'keys of objects', 0, 0.0],
  ['keys', 'keys of objects', 2880, 0.00864],
  ['keys', 'keys of objects', 0, 0.0],
  ['keys', 'secret', 1, 0.4],
  ['keys', 'secrets read', 720, 0.0036],
  ['keys', 'secrets decrypted', 720, 0.00216],
  ['monitoring', 'alarm', 2, 0.2],
  ['monitoring', 'metrics of each shard', 6, 1.8],
  ['monitoring', 'metrics of its own', 7, 2.1],
  ['monitoring', 'logs', 0.219726562, 0.109863281],
  ['monitoring', 'logs kept', 0.015380859, 0.000461426],
  ['network', 'endpoint', 1440, 14.4],
  ['network', 'carried', 0.287890625, 0.002878906],
  ['audit', 'requests recorded', 62640.0, 0.06264],
];

test('an environment is billed for these things, in this order, and for nothing else', () => {
  const items = pricePlatform(sample, 12);
  expect(items.map(({ part, what }) => [part, what])).toEqual(EXPECTED.map(([part, what]) => [part, what]));
  for (const [index, [, , quantity, usd]] of EXPECTED.entries()) {
    expect(items[index]?.quantity).toBeCloseTo(quantity, 7);
    expect(items[index]?.usd).toBeCloseTo(usd, 8);
  }
});

test('the twelfth month costs 74.4606 USD', () => {
  const { months } = estimatePlatform(sample);
  expect(months[11]?.usd).toBeCloseTo(74.46057877, 7);
});

test('the first month has half of what lies in Standard, and nothing was moved yet', () => {
  const first = pricePlatform(sample, 1).filter(({ part, resource }) => part === 'storage' && resource === 'Stack/Clean');
  expect(first.map(({ what, quantity }) => [what, quantity])).toEqual([
    ['objects put for energy.readings', expect.closeTo(4320, 8)],
    ['energy.readings, STANDARD', expect.closeTo(3.75, 8)],
  ]);
});

test('once retentions are filled, a key was rotated twice, and every day until the last version goes is billed', () => {
  const filled = pricePlatform(sample, 'filled');
  expect(filled.find(({ what }) => what === 'key')?.usd).toBe(3);
  expect(filled.find(({ what }) => what === 'energy.readings, GLACIER_IR')?.quantity).toBeCloseTo(0.25 * 342, 8);
});

test('without events it costs its shards, its kept hours, key, secret, alarm, metrics of shards, and endpoint', () => {
  const { idle } = estimatePlatform(sample);
  expect(idle.usd).toBeCloseTo(21.6 + 28.8 + 1 + 0.4 + 0.2 + 1.8 + 14.4, 9);
});
