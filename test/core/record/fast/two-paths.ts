import type { CompiledContract } from '../../../../core/record/compiled-contract.ts';
import { exactJudge } from '../../../../core/record/exact-judge.ts';
import { fastJudge } from '../../../../core/record/fast/fast-judge.ts';
import type { Accepted, EventJudge } from '../../../../core/record/judge-event.ts';
import { protectorsOf } from '../../../../core/record/protect.ts';
import { rowEnd } from '../../../../core/record/row-end.ts';
import { SECRET } from '../../../support/contracts.ts';

export interface TwoPaths {
  readonly fast: (text: string, arrival: number) => Accepted | undefined;
  readonly exact: EventJudge;
  readonly learn: (text: string) => void;
}

/** Both paths of one contract, each with what it keeps to itself. */
export function twoPaths(contract: CompiledContract): TwoPaths {
  const { judge: fast, learn } = fastJudge(contract, protectorsOf(contract, SECRET), rowEnd(contract));
  return { fast, learn, exact: exactJudge(contract, protectorsOf(contract, SECRET), rowEnd(contract)) };
}
