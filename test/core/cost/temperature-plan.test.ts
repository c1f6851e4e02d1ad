import { temperaturePlan } from '../../../core/cost/temperature-plan.ts';
import { sized } from './dataset.ts';

test('tells each temperature, its days and its price', () => {
  const { retentionClass, lifetimes } = temperaturePlan(sized(2 ** 20, 1023, [30, 365, 1095]));
  expect(retentionClass).toBe('keep1095-hot30-warm365-deep');
  expect(lifetimes).toEqual([
    { temperature: 'hot', storageClass: 'STANDARD', fromDay: 0, toDay: 30, usdPerGbMonth: 0.023 },
    { temperature: 'warm', storageClass: 'GLACIER_IR', fromDay: 30, toDay: 365, usdPerGbMonth: 0.004 },
    { temperature: 'cold', storageClass: 'DEEP_ARCHIVE', fromDay: 365, toDay: 1095, usdPerGbMonth: 0.00099 },
  ]);
});

test('says what the class saves against Standard, in large deliveries and in its own', () => {
  const { planned, asDelivered } = temperaturePlan(sized(2 ** 20, 1023, [30, 365, 1095]));
  // Standard for 1,102 days and 14.7361 reads of 8, or of 576, objects
  expect(planned.usdPerGbInStandard).toBeCloseTo(0.844866667 + 0.000047156, 8);
  expect(asDelivered.usdPerGbInStandard).toBeCloseTo(0.844866667 + 0.0033952, 8);
  expect(asDelivered.usdPerGb).toBeCloseTo(0.354747889, 8);
  for (const { usdPerGb, usdPerGbInStandard, savesPerGb } of [planned, asDelivered]) {
    expect(savesPerGb).toBeCloseTo(usdPerGbInStandard - usdPerGb, 12);
    expect(savesPerGb).toBeGreaterThan(0);
  }
  expect(asDelivered).toMatchObject({ moves: true });
  expect(asDelivered.objectBytes).toBeCloseTo(1_864_135.1111, 3);
});

test('says that small deliveries save nothing, because S3 leaves them where they are', () => {
  const { planned, asDelivered } = temperaturePlan(sized(5000, 420, [30, 365, 1095]));
  expect(planned.savesPerGb).toBeGreaterThan(0.6);
  expect(asDelivered).toMatchObject({ moves: false, savesPerGb: 0 });
});

test('says that deliveries just large enough to be moved cost more than they save', () => {
  const { asDelivered } = temperaturePlan(sized(200_000, 500, [30, 365, 1095]));
  expect(asDelivered).toMatchObject({ moves: true });
  expect(asDelivered.objectBytes).toBeLessThan(200 * 1024);
  expect(asDelivered.savesPerGb).toBeLessThan(-0.3);
});

test('has one temperature where there is one', () => {
  const { lifetimes, planned } = temperaturePlan(sized(100, 100, [7, 7, 7]));
  expect(lifetimes).toEqual([{ temperature: 'hot', storageClass: 'STANDARD', fromDay: 0, toDay: 7, usdPerGbMonth: 0.023 }]);
  expect(planned.savesPerGb).toBe(0);
});
