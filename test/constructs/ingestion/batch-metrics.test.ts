import { batchMetrics } from '../../../constructs/ingestion/batch-metrics.ts';
import { answerRecords } from '../../../core/record/answer.ts';
import { judgeRecord } from '../../../core/record/judge-record.ts';
import { ARRIVAL, compiled, eventText, judgeOf } from '../../support/contracts.ts';

const contract = compiled();
const judged = [
  `${eventText()}\n${eventText({ colour: '1' })}\n{\n`, // two accepted, one of them with an unknown field, and a reject
  eventText({ measured_at: '"2001-01-01T00:00:00Z"' }), // late, and not terminated
  '[]\n', // nothing but a reject
  `${eventText({ reading_id: '"never-logged"' })}\n[]\n`, // its reject cannot be put
].map((text, index) =>
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

test('counts a batch by environment, domain and dataset, and holds no value of it', () => {
  const answers = answerRecords(judged, ({ recordId }) => recordId !== '3');
  const line = batchMetrics('staging', contract, judged, answers, 17);
  const { _aws, ...rest } = JSON.parse(line) as Record<string, unknown>;
  expect(rest).toEqual({
    Environment: 'staging',
    Domain: 'energy',
    Dataset: 'readings',
    AcceptedEvents: 3,
    QuarantinedEvents: 3,
    LateEvents: 1,
    EventsWithUnknownFields: 1,
    UnterminatedRecords: 1,
    DroppedRecords: 1,
    FailedRecords: 1,
  });
  expect(_aws).toEqual({
    Timestamp: 17,
    CloudWatchMetrics: [
      {
        Namespace: 'Headwaters',
        Dimensions: [['Environment', 'Domain', 'Dataset']],
        Metrics: Object.keys(rest)
          .slice(3)
          .map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  });
  expect(line).not.toContain('never-logged');
});
