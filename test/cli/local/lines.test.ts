import type { PutRecordsCommand, PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import type { PutClients } from '../../../cli/platform/intake.ts';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { putLines } from '../../../cli/local/put-lines.ts';
import { readLines } from '../../../cli/local/read-lines.ts';

async function linesOf(bytes: Buffer | string): Promise<string[]> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'lines-')), 'events.ndjson');
  writeFileSync(file, bytes);
  const lines: string[] = [];
  for await (const line of readLines(file)) lines.push(line.toString('latin1'));
  return lines;
}

test('reads lines as bytes, without their ends, and passes over empty ones', async () => {
  expect(await linesOf('a\n\nb\r\n\r\nc')).toEqual(['a', 'b', 'c']);
  expect(await linesOf(Buffer.from([0xff, 0x0a, 0x41]))).toEqual(['\u00ff', 'A']);
  expect(await linesOf('')).toEqual([]);
  const long = 'x'.repeat(200_000);
  expect(await linesOf(`${long}\n${long}`)).toEqual([long, long]);
});

test.each(['/none', '/tmp'])('fails on %s, which is no file', async (name) => {
  await expect(readLines(name).next()).rejects.toThrow(
    `FileMissing: the file of events must exist, and be no folder, got '${name}'; mend the path`,
  );
});

test('fails on a line that is longer than any event, and says which', async () => {
  await expect(linesOf(`{}\n${'x'.repeat(3_000_000)}`)).rejects.toThrow(
    /^EventTooLarge: an event must stay under 716800 bytes, got more than 2097152 in line 2; split it$/,
  );
});

async function* lines(count: number, text = (index: number) => `{"id":${index}}`): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index++) yield Buffer.from(text(index));
}

/** A stream that refuses the first so many entries that it is given. */
function streamRefusing(refusals: number) {
  const taken: Uint8Array[] = [];
  const calls: number[] = [];
  let left = refusals;
  const take = (entry: PutRecordsRequestEntry) => {
    if (left-- > 0) return { ErrorCode: 'ProvisionedThroughputExceededException' };
    taken.push(entry.Data ?? new Uint8Array());
    return { SequenceNumber: '1' };
  };
  const send = async ({ input: { Records = [] } }: PutRecordsCommand) => {
    calls.push(Records.length);
    return { Records: Records.map(take) };
  };
  return { clients: { kinesis: { send } } as unknown as PutClients, taken, calls };
}

test('puts each line once, many in a record, and again only what was refused', async () => {
  const stream = streamRefusing(3);
  const waits: number[] = [];
  const progress: number[] = [];
  const put = await putLines(stream.clients, { kind: 'stream', name: 's' }, lines(12_000), {
    wait: async (milliseconds) => void waits.push(milliseconds),
    progress: (events) => progress.push(events),
  });
  const events = Buffer.concat(stream.taken).toString().trimEnd().split('\n');
  expect(events.map((event) => (JSON.parse(event) as { id: number }).id).sort((a, b) => a - b)).toEqual([
    ...Array(12_000).keys(),
  ]);
  expect(put).toEqual({ events: 12_000, records: stream.taken.length });
  expect(stream.taken.length).toBeLessThan(12);
  expect(waits).toEqual([1000]);
  expect(progress).toEqual([5_000, 10_000, 12_000]);
});

test('fails when a stream takes nothing, and says what to do', async () => {
  const stream = streamRefusing(Infinity);
  const put = putLines(stream.clients, { kind: 'stream', name: 's' }, lines(1), {
    wait: async () => undefined,
    progress: () => undefined,
  });
  await expect(put).rejects.toThrow("PutRecordsFailed: 1 records of 's' were refused 20 times; give the stream more shards");
  expect(stream.calls).toHaveLength(20);
});
