import { batchMetrics } from '../../../constructs/ingestion/batch-metrics.ts';
import { answerRecords } from '../../../core/record/answer.ts';
import { judgeRecord, type JudgedRecord } from '../../../core/record/judge-record.ts';
import { ARRIVAL, compiled, eventText, judgeOf } from '../../support/contracts.ts';

const contract = compiled();
const GOOD = `${eventText()}\n`;
const BAD = '[]\n';
/** Each text as a record, its place among them as its id. */
const judged = (...texts: readonly string[]): JudgedRecord[] =>
  texts.map((text, index) =>
    judgeRecord(contract, judgeOf(), {
      recordId: String(index),
      bytes: Buffer.from(text),
      arrival: ARRIVAL,
      stream: 's',
      shardId: 's',
      sequenceNumber: '1',
      subsequenceNumber: 0,
    }),
  );
function line(records: readonly JudgedRecord[], acknowledged: (record: JudgedRecord) => boolean): string {
  return batchMetrics('staging', contract, records, answerRecords(records, acknowledged), acknowledged, 17);
}
const counts = (...given: Parameters<typeof line>): Record<string, unknown> =>
  JSON.parse(line(...given)) as Record<string, unknown>;
const everyReject = (): boolean => true;
const noReject = ({ rejects }: JudgedRecord): boolean => rejects.length === 0;

const NOTHING = {
  AcceptedEvents: 0,
  QuarantinedEvents: 0,
  LateEvents: 0,
  EventsWithUnknownFields: 0,
  UnterminatedRecords: 0,
  DroppedRecords: 0,
  FailedRecords: 0,
};

test.each([
  ['no event', [], NOTHING],
  ['two good events in one record', [GOOD + GOOD], { ...NOTHING, AcceptedEvents: 2 }],
  ['a good event beside two bad ones', [GOOD + BAD + BAD], { ...NOTHING, AcceptedEvents: 1, QuarantinedEvents: 2 }],
  ['a record of nothing but bad events', [BAD + BAD], { ...NOTHING, QuarantinedEvents: 2, DroppedRecords: 1 }],
  [
    'an event of long ago',
    [`${eventText({ measured_at: '"2001-01-01T00:00:00Z"' })}\n`],
    { ...NOTHING, AcceptedEvents: 1, LateEvents: 1 },
  ],
  [
    'an event with a field that the contract does not know',
    [`${eventText({ colour: '1' })}\n`],
    { ...NOTHING, AcceptedEvents: 1, EventsWithUnknownFields: 1 },
  ],
  ['an event without a newline at its end', [eventText()], { ...NOTHING, AcceptedEvents: 1, UnterminatedRecords: 1 }],
])('counts %s', (_, texts, expected) => {
  expect(counts(judged(...texts), everyReject)).toMatchObject(expected);
});

test('counts no event as quarantined where nothing may be put, and the good neighbours not as accepted', () => {
  expect(counts(judged(BAD.repeat(200), GOOD + BAD.repeat(300), GOOD), noReject)).toMatchObject({
    ...NOTHING,
    AcceptedEvents: 1,
    FailedRecords: 2,
  });
});

test('counts the rejects of the records of which all were put', () => {
  expect(counts(judged(BAD, BAD + BAD, GOOD + BAD), ({ recordId }) => recordId !== '1')).toMatchObject({
    ...NOTHING,
    AcceptedEvents: 1,
    QuarantinedEvents: 2,
    DroppedRecords: 1,
    FailedRecords: 1,
  });
});

test('counts rejects that were put, also where the rows beside them fit no answer', () => {
  const [record] = judged(BAD);
  if (record === undefined) throw new Error('one record is judged');
  expect(counts([{ ...record, rows: ['x'.repeat(6_000_000)] }], everyReject)).toMatchObject({
    ...NOTHING,
    QuarantinedEvents: 1,
    FailedRecords: 1,
  });
});

test('tells counts by environment, domain and dataset, as CloudWatch reads them', () => {
  const { _aws, ...rest } = counts(judged(), everyReject);
  expect(rest).toEqual({ Environment: 'staging', Domain: 'energy', Dataset: 'readings', ...NOTHING });
  expect(_aws).toEqual({
    Timestamp: 17,
    CloudWatchMetrics: [
      {
        Namespace: 'Headwaters',
        Dimensions: [['Environment', 'Domain', 'Dataset']],
        Metrics: Object.keys(NOTHING).map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  });
});

test('holds no value of an event', () => {
  const records = judged(`${eventText({ reading_id: '"never-logged"' })}\n["never-logged"]\n`);
  expect(records[0]).toMatchObject({ rows: [expect.stringContaining('never-logged')] });
  expect(line(records, everyReject)).not.toContain('never-logged');
});
