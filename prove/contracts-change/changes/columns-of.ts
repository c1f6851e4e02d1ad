import type { Fact, ProofColumn } from '../change.ts';

export const text = (value: string): Fact => ({ written: JSON.stringify(value), shown: value });
export const number = (value: number | bigint): Fact => ({ written: String(value), shown: String(value) });

/** Not every event holds one. */
export const note: ProofColumn = {
  name: 'note',
  meaning: 'note',
  odcs: { logicalType: 'string' },
  fact: (serial) => (hasNote(serial) ? text(`note of ${serial}`) : undefined),
};
export const hasNote = (serial: number): boolean => serial % 7 !== 0;

export const quantity = (name: string, odcs: ProofColumn['odcs'] = {}): ProofColumn => ({
  name,
  meaning: 'quantity',
  odcs: { logicalType: 'integer', ...odcs },
  fact: (serial) => number(serial * 3 + 1),
});
