import type { CompiledContract } from '../record/compiled-contract.ts';
import { eventJudge } from '../record/judge-event.ts';
import { judgeRecord } from '../record/judge-record.ts';
import { NO_SECRET } from '../record/protect.ts';

/** Whether the current contract accepts an original. */
export type Accepts = (original: Uint8Array) => boolean;

/** @param arrival Milliseconds since the epoch: an event may be too old for a replay that was in time when it came */
export function acceptsOriginal(contract: CompiledContract, arrival: number): Accepts {
  const judge = eventJudge(contract, NO_SECRET);
  return (bytes) => {
    const record = { recordId: '', bytes, arrival, stream: '', shardId: '', sequenceNumber: '', subsequenceNumber: 0 };
    const { rows, rejects } = judgeRecord(contract, judge, record);
    return rows.length === 1 && rejects.length === 0;
  };
}
