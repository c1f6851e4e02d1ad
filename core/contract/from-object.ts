import { ContractError } from './fault.ts';
import type { DataContract } from './model.ts';
import { parseContract } from './parse/parse-contract.ts';

/** A contract from an ODCS document that is already an object. @throws {@link ContractError} with the path of each fault */
export function contractFromObject(document: unknown, source = 'contract'): DataContract {
  const parsed = parseContract(document);
  if ('faults' in parsed) throw ContractError.in(source, parsed.faults);
  return parsed.contract;
}
