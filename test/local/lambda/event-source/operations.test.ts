import { Endpoint, Port } from '../../../../local/endpoint/index.ts';
import { Sessions, Sts } from '../../../../local/iam/index.ts';
import { sendRaw, type Raw } from '../../endpoint/raw.ts';
import { lakeWith } from '../../s3/lake.ts';
import { FUNCTION, rig, SETTINGS, start, STREAM, TOPIC, UUID } from './rig.ts';

const PATH = '/2015-03-31/event-source-mappings/';
const lake = lakeWith({});
const sessions = new Sessions({ iam: lake.iam });
const { mappings, open, denied, put, clock } = rig();
const lambda = {
  arnOf: (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  versionOf: () => '$LATEST',
  checkInvoke: () => undefined,
  enqueue: () => undefined,
  invoke: async () => ({ answer: 'null' }),
};
const endpoint = new Endpoint({ services: [], sts: new Sts(sessions), s3: lake.s3, lambda, mappings, sessions });
let port: Port;
beforeAll(async () => {
  port = await Port.open();
  endpoint.serve(port);
  open();
  open({
    uuid: 'second',
    arn: SETTINGS.arn.replace(UUID, 'second'),
    functionArn: `${FUNCTION}:live`,
    start: { type: 'AT_TIMESTAMP', timestamp: start / 1000 },
    destination: TOPIC,
    reportsItems: true,
    enabled: false,
    filter: { patterns: ['{"data":{"a":[1]}}'], matches: () => true },
  });
});
afterAll(() => port.close());

const ask = async (path: string, query: Record<string, string> = {}, raw: Raw = {}) => {
  const { status, text } = await sendRaw(
    port.url,
    sessions.operator.credentials,
    { method: 'GET', path: `${PATH}${path}`, query, ...raw },
    { service: 'lambda' },
  );
  return { status, body: JSON.parse(text) as Record<string, unknown> };
};
const idsOf = ({ body }: Awaited<ReturnType<typeof ask>>): unknown[] =>
  (body.EventSourceMappings as { UUID: string }[]).map(({ UUID: id }) => id);

test('a mapping is described with its defaults', async () => {
  expect(await ask(UUID)).toEqual({
    status: 200,
    body: {
      UUID,
      EventSourceMappingArn: SETTINGS.arn,
      EventSourceArn: STREAM,
      FunctionArn: FUNCTION,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      TumblingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      DestinationConfig: { OnFailure: {} },
      State: 'Enabled',
      StateTransitionReason: 'User action',
      LastProcessingResult: 'No records processed',
      LastModified: start / 1000,
    },
  });
});

test('a mapping is described with what it has, and what came of its latest invocation', async () => {
  expect((await ask('second')).body).toMatchObject({
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: start / 1000,
    DestinationConfig: { OnFailure: { Destination: TOPIC } },
    FilterCriteria: { Filters: [{ Pattern: '{"data":{"a":[1]}}' }] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    State: 'Disabled',
  });
  put('a');
  await clock.advance(5_000);
  expect((await ask(UUID)).body).toMatchObject({ LastProcessingResult: 'OK' });
});

test('mappings are listed, by stream, by function and page by page', async () => {
  expect(idsOf(await ask(''))).toEqual([UUID, 'second']);
  expect(idsOf(await ask('', { FunctionName: 'process' }))).toEqual([UUID]);
  expect(idsOf(await ask('', { EventSourceArn: `${STREAM}-2` }))).toEqual([]);
  const first = await ask('', { MaxItems: '1' });
  expect(idsOf(first)).toEqual([UUID]);
  expect(idsOf(await ask('', { Marker: String(first.body.NextMarker) }))).toEqual(['second']);
});

test.each([
  ['none', {}, 404, 'The resource you requested does not exist.'],
  ['', { MaxItems: '0' }, 400, "'MaxItems' must be a whole number from 1 to 10000, got 0"],
  ['', { Marker: 'x' }, 400, "'Marker' must be the NextMarker of an earlier answer"],
  ['', { Other: 'x' }, 501, "NotImplemented: lambda:event source mappings by 'Other'"],
])('fails for %j with %j', async (path, query, status, message) => {
  const answer = await ask(path, query);
  expect(answer.status).toBe(status);
  expect(answer.body.message ?? answer.body.Message).toBe(message);
});

test('fails for who may not look, and for what would change a mapping', async () => {
  denied.push('lambda:GetEventSourceMapping', 'lambda:ListEventSourceMappings');
  expect((await ask(UUID)).body).toEqual({ message: 'not authorized to perform: lambda:GetEventSourceMapping' });
  expect((await ask('')).body).toEqual({ message: 'not authorized to perform: lambda:ListEventSourceMappings' });
  expect((await ask(UUID, {}, { method: 'DELETE' })).status).toBe(501);
});
