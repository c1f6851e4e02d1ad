import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';
import { countQuarantined, listObjects, tiersOf } from '../../../cli/demo/zones.ts';

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

interface Stored {
  readonly key: string;
  readonly body?: Buffer;
  readonly storageClass?: string;
}

/** An S3 whose one bucket holds these objects, listed two to a page. */
function stub(objects: readonly Stored[]) {
  const asked: string[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof ListObjectsV2Command) {
      const { Bucket = '', Prefix = '', ContinuationToken = '0' } = command.input;
      asked.push(`list ${Bucket}/${Prefix}`);
      const found = objects.filter(({ key }) => key.startsWith(Prefix));
      const next = Number(ContinuationToken) + 2;
      return {
        Contents: found.slice(next - 2, next).map(({ key, body, storageClass }) => ({
          Key: key,
          Size: body?.length ?? 0,
          ...(storageClass === undefined ? {} : { StorageClass: storageClass }),
        })),
        ...(next < found.length ? { NextContinuationToken: String(next) } : {}),
      };
    }
    if (!(command instanceof GetObjectCommand)) throw new Error('unexpected command');
    const { body } = objects.find(({ key }) => key === command.input.Key) ?? {};
    return { Body: { transformToByteArray: async () => new Uint8Array(body ?? []) } };
  };
  return { client: { send } as unknown as S3Client, asked };
}

const PREFIX = 'keep7-hot7/energy/readings/';
/** An object of quarantine: one envelope a line, `reason sha256`. */
const rejects = (name: string, ...envelopes: string[]): Stored => ({
  key: `${PREFIX}${name}.gz`,
  body: gzipSync(
    envelopes
      .map((envelope) => envelope.split(' '))
      .map(([reason, sha256]) => `${JSON.stringify({ sha256, reason, original: 'AAAA' })}\n`)
      .join(''),
  ),
});

describe('listObjects', () => {
  test('reads every page, and takes an object without storage class as STANDARD', async () => {
    const body = Buffer.alloc(7);
    const { client, asked } = stub([
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
    const { client } = stub([{ key: 'a/1', storageClass: 'EXPRESS_ONEZONE' }]);
    await expect(listObjects(client, 'clean', 'a/')).rejects.toThrow("UnknownStorageClass: 'EXPRESS_ONEZONE' has no temperature");
  });
});

describe('countQuarantined', () => {
  const count = (...objects: Stored[]) => countQuarantined(stub(objects).client, 'quarantine', PREFIX);

  test('counts nothing where nothing lies', async () => {
    expect(await count()).toEqual({ events: 0, copies: 0, reasons: {} });
  });

  test('counts distinct hashes, over all objects and pages', async () => {
    const counted = await count(
      rejects('1', 'not-json a', 'not-json b'),
      rejects('2', 'bad-time c', 'not-json a'),
      rejects('3', 'not-json a', 'not-json d'),
    );
    expect(counted).toEqual({ events: 4, copies: 2, reasons: { 'bad-time': 1, 'not-json': 3 } });
    expect(Object.keys(counted.reasons)).toEqual(['bad-time', 'not-json']);
  });

  test('counts an event once that was refused for two reasons', async () => {
    expect(await count(rejects('1', 'too-old a', 'not-json b'), rejects('2', 'bad-time a'))).toMatchObject({
      events: 2,
      copies: 1,
    });
  });

  test('looks under the prefix of the dataset alone', async () => {
    const neighbour = { ...rejects('1', 'not-json z'), key: 'keep7-hot7/energy/readings_daily/1.gz' };
    expect(await count(rejects('1', 'not-json a'), neighbour)).toMatchObject({ events: 1, copies: 0 });
  });

  test('fails for an envelope without a hash', async () => {
    await expect(count({ key: `${PREFIX}1.gz`, body: gzipSync('{"reason":"not-json"}\n') })).rejects.toThrow('sha256');
  });
});
