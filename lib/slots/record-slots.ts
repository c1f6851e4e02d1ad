import { assignSlots, type Slotted } from '../../core/slots/assign-slots.ts';
import type { Slots } from '../../core/slots/slots.ts';
import { readSlots, slotsSource, writeSlots } from './slots-file.ts';

/** Slots that cannot be given. The code is stable: `SlotsNotCommitted`. */
export class SlotsError extends Error {
  constructor(
    readonly code: 'SlotsNotCommitted',
    message: string,
  ) {
    super(`${code}: ${message}`);
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
 * @throws SlotsError `SlotsNotCommitted`; ContractError where the record cannot be read
 */
export function recordSlots(folder: string, datasets: readonly Slotted[], isCi: boolean): SlotRecord {
  const { slots, added } = assignSlots(readSlots(folder), datasets);
  const names = Object.entries(added).flatMap(([domain, parts]) => Object.keys(parts).map((name) => `${domain}.${name}`));
  if (names.length === 0) return { slots, keep: () => undefined };
  const source = slotsSource(folder);
  if (isCi)
    throw new SlotsError(
      'SlotsNotCommitted',
      `'${source}' must hold a slot for every dataset before CI synthesizes it, got none for ${shown(names)}; run 'npx cdk synth' on your machine and commit the file`,
    );
  return {
    slots,
    keep: () => {
      writeSlots(folder, slots);
      return `${source}: new slots for ${shown(names)}; commit it: a dataset stays in the stack that it is recorded in`;
    },
  };
}

const MOST_SHOWN = 5;

const shown = (names: readonly string[]): string =>
  [...names.slice(0, MOST_SHOWN), ...(names.length > MOST_SHOWN ? [`${names.length - MOST_SHOWN} more`] : [])].join(', ');
