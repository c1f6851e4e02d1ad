import { deliveryName } from '../../core/naming.ts';

test('a delivery is called by environment, domain and dataset', () => {
  expect(deliveryName('dev', 'energy', 'meter_readings')).toBe('dev-energy-meter_readings');
});

test('a name that Firehose would refuse ends in a digest, and no two are alike', () => {
  const long = 'a'.repeat(39);
  const names = ['b', 'c'].map((last) => deliveryName('production', 'd'.repeat(24), long + last));
  for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_.-]{64}$/);
  expect(new Set(names).size).toBe(2);
  expect(deliveryName('prod', 'd'.repeat(24), 'e'.repeat(34))).toHaveLength(64);
  expect(deliveryName('prod', 'd'.repeat(24), 'e'.repeat(34))).not.toMatch(/-[0-9a-f]{8}$/);
});
