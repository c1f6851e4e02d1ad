import { FirehoseClient } from '@aws-sdk/client-firehose';
import type { Context, FirehoseTransformationEvent, FirehoseTransformationResult } from 'aws-lambda';
import { answerRecords } from '../../core/record/answer.ts';
import { judgeRecord, type JudgedRecord, type SourceRecord } from '../../core/record/judge-record.ts';
import { requireEnvironment } from '../require-environment.ts';
import { batchMetrics } from './batch-metrics.ts';
import { readJudges } from './judges.lambda.ts';
import { ENVIRONMENT_KEYS } from './names.ts';
import { putRejects } from './put-rejects.lambda.ts';
import { readSecret } from './read-secret.lambda.ts';

/** Left of the function's time for encoding the answer. */
const MARGIN_MS = 5_000;

const environment = requireEnvironment(ENVIRONMENT_KEYS.environment);
const quarantineStream = requireEnvironment(ENVIRONMENT_KEYS.quarantineStream);
const secretArn = process.env[ENVIRONMENT_KEYS.protectionSecret];
const judgeOf = readJudges(secretArn === undefined ? '' : await readSecret(secretArn));
const quarantine = new FirehoseClient({ maxAttempts: 1 }); // putRejects re-sends, and only what failed

/** Decode, judge, send the rejects, encode. Nothing of an event is ever logged. */
export const handler = async (event: FirehoseTransformationEvent, context: Context): Promise<FirehoseTransformationResult> => {
  const { contract, judge } = judgeOf(event.deliveryStreamArn);
  const judged = event.records.map((record) => judgeRecord(contract, judge, sourceRecord(event, record)));
  const failed = await putRejects(
    quarantine,
    quarantineStream,
    judged,
    Date.now() + context.getRemainingTimeInMillis() - MARGIN_MS,
  );
  const acknowledged = ({ recordId }: JudgedRecord): boolean => !failed.has(recordId);
  const answers = answerRecords(judged, acknowledged);
  console.log(batchMetrics(environment, contract, judged, answers, acknowledged, Date.now()));
  return { records: answers.map((answer) => ({ data: '', ...answer })) };
};

function sourceRecord(event: FirehoseTransformationEvent, record: FirehoseTransformationEvent['records'][number]): SourceRecord {
  const source = record.kinesisRecordMetadata;
  return {
    recordId: record.recordId,
    bytes: Buffer.from(record.data, 'base64'),
    arrival: record.approximateArrivalTimestamp,
    stream: event.sourceKinesisStreamArn ?? event.deliveryStreamArn,
    shardId: source?.shardId ?? '',
    sequenceNumber: source?.sequenceNumber ?? record.recordId,
    subsequenceNumber: Number(source?.subsequenceNumber ?? 0),
  };
}
