import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SLOTS_FILE } from '../../core/contract/read-file.ts';
import type { Slots } from '../../core/slots/slots.ts';

/** Writes the record in the order of names: lines of two branches meet only where they are of one dataset. */
export function writeSlots(folder: string, slots: Slots): void {
  const file = path.join(folder, SLOTS_FILE);
  const text = `${JSON.stringify(
    sorted(slots, (parts) => sorted(parts)),
    undefined,
    2,
  )}\n`;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file); // whole or not at all
}

const sorted = <T>(record: Readonly<Record<string, T>>, each: (value: T) => T = (value) => value): Record<string, T> =>
  Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, each(value)]),
  );
