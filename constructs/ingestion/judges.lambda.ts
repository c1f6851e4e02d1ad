import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { parseCompiledContract, type CompiledContract } from '../../core/record/compiled-contract.ts';
import { eventJudge, type EventJudge } from '../../core/record/judge-event.ts';
import { COMPILED_CONTRACT, COMPILED_CONTRACTS } from './names.ts';

/** A contract, and what judges by it. */
interface Judging {
  readonly contract: CompiledContract;
  readonly judge: EventJudge;
}

/**
 * Who judges what a delivery brings: the one contract of a dataset's own function, or of a shared one that of the delivery's name. Every
 * contract is read at once, so that a wrong deployment fails at the function's start; what judges by it is made when its events come.
 *
 * @returns throws for a delivery that no contract is for
 */
export function readJudges(secret: string): (deliveryStreamArn: string) => Judging {
  if (existsSync(COMPILED_CONTRACT)) {
    const contract = parseCompiledContract(readFileSync(COMPILED_CONTRACT, 'utf8'));
    const judging = { contract, judge: eventJudge(contract, secret) };
    return () => judging;
  }
  const texts = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(COMPILED_CONTRACTS, 'utf8')));
  const contracts = new Map(Object.entries(texts).map(([name, text]) => [name, parseCompiledContract(JSON.stringify(text))]));
  const known = new Map<string, Judging>();
  return (deliveryStreamArn) => {
    const name = deliveryStreamArn.slice(deliveryStreamArn.lastIndexOf('/') + 1);
    const contract = contracts.get(name);
    if (contract === undefined)
      throw new Error(`the function's contracts must hold one of the delivery '${name}'; deploy its stack again`);
    const judging = known.get(name) ?? { contract, judge: eventJudge(contract, secret) };
    known.set(name, judging);
    return judging;
  };
}
