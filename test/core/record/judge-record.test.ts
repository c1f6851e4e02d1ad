import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { judgeRecord, type SourceRecord } from '../../../core/record/judge-record.ts';
import { ARRIVAL, compiled, eventText, judgeOf } from '../../support/contracts.ts';

const contract = compiled();
const judge = judgeOf();
const NEWLINE = Buffer.from('\n');
const record = (...lines: (string | Uint8Array)[]): SourceRecord => ({
  recordId: 'record-1',
  bytes: Buffer.concat(lines.flatMap((line) => [Buffer.from(line as string), NEWLINE])),
  arrival: ARRIVAL,
  stream: 'arn:stream',
  shardId: 'shardId-000000000003',
  sequenceNumber: '4957',
  subsequenceNumber: 2,
});
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const good = (id: string): string => eventText({ reading_id: JSON.stringify(id) });

test('keeps a reject as it came, with what, why and where from', () => {
  const bytes = Buffer.from('\ufeff{"kind":"water", "reading_id":"x"} ');
  const { rejects, rows, unterminated } = judgeRecord(contract, judge, record(good('a'), bytes, good('b')));
  expect(rejects).toEqual([
    {
      stream: 'arn:stream',
      shard_id: 'shardId-000000000003',
      sequence_number: '4957',
      subsequence_number: 2,
      ordinal: 1,
      sha256: sha256(bytes),
      retention_class: 'keep1095-hot30-warm90-deep',
      domain: 'energy',
      dataset: 'readings',
      reason: 'missing-value',
      columns: ['measured_at'],
      contract_version: '1.2.3',
      arrived_at: '2001-01-09T12:00:00.000Z',
      original: bytes.toString('base64'),
    },
  ]);
  expect(rows).toHaveLength(2);
  expect(unterminated).toBe(false);
});

test('counts a record that does not end in a newline', () => {
  expect(judgeRecord(contract, judge, { ...record(), bytes: Buffer.from(good('a')) })).toMatchObject({
    rows: [expect.any(String)],
    unterminated: true,
  });
});

const BAD: readonly (string | Uint8Array)[] = [
  '{',
  '[]',
  Uint8Array.of(0xff, 0x7b),
  '{"a":1,"a":2}',
  '{"a":"\\u0000"}',
  good('x').replace('power', 'water'),
  eventText({ counter: '9'.repeat(1000) }),
];

test('the neighbours of bad events are accepted, each exactly once, and every bad one is kept', () => {
  const line = fc.oneof(
    fc.nat(1e9).map((id) => ({ good: `id-${id}` })),
    fc.constantFrom(...BAD).map((bad) => ({ bad })),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const judged = judgeRecord(contract, judge, record(...lines.map((one) => ('good' in one ? good(one.good) : one.bad))));
      const ids = judged.rows.map((text) => (JSON.parse(text) as { _event_id: string })._event_id);
      expect(ids).toEqual(lines.flatMap((one) => ('good' in one ? [one.good] : [])));
      const bad = lines.flatMap((one, ordinal) => ('bad' in one ? [{ ordinal, bytes: Buffer.from(one.bad as string) }] : []));
      const kept = judged.rejects.filter(({ reason }) => reason !== 'empty-record');
      expect(kept.map(({ ordinal, original, sha256: hash }) => ({ ordinal, original, hash }))).toEqual(
        bad.map(({ ordinal, bytes }) => ({ ordinal, original: bytes.toString('base64'), hash: sha256(bytes) })),
      );
    }),
    { seed: 1 },
  );
});

test('never throws and loses no line, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { rows, rejects } = judgeRecord(contract, judge, { ...record(), bytes });
      const lines = Buffer.from(bytes)
        .toString('latin1')
        .split('\n')
        .filter((line) => /[^\s\xa0\x85]/.test(line));
      expect(rows.length + rejects.length).toBeGreaterThanOrEqual(Math.min(1, lines.length));
    }),
    { seed: 1 },
  );
});
