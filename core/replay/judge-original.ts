import type { CompiledContract } from '../record/compiled-contract.ts';
import { eventJudge } from '../record/judge-event.ts';
import { judgeRecord } from '../record/judge-record.ts';
import { SECRET_BYTES } from '../record/protect.ts';

/** Whether the current contract accepts an original. */
export type Accepts = (original: Uint8Array) => boolean;

/** Stands for the domain's secret: what is accepted does not depend on it, and a replay stores nothing that it protects. */
const NO_SECRET = '-'.repeat(SECRET_BYTES);

/** @param arrival Milliseconds since the epoch: an event may be too old for a replay that was in time when it came */
export function acceptsOriginal(contract: CompiledContract, arrival: number): Accepts {
  const judge = eventJudge(contract, NO_SECRET);
  return (bytes) => {
    const record = { recordId: '', bytes, arrival, stream: '', shardId: '', sequenceNumber: '', subsequenceNumber: 0 };
    const { rows, rejects } = judgeRecord(contract, judge, record);
    return rows.length === 1 && rejects.length === 0;
  };
}
