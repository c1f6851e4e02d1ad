import { vi } from 'vitest';
import { DescribeDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LocalHome } from '../../cli/local/home.ts';
import { projectAround } from '../../cli/project.ts';
import type { ReplayResult } from '../../cli/replay/replay.ts';
import { changed, columnPath, contractDocument, schemaObject, type JsonDocument } from '../support/contracts.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const promised = (value: number, unit: string) => [
  { property: 'latency', value, unit },
  { property: 'retention', value: 3, unit: 'y' },
];
const product = (name: string, slaProperties: JsonDocument[]): JsonDocument =>
  contractDocument({ id: name, dataProduct: name, schema: [schemaObject(name)], slaProperties });
const readings = product('readings', promised(1, 'h'));
const mended = changed(
  changed(readings, columnPath('kind', 'quality', 0, 'arguments', 'validValues'), ['gas', 'heat', 'power', 'steam']),
  ['version'],
  '1.3.0',
);
const project = new TestProject({
  contracts: {
    'energy/readings.odcs.yaml': JSON.stringify(readings),
    'energy/tariffs.odcs.yaml': JSON.stringify(product('tariffs', promised(1, 'd'))),
    'energy/outages.odcs.yaml': JSON.stringify(product('outages', promised(15, 'm'))),
  },
});
afterAll(async () => {
  await project.headwaters('local', 'stop');
  project.remove();
});

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const ran = await project.headwaters(...args, '--json');
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[[{].*[\]}]\n$/) as string });
  return JSON.parse(ran.stdout) as T;
}

const ROWS = 250;
interface Demo {
  readonly datasets: readonly {
    readonly name: string;
    readonly produced: number;
    readonly accepted: number;
    readonly quarantined: number;
  }[];
}

test('nothing is lost of datasets without a stream, beside one that has its own', async () => {
  const { datasets } = await json<Demo>('demo', '--rows', String(ROWS), '--seed', '5');
  expect(datasets.map(({ name }) => name).sort()).toEqual(['outages', 'readings', 'tariffs']);
  for (const { produced, accepted, quarantined } of datasets) {
    expect(produced).toBe(ROWS);
    expect(accepted + quarantined).toBe(ROWS);
  }
  expect(datasets.some(({ quarantined }) => quarantined > 0)).toBe(true);
  const assembly = path.join(project.root, '.headwaters', 'cdk.out');
  const templates = readdirSync(assembly, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('Domain-energy.template.json'))
    .map(
      (file) => JSON.parse(readFileSync(path.join(assembly, file), 'utf8')) as { Resources: Record<string, { Type: string }> },
    );
  const streams = templates.flatMap(({ Resources }) =>
    Object.entries(Resources).flatMap(([id, { Type }]) =>
      Type === 'AWS::Kinesis::Stream' ? [id.replace(/[0-9A-F]{8}$/, '')] : [],
    ),
  );
  expect(streams).toEqual(['DatasetsOutagesStream']);
});

const DAY = '2026-03-01';
const event = (id: string, kind: string): string => JSON.stringify({ reading_id: id, measured_at: `${DAY}T09:59:00Z`, kind });
const EVENTS = { power: 30, steam: 12 } as const;
const events = (prefix: string): string =>
  Object.entries(EVENTS)
    .flatMap(([kind, count]) => Array.from({ length: count }, (_, index) => event(`${prefix}-${kind}-${index}`, kind)))
    .join('\n');
const count = async (dataset: string): Promise<unknown> =>
  (await json<{ rows: unknown }>('query', `SELECT count(DISTINCT _event_id) AS n FROM "headwaters_dev_energy"."${dataset}"`))
    .rows;

test('each delivery is judged by the contract of its dataset', async () => {
  await json('local', 'start', '--simulated', '--clock', `${DAY}T10:00:00.000Z`);
  project.write('events.ndjson', events('a'));
  for (const dataset of ['readings', 'tariffs'])
    expect(await json('put', dataset, 'events.ndjson', '--flush')).toMatchObject({
      dataset: `energy.${dataset}`,
      events: EVENTS.power + EVENTS.steam,
      accepted: EVENTS.power,
      quarantined: EVENTS.steam,
      reasons: { 'not-listed': EVENTS.steam },
    });
  expect(await count('readings')).toEqual([{ n: EVENTS.power }]);
  expect(await count('tariffs')).toEqual([{ n: EVENTS.power }]);
});

test('a delivery is put into by its own name too, and not by a role that may not', async () => {
  project.write('one.ndjson', event('b', 'gas'));
  expect(await json('put', '--delivery-stream-name', 'dev-energy-tariffs', 'one.ndjson', '--flush')).toMatchObject({
    dataset: 'energy.tariffs',
    accepted: 1,
  });
  const { code, stderr } = await project.headwaters('put', 'tariffs', 'one.ndjson', '--as', 'energy/outages-producer');
  expect(code).toBe(1);
  expect(stderr).toMatch(/AccessDeniedException: .*Outages.* is not authorized to perform: firehose:PutRecordBatch/);
});

test('the function refuses what a delivery without a contract brings: it guesses none', async () => {
  const { run } = new LocalHome(projectAround(project.root));
  if (run === undefined) throw new Error('no platform runs');
  const { endpoint, region, operator: credentials } = run;
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const deliveryStreamArn = `arn:aws:firehose:${region}:123456789012:deliverystream/dev-energy-strangers`;
  const data = Buffer.from(event('c', 'gas')).toString('base64');
  const records = [{ recordId: '1', approximateArrivalTimestamp: Date.parse(`${DAY}T10:00:00Z`), data }];
  const firehose = new FirehoseClient({ endpoint, region, credentials });
  const { DeliveryStreamDescription: delivery } = await firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName: 'dev-energy-tariffs' }),
  );
  firehose.destroy();
  const [processor] = delivery?.Destinations?.[0]?.ExtendedS3DestinationDescription?.ProcessingConfiguration?.Processors ?? [];
  const FunctionName = processor?.Parameters?.find(({ ParameterName }) => ParameterName === 'LambdaArn')?.ParameterValue;
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify({ deliveryStreamArn, region, records }) }),
  );
  lambda.destroy();
  expect(FunctionError).toBe('Unhandled');
  expect(Buffer.from(Payload ?? []).toString()).toContain(
    "the function's contracts must hold one of the delivery 'dev-energy-strangers'; deploy its stack again",
  );
});

test('what a mended contract accepts is replayed into the delivery, once, and nothing of another dataset', async () => {
  await json('local', 'stop');
  project.write('contracts/energy/readings.odcs.yaml', JSON.stringify(mended));
  await json('local', 'start');
  const range = ['--from', DAY, '--to', DAY];
  const replayed = await json<ReplayResult>('replay', 'quarantine', '--dataset', 'energy.readings', ...range);
  expect(replayed.rows).toEqual([expect.objectContaining({ reason: 'not-listed', found: EVENTS.steam, replayed: EVENTS.steam })]);
  await json('local', 'advance', '1h');
  expect(await count('readings')).toEqual([{ n: EVENTS.power + EVENTS.steam }]);
  const again = await json<ReplayResult>('replay', 'quarantine', '--dataset', 'energy.readings', ...range);
  expect(again.rows).toEqual([expect.objectContaining({ found: EVENTS.steam, before: EVENTS.steam, replayed: 0 })]);
  const other = await json<ReplayResult>('replay', 'quarantine', '--dataset', 'energy.tariffs', ...range);
  expect(other.rows).toEqual([expect.objectContaining({ found: EVENTS.steam, replayed: 0, stillBad: EVENTS.steam })]);
});
