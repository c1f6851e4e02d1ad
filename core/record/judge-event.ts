import type { CompiledContract } from './compiled-contract.ts';
import { exactJudge } from './exact-judge.ts';
import { fastJudge } from './fast/fast-judge.ts';
import { protectorsOf } from './protect.ts';
import type { Reason } from './reasons.ts';
import { rowEnd } from './row-end.ts';

/** An accepted event as one JSON document for the table, or the reason and the columns that failed. Never a value. */
export type Verdict = Accepted | { readonly accepted: false; readonly reason: Reason; readonly columns: readonly string[] };
export interface Accepted {
  readonly accepted: true;
  readonly row: string;
  readonly late: boolean;
  readonly unknownFields: boolean;
}

/** @param arrival Milliseconds since the epoch at which Kinesis took the record */
export type EventJudge = (text: string, arrival: number) => Verdict;

/**
 * Compiles a contract to the judge of its events. An ordinary event is accepted on the fast path, and whatever that path declines goes the exact
 * one (docs/adr/0023).
 *
 * @param secret The domain's secret for hashes and tokens; may be empty where the contract needs none
 */
export function eventJudge(contract: CompiledContract, secret: string): EventJudge {
  const protectors = protectorsOf(contract, secret);
  const end = rowEnd(contract);
  const exact = exactJudge(contract, protectors, end);
  const fast = fastJudge(contract, protectors, end);
  return (text, arrival) => {
    const accepted = fast.judge(text, arrival);
    if (accepted !== undefined) return accepted;
    const verdict = exact(text, arrival);
    if (verdict.accepted) fast.learn(text);
    return verdict;
  };
}
