import { hash } from 'node:crypto';
import type { CompiledContract } from './compiled-contract.ts';
import type { EventJudge } from './judge-event.ts';
import type { Reason } from './reasons.ts';
import { bytesOf, isTerminated, splitRecord } from './split-record.ts';

/** A Kinesis record as Firehose hands it over. */
export interface SourceRecord {
  readonly recordId: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly arrival: number;
  readonly stream: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly subsequenceNumber: number;
}

/** A rejected event as `quarantine` keeps it: what, why, where from, and its bytes. The identity is the first six. */
export interface Envelope {
  readonly stream: string;
  readonly shard_id: string;
  readonly sequence_number: string;
  readonly subsequence_number: number;
  readonly ordinal: number;
  readonly sha256: string;
  /** Where it is kept: the dataset's own retention class. */
  readonly retention_class: string;
  readonly domain: string;
  readonly dataset: string;
  readonly reason: Reason;
  readonly columns: readonly string[];
  readonly contract_version: string;
  readonly arrived_at: string;
  /** Base64. */
  readonly original: string;
}

export interface JudgedRecord {
  readonly recordId: string;
  /** Accepted events, each one JSON document. */
  readonly rows: readonly string[];
  readonly rejects: readonly Envelope[];
  readonly late: number;
  readonly unknownFields: number;
  readonly unterminated: boolean;
}

/** Judges every event of a record. It never throws on data. */
export function judgeRecord(contract: CompiledContract, judge: EventJudge, record: SourceRecord): JudgedRecord {
  const rows: string[] = [];
  const rejects: Envelope[] = [];
  let late = 0;
  let unknownFields = 0;
  if (record.bytes.length === 0) rejects.push(envelope(contract, record, 0, record.bytes, 'empty-record', []));
  for (const fragment of splitRecord(record.bytes)) {
    const { ordinal, text } = fragment;
    if (text === undefined) {
      rejects.push(envelope(contract, record, ordinal, bytesOf(fragment), 'not-utf8', []));
      continue;
    }
    const verdict = judge(text, record.arrival);
    if (!verdict.accepted) {
      rejects.push(envelope(contract, record, ordinal, bytesOf(fragment), verdict.reason, verdict.columns));
      continue;
    }
    rows.push(verdict.row);
    if (verdict.late) late += 1;
    if (verdict.unknownFields) unknownFields += 1;
  }
  return {
    recordId: record.recordId,
    rows,
    rejects,
    late,
    unknownFields,
    unterminated: record.bytes.length > 0 && !isTerminated(record.bytes),
  };
}

function envelope(
  contract: CompiledContract,
  record: SourceRecord,
  ordinal: number,
  bytes: Uint8Array,
  reason: Reason,
  columns: readonly string[],
): Envelope {
  return {
    stream: record.stream,
    shard_id: record.shardId,
    sequence_number: record.sequenceNumber,
    subsequence_number: record.subsequenceNumber,
    ordinal,
    sha256: hash('sha256', bytes),
    retention_class: contract.retentionClass,
    domain: contract.domain,
    dataset: contract.dataset,
    reason,
    columns,
    contract_version: contract.version,
    arrived_at: new Date(record.arrival).toISOString(),
    original: Buffer.from(bytes).toString('base64'),
  };
}
