import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { FirehoseClient, PutRecordBatchCommand, type PutRecordBatchCommandOutput } from '@aws-sdk/client-firehose';
import { vi, type MockInstance } from 'vitest';
import { putRejects } from '../../../constructs/ingestion/put-rejects.lambda.ts';
import type { Envelope, JudgedRecord } from '../../../core/record/judge-record.ts';

type Answer = Partial<PutRecordBatchCommandOutput> | Error;
const envelope = (ordinal: number, bytes = 10): Envelope => ({
  stream: 's',
  shard_id: 's',
  sequence_number: '1',
  subsequence_number: 0,
  ordinal,
  sha256: 'x',
  retention_class: 'c',
  domain: 'energy',
  dataset: 'readings',
  reason: 'not-json',
  columns: [],
  contract_version: '1.2.3',
  arrived_at: 'now',
  original: 'A'.repeat(bytes),
});
const record = (recordId: string, ...rejects: Envelope[]): JudgedRecord => ({
  recordId,
  rows: [],
  rejects,
  late: 0,
  unknownFields: 0,
  unterminated: false,
});

/** A Firehose that answers by the function, and remembers what it was sent. */
function stub(answer: (ordinals: readonly number[], call: number) => Answer) {
  const calls: { at: number; stream: string | undefined; ordinals: number[]; bytes: number; texts: string[] }[] = [];
  const send = (command: unknown): Promise<Answer> => {
    if (!(command instanceof PutRecordBatchCommand)) throw new Error('unexpected command');
    const texts = (command.input.Records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString());
    const ordinals = texts.map((text) => (JSON.parse(text) as Envelope).ordinal);
    calls.push({ at: Date.now(), stream: command.input.DeliveryStreamName, ordinals, texts, bytes: texts.join('').length });
    const given = answer(ordinals, calls.length);
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  return { client: { send } as unknown as FirehoseClient, calls };
}
const allPut = (): Answer => ({ FailedPutCount: 0 });
const named = (name: string): Error => Object.assign(new Error('told'), { name });
async function put(client: FirehoseClient, judged: readonly JudgedRecord[], forMs = 60_000): Promise<ReadonlySet<string>> {
  const done = putRejects(client, 'quarantine', judged, Date.now() + forMs);
  await vi.advanceTimersByTimeAsync(60_000);
  return done;
}

let errors: MockInstance<typeof console.error>;
beforeEach(() => {
  vi.useFakeTimers();
  errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  errors.mockRestore();
});

test('sends each reject as one line, and says that none failed', async () => {
  const { client, calls } = stub(allPut);
  expect(await put(client, [record('a', envelope(0), envelope(1)), record('b'), record('c', envelope(2))])).toEqual(new Set());
  expect(calls.map(({ stream, ordinals }) => ({ stream, ordinals }))).toEqual([{ stream: 'quarantine', ordinals: [0, 1, 2] }]);
  expect(calls[0]?.texts[0]).toBe(`${JSON.stringify(envelope(0))}\n`);
});

test('sends nothing where nothing was rejected', async () => {
  const { client, calls } = stub(allPut);
  expect(await put(client, [record('a')])).toEqual(new Set());
  expect(calls).toEqual([]);
});

test('sends again only the entries that failed', async () => {
  const { client, calls } = stub((ordinals, call) => ({
    FailedPutCount: call < 3 ? 1 : 0,
    RequestResponses: ordinals.map((ordinal) =>
      (call === 1 && ordinal % 2 === 1) || (call === 2 && ordinal === 3)
        ? { ErrorCode: 'ServiceUnavailableException' }
        : { RecordId: 'id' },
    ),
  }));
  expect(await put(client, [record('a', ...[0, 1, 2, 3, 4].map((ordinal) => envelope(ordinal)))])).toEqual(new Set());
  expect(calls.map(({ ordinals }) => ordinals)).toEqual([[0, 1, 2, 3, 4], [1, 3], [3]]);
});

test('takes an entry without an id for one that failed', async () => {
  const { client, calls } = stub((ordinals, call) =>
    call === 1
      ? { FailedPutCount: 1, RequestResponses: [{ RecordId: 'id' }] }
      : { FailedPutCount: 0, RequestResponses: ordinals.map(() => ({ RecordId: 'id' })) },
  );
  expect(await put(client, [record('a', envelope(0), envelope(1))])).toEqual(new Set());
  expect(calls.map(({ ordinals }) => ordinals)).toEqual([[0, 1], [1]]);
});

test('sends a whole batch again after a fault, and logs the fault without the data', async () => {
  const { client, calls } = stub((_, call) => (call === 1 ? named('ServiceUnavailableException') : { FailedPutCount: 0 }));
  expect(await put(client, [record('a', envelope(0))])).toEqual(new Set());
  expect(calls).toHaveLength(2);
  expect(errors.mock.calls).toEqual([
    ['{"level":"ERROR","message":"ServiceUnavailableException: told","operation":"PutRecordBatch"}'],
  ]);
});

test('makes calls of at most 500 records and 4 MiB', async () => {
  const many = stub(allPut);
  await put(many.client, [record('a', ...Array.from({ length: 1001 }, (_, ordinal) => envelope(ordinal)))]);
  expect(many.calls.map(({ ordinals }) => ordinals.length)).toEqual([500, 500, 1]);

  const large = stub(allPut);
  await put(large.client, [record('a', ...Array.from({ length: 10 }, (_, ordinal) => envelope(ordinal, 900_000)))]);
  expect(large.calls.map(({ ordinals }) => ordinals.length)).toEqual([4, 4, 2]);
  for (const { bytes } of large.calls) expect(bytes).toBeLessThanOrEqual(4 * 1024 * 1024);
});

test('fails the record of an envelope over 1,000 KiB, and puts what else it has', async () => {
  const { client, calls } = stub(allPut);
  const frame = JSON.stringify(envelope(1, 0)).length + 1;
  const exact = 1_024_000 - frame;
  expect(await put(client, [record('large', envelope(0), envelope(1, exact + 1)), record('exact', envelope(2, exact))])).toEqual(
    new Set(['large']),
  );
  expect(calls.flatMap(({ ordinals }) => ordinals)).toEqual([0, 2]);
});

test('stops at once where the role may not put, and fails every record', async () => {
  const { client, calls } = stub(() => named('AccessDeniedException'));
  const judged = Array.from({ length: 600 }, (_, index) => record(`r${index}`, envelope(index)));
  expect((await put(client, judged)).size).toBe(600);
  expect(calls).toHaveLength(1);
});

test('gives up at the deadline and fails what is left', async () => {
  const start = Date.now();
  const { client, calls } = stub((ordinals) => ({
    FailedPutCount: 1,
    RequestResponses: ordinals.map((ordinal) =>
      ordinal === 1 ? { ErrorCode: 'ServiceUnavailableException' } : { RecordId: 'id' },
    ),
  }));
  expect(await put(client, [record('a', envelope(0)), record('b', envelope(1))], 20_000)).toEqual(new Set(['b']));
  expect(calls.at(-1)?.at).toBeLessThanOrEqual(start + 20_000);
  expect(calls.length).toBeGreaterThan(4);
  expect(calls.length).toBeLessThan(15); // it waits longer each time
});

test('sends nothing after the deadline', async () => {
  const { client, calls } = stub(allPut);
  expect(await put(client, [record('a', envelope(0))], -1)).toEqual(new Set(['a']));
  expect(calls).toEqual([]);
});

test('gives up at the deadline where nobody answers, and logs it like any other fault', async () => {
  vi.useRealTimers();
  const server = http.createServer(() => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const client = new FirehoseClient({
    maxAttempts: 1,
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const start = Date.now();
  const failed = await putRejects(client, 'quarantine', [record('a', envelope(0)), record('b')], start + 500);
  client.destroy();
  server.closeAllConnections();
  server.close();
  expect(failed).toEqual(new Set(['a']));
  expect(Date.now() - start).toBeLessThan(5_000);
  expect(errors.mock.calls).toEqual([
    [JSON.stringify({ level: 'ERROR', message: 'AbortError: Request aborted', operation: 'PutRecordBatch' })],
  ]);
});
