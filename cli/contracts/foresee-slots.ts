import { ContractError, formatPath } from '../../core/contract/fault.ts';
import type { DataContract } from '../../core/contract/model.ts';
import { readSlots, slotsSource } from '../../core/contract/read-file.ts';
import { assignSlots } from '../../core/slots/assign-slots.ts';
import { unclearSlots, unclearWords } from '../../core/slots/unclear-slots.ts';

/** What a synthesis will refuse of the record of slots. */
export interface SlotsNote {
  /** The record: `contracts/slots.json`. */
  readonly file: string;
  readonly code: string;
  /** The domain, or what of the record is at fault. */
  readonly path: string;
  readonly message: string;
}

/**
 * What synth will say of where datasets stand (docs/adr/0017): it refuses a domain whose new datasets could stand in several parts, and a record
 * that it cannot read.
 *
 * @param contracts All that can be read: a slot depends on what else its domain holds
 * @param domains Of which it is asked
 */
export function foreseeSlots(
  folder: string,
  contracts: readonly DataContract[],
  domains: ReadonlySet<string>,
): readonly SlotsNote[] {
  const file = slotsSource(folder);
  try {
    const recorded = readSlots(folder);
    const { added } = assignSlots(
      recorded,
      contracts.flatMap(({ datasets }) => datasets),
    );
    return unclearSlots(recorded, added)
      .filter(({ domain }) => domains.has(domain))
      .map((unclear) => ({
        file,
        code: 'SlotsUnclear',
        path: unclear.domain,
        message: `will stop a synth: ${unclearWords(file, unclear)}`,
      }));
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.faults.map(({ code, path, message }) => ({
      file,
      code,
      path: formatPath(path),
      message: `will stop a synth: ${message}`,
    }));
  }
}
