import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ContractError } from '../../core/contract/fault.ts';
import { readText } from '../../core/contract/odcs/read-text.ts';
import { parseSlots } from '../../core/slots/parse-slots.ts';
import type { Slots } from '../../core/slots/slots.ts';

/** The committed record of slots, in the folder of the contracts. */
const FILE = 'slots.json';

/** What is recorded in a folder of contracts; nothing where there is no record. @throws {@link ContractError} `InvalidSlot`, and those of a text */
export function readSlots(folder: string): Slots {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return {};
  const source = slotsSource(folder);
  const { content, locate } = readText(readFileSync(file), source);
  const parsed = parseSlots(content);
  if ('faults' in parsed) throw ContractError.in(source, parsed.faults, locate);
  return parsed.slots;
}

/** Writes the record in the order of names: lines of two branches meet only where they are of one dataset. */
export function writeSlots(folder: string, slots: Slots): void {
  const file = path.join(folder, FILE);
  const text = `${JSON.stringify(
    sorted(slots, (parts) => sorted(parts)),
    undefined,
    2,
  )}\n`;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file); // whole or not at all
}

/** How people know the record of a folder: `contracts/slots.json`. */
export const slotsSource = (folder: string): string => path.posix.join(path.basename(folder), FILE);

const sorted = <T>(record: Readonly<Record<string, T>>, each: (value: T) => T = (value) => value): Record<string, T> =>
  Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, each(value)]),
  );
