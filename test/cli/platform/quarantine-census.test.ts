import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { QuarantineCensus } from '../../../cli/platform/quarantine-census.ts';
import { stubS3, type Stored } from '../../support/stub-s3.ts';

let file: string;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), 'headwaters-test-')), 'census');
});
afterEach(() => {
  rmSync(path.dirname(file), { recursive: true });
});

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

describe('QuarantineCensus', () => {
  const read = async (census: QuarantineCensus, ...objects: Stored[]) => {
    await census.collect(stubS3(objects).client, 'quarantine', PREFIX);
    return census.count();
  };
  const count = (...objects: Stored[]) => read(new QuarantineCensus(file), ...objects);

  test('counts nothing where nothing lies', async () => {
    expect(await count()).toEqual({ events: 0, copies: 0, reasons: {}, envelopes: {} });
  });

  test('counts distinct hashes, over all objects and pages', async () => {
    const counted = await count(
      rejects('1', 'not-json a', 'not-json b'),
      rejects('2', 'bad-time c', 'not-json a'),
      rejects('3', 'not-json a', 'not-json d'),
    );
    expect(counted).toEqual({
      events: 4,
      copies: 2,
      reasons: { 'bad-time': 1, 'not-json': 3 },
      envelopes: { 'bad-time': 1, 'not-json': 5 },
    });
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

  test('reads an object once, and remembers what has expired since, from one run to the next', async () => {
    const census = new QuarantineCensus(file);
    await read(census, rejects('1', 'not-json a'));
    expect(await read(census, rejects('1', 'not-json a'), rejects('2', 'not-json a', 'bad-time b'))).toMatchObject({
      events: 2,
      copies: 1,
    });
    expect(await read(new QuarantineCensus(file), rejects('3', 'not-json c'))).toEqual({
      events: 3,
      copies: 1,
      reasons: { 'bad-time': 1, 'not-json': 2 },
      envelopes: { 'bad-time': 1, 'not-json': 3 },
    });
  });

  test('keeps no original', async () => {
    await count(rejects('1', 'not-json a'));
    expect(readFileSync(file, 'utf8')).not.toContain('AAAA');
  });
});
