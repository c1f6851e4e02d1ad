import { listObjects, tiersOf } from '../../../cli/platform/zones.ts';
import { stubS3 } from '../../support/stub-s3.ts';

const GB = 2 ** 30;

describe('tiersOf', () => {
  const object = (storageClass: Parameters<typeof tiersOf>[2][number]['storageClass'], bytes: number) => ({
    key: `${storageClass}-${bytes}`,
    bytes,
    storageClass,
  });

  test('groups objects by temperature, hot first, and prices each by its class', () => {
    const objects = [
      object('DEEP_ARCHIVE', 2 * GB),
      object('STANDARD', GB),
      object('GLACIER_IR', GB),
      object('GLACIER', GB),
      object('STANDARD_IA', 3 * GB),
      object('STANDARD', 1),
    ];
    const common = { zone: 'clean', dataset: 'readings' };
    expect(tiersOf('clean', 'readings', objects)).toEqual([
      { ...common, temperature: 'hot', objects: 2, bytes: GB + 1, monthlyCost: expect.closeTo(0.023, 9) as unknown },
      { ...common, temperature: 'warm', objects: 2, bytes: 4 * GB, monthlyCost: expect.closeTo(0.0415, 9) as unknown },
      { ...common, temperature: 'cold', objects: 2, bytes: 3 * GB, monthlyCost: expect.closeTo(0.00558, 9) as unknown },
    ]);
  });

  test('says nothing of a temperature without objects', () => {
    expect(tiersOf('raw', 'readings', [])).toEqual([]);
    expect(tiersOf('raw', 'readings', [object('GLACIER', 5)]).map(({ temperature }) => temperature)).toEqual(['cold']);
  });
});

describe('listObjects', () => {
  test('reads every page, and takes an object without storage class as STANDARD', async () => {
    const body = Buffer.alloc(7);
    const { client, asked } = stubS3([
      { key: 'a/1', body },
      { key: 'a/2', storageClass: 'DEEP_ARCHIVE' },
      { key: 'a/3', storageClass: 'GLACIER_IR' },
      { key: 'b/4' },
    ]);
    expect(await listObjects(client, 'clean', 'a/')).toEqual([
      { key: 'a/1', bytes: 7, storageClass: 'STANDARD' },
      { key: 'a/2', bytes: 0, storageClass: 'DEEP_ARCHIVE' },
      { key: 'a/3', bytes: 0, storageClass: 'GLACIER_IR' },
    ]);
    expect(asked).toEqual(['list clean/a/', 'list clean/a/']);
  });

  test('fails for a storage class without temperature', async () => {
    const { client } = stubS3([{ key: 'a/1', storageClass: 'EXPRESS_ONEZONE' }]);
    await expect(listObjects(client, 'clean', 'a/')).rejects.toThrow("UnknownStorageClass: 'EXPRESS_ONEZONE' has no temperature");
  });
});
