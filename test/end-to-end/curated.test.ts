import { vi } from 'vitest';
import { contractDocument, schemaObject, type JsonDocument } from '../support/contracts.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

/** A reading replaces those of its meter that were measured before it. */
const meters = (columns: readonly JsonDocument[] = []): JsonDocument =>
  contractDocument({
    slaProperties: [
      { property: 'latency', value: 10, unit: 'm' },
      { property: 'retention', value: 7, unit: 'd' },
    ],
    schema: [
      schemaObject(
        'meters',
        [
          { name: 'reading_id', logicalType: 'string', required: true },
          { name: 'meter_code', logicalType: 'string', required: true, primaryKey: true },
          ...columns,
        ],
        { curatedWithin: 'PT2H', readOften: 'P3D', readSometimes: 'P7D' },
      ),
    ],
  });

const project = new TestProject({ contracts: { 'energy/meters.odcs.yaml': JSON.stringify(meters()) } });
beforeAll(async () => {
  await json('local', 'start', '--simulated', '--clock', '2026-03-01T20:00:00.000Z');
});
afterAll(async () => {
  await project.headwaters('local', 'stop');
  project.remove();
});

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const ran = await project.headwaters(...args, '--json');
  if (ran.code !== 0) throw new Error(ran.stderr.slice(-3000));
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[[{].*[\]}]\n$/) as string });
  return JSON.parse(ran.stdout) as T;
}

interface Reading {
  readonly reading_id: string;
  readonly meter_code: string;
  readonly measured_at: string;
  readonly sequence?: number;
  readonly place?: Readonly<Record<string, string>>;
}

const reading = (id: number, meter: string, measured: string, sequence?: number): Reading => ({
  reading_id: `r-${id}`,
  meter_code: meter,
  measured_at: measured,
  ...(sequence === undefined ? {} : { sequence }),
});

async function put(...readings: readonly Reading[]): Promise<void> {
  project.write('events.ndjson', readings.map((each) => JSON.stringify({ ...each, kind: 'power' })).join('\n'));
  expect(await json('put', 'meters', 'events.ndjson', '--flush')).toMatchObject({ accepted: readings.length, quarantined: 0 });
}

/** What stands for each meter, as the analyst sees it. */
async function kept(): Promise<readonly Pick<Reading, 'meter_code' | 'reading_id'>[]> {
  const { rows } = await json<{ rows: Reading[] }>(
    'query',
    'SELECT meter_code, reading_id FROM headwaters_dev_energy.meters_curated ORDER BY meter_code',
  );
  return rows;
}

test('a fold brings one row for each key, of the highest event time and then sequence', async () => {
  await put(
    reading(1, 'M1', '2026-03-01T19:00:00Z'),
    reading(2, 'M1', '2026-03-01T19:30:00Z'),
    reading(3, 'M2', '2026-03-01T19:00:00Z', 2),
    reading(4, 'M2', '2026-03-01T19:00:00Z', 1),
    reading(5, 'M3', '2026-03-01T19:00:00Z'),
  );
  expect(await kept()).toEqual([]);
  await json('local', 'advance', '70m');
  expect(await kept()).toEqual([
    { meter_code: 'M1', reading_id: 'r-2' },
    { meter_code: 'M2', reading_id: 'r-3' },
    { meter_code: 'M3', reading_id: 'r-5' },
  ]);
});

test('what comes late takes its place or none, over midnight too, and the tables are tidied', async () => {
  await json('local', 'advance', '150m'); // 23:40 and more
  await put(
    reading(6, 'M1', '2026-03-01T19:10:00Z'), // older than what stands
    reading(7, 'M2', '2026-03-01T19:00:00Z', 9),
    reading(2, 'M1', '2026-03-01T19:30:00Z'), // a copy
    reading(8, 'M4', '2026-03-01T23:00:00Z'),
  );
  await json('local', 'advance', '80m');
  expect(await kept()).toEqual([
    { meter_code: 'M1', reading_id: 'r-2' },
    { meter_code: 'M2', reading_id: 'r-7' },
    { meter_code: 'M3', reading_id: 'r-5' },
    { meter_code: 'M4', reading_id: 'r-8' },
  ]);
});

test('an id that came under two keys has a row for each, whether or not a fold came in between', async () => {
  await put(reading(10, 'M5', '2026-03-02T01:00:00Z'));
  await json('local', 'advance', '70m');
  await put(
    reading(10, 'M6', '2026-03-02T01:00:00Z'),
    reading(11, 'M7', '2026-03-02T01:00:00Z'),
    reading(11, 'M8', '2026-03-02T01:00:00Z'),
  );
  await json('local', 'advance', '70m');
  expect((await kept()).filter(({ meter_code: code }) => code > 'M4')).toEqual([
    { meter_code: 'M5', reading_id: 'r-10' },
    { meter_code: 'M6', reading_id: 'r-10' },
    { meter_code: 'M7', reading_id: 'r-11' },
    { meter_code: 'M8', reading_id: 'r-11' },
  ]);
});

const place = (...fields: readonly string[]): JsonDocument => ({
  name: 'place',
  logicalType: 'object',
  properties: fields.map((name) => ({ name, logicalType: 'string' })),
});
async function deploy(...columns: readonly JsonDocument[]): Promise<void> {
  await project.headwaters('local', 'stop');
  project.write('contracts/energy/meters.odcs.yaml', JSON.stringify(meters(columns)));
  await json('local', 'start');
}
async function places(): Promise<unknown> {
  const { rows } = await json<{ rows: unknown }>(
    'query',
    "SELECT meter_code, place FROM headwaters_dev_energy.meters_curated WHERE meter_code >= 'M9' ORDER BY meter_code",
  );
  return rows;
}

test('a field of an object that came and went again, as by a rollback, ends no fold', async () => {
  await deploy(place('street', 'town', 'zip'));
  await put({ ...reading(12, 'M9', '2026-03-02T03:00:00Z'), place: { street: 'a', town: 'b', zip: 'c' } });
  await json('local', 'advance', '70m');
  expect(await places()).toEqual([{ meter_code: 'M9', place: '{street=a, town=b, zip=c}' }]);
  await deploy(place('street', 'town'));
  await put({ ...reading(13, 'M9b', '2026-03-02T03:00:00Z'), place: { street: 'd', town: 'e' } });
  await json('local', 'advance', '70m');
  expect(await places()).toEqual([
    { meter_code: 'M9', place: '{street=a, town=b}' },
    { meter_code: 'M9b', place: '{street=d, town=e}' },
  ]);
});
