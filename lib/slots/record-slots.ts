import { assignSlots, type Slotted } from '../../core/slots/assign-slots.ts';
import { readSlots, slotsSource } from '../../core/contract/read-file.ts';
import { fewOf } from '../../core/slots/few-of.ts';
import type { Slots } from '../../core/slots/slots.ts';
import { unclearSlots, unclearWords } from '../../core/slots/unclear-slots.ts';
import { writeSlots } from './slots-file.ts';

/** Slots that cannot be given. Codes are stable: `SlotsUnclear`, `SlotsNotCommitted`. */
export class SlotsError extends Error {
  constructor(
    readonly code: 'SlotsUnclear' | 'SlotsNotCommitted',
    faults: readonly string[],
  ) {
    super(faults.map((fault) => `${code}: ${fault}`).join('\n'));
    this.name = 'SlotsError';
  }
}

/** The slots of datasets, and how to keep those that were new. */
export interface SlotRecord {
  readonly slots: Slots;
  /** Writes what was new, and says so in a line; undefined where nothing was. */
  readonly keep: () => string | undefined;
}

/**
 * Reads the record of a folder of contracts and gives a slot to each dataset that has none.
 *
 * @param isCi Whether what would be written is lost with the machine: another machine might give another slot
 * @throws SlotsError `SlotsUnclear`, `SlotsNotCommitted`; ContractError where the record cannot be read
 */
export function recordSlots(folder: string, datasets: readonly Slotted[], isCi: boolean): SlotRecord {
  const recorded = readSlots(folder);
  const { slots, added } = assignSlots(recorded, datasets);
  const names = Object.entries(added).flatMap(([domain, parts]) => Object.keys(parts).map((name) => `${domain}.${name}`));
  if (names.length === 0) return { slots, keep: () => undefined };
  const source = slotsSource(folder);
  const unclear = unclearSlots(recorded, added);
  if (unclear.length > 0)
    throw new SlotsError(
      'SlotsUnclear',
      unclear.map((slots) => unclearWords(source, slots)),
    );
  if (isCi)
    throw new SlotsError('SlotsNotCommitted', [
      `'${source}' must hold a slot for every dataset before CI synthesizes it, got none for ${fewOf(names)}; run 'npx cdk synth' on your machine and commit the file`,
    ]);
  return {
    slots,
    keep: () => {
      writeSlots(folder, slots);
      return `${source}: new slots for ${fewOf(names)}; commit it: a dataset stays in the stack that it is recorded in`;
    },
  };
}
