import fc from 'fast-check';
import { answerRecords } from '../../../core/record/answer.ts';
import type { Envelope, JudgedRecord } from '../../../core/record/judge-record.ts';

const judged = (recordId: string, rows: readonly string[], rejects: number): JudgedRecord => ({
  recordId,
  rows,
  rejects: Array.from({ length: rejects }, () => ({}) as Envelope),
  late: 0,
  unknownFields: 0,
  unterminated: false,
});
const always = () => true;
const never = () => false;

test.each<[string, JudgedRecord, () => boolean, object]>([
  [
    'accepted events',
    judged('a', ['{"x":1}', '{"x":2}'], 0),
    always,
    { result: 'Ok', data: Buffer.from('{"x":1}{"x":2}').toString('base64') },
  ],
  ['accepted events beside rejects that are safe', judged('a', ['{}'], 2), always, { result: 'Ok', data: 'e30=' }],
  ['accepted events beside rejects that are not', judged('a', ['{}'], 2), never, { result: 'ProcessingFailed' }],
  ['nothing but rejects that are safe', judged('a', [], 2), always, { result: 'Dropped' }],
  ['nothing but rejects that are not', judged('a', [], 2), never, { result: 'ProcessingFailed' }],
  ['nothing at all', judged('a', [], 0), always, { result: 'Dropped' }],
])('answers %s', (_, record, acknowledged, expected) => {
  expect(answerRecords([record], acknowledged)).toEqual([{ recordId: 'a', ...expected }]);
});

test('answers each record once and in order, Ok never empty, Dropped only where nothing is left to deliver', () => {
  const record = fc.record({
    rows: fc.array(fc.constantFrom('{"x":1}', '{"y":"é"}'), { maxLength: 3 }),
    rejects: fc.nat(3),
    safe: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (records) => {
      const batch = records.map(({ rows, rejects }, index) => judged(String(index), rows, rejects));
      const answers = answerRecords(batch, ({ recordId }) => records[Number(recordId)]?.safe === true);
      expect(answers.map(({ recordId }) => recordId)).toEqual(batch.map(({ recordId }) => recordId));
      answers.forEach(({ result, data }, index) => {
        const { rows, safe } = records[index] ?? { rows: [], safe: false };
        expect(result).toBe(!safe ? 'ProcessingFailed' : rows.length > 0 ? 'Ok' : 'Dropped');
        expect(data).toBe(result === 'Ok' ? Buffer.from(rows.join('')).toString('base64') : undefined);
        if (result === 'Ok') expect(data).not.toBe('');
      });
    }),
    { seed: 1 },
  );
});

const LAMBDA_LIMIT = 6_291_456;

test.each([
  ['large records', 12, 600_000],
  ['many small records', 12_000, 300],
])('stays under the 6 MB of an answer with %s, and fails what does not fit', (_, count, size) => {
  const batch = Array.from({ length: count }, (_unused, index) => judged(String(index).padStart(56, '0'), ['x'.repeat(size)], 0));
  const answers = answerRecords(batch, always);
  const bytes = JSON.stringify({ records: answers.map((answer) => ({ data: '', ...answer })) }).length;
  expect(bytes).toBeLessThan(LAMBDA_LIMIT);
  expect(bytes).toBeGreaterThan(LAMBDA_LIMIT * 0.8);
  expect(new Set(answers.map(({ result }) => result))).toEqual(new Set(['Ok', 'ProcessingFailed']));
  expect(answers.filter(({ result }) => result === 'Ok').length).toBeGreaterThan(count / 2);
});

test('a record too large does not keep a later small one from fitting', () => {
  const answers = answerRecords([judged('a', ['x'.repeat(5_000_000)], 0), judged('b', ['{}'], 0)], always);
  expect(answers.map(({ result }) => result)).toEqual(['ProcessingFailed', 'Ok']);
});
