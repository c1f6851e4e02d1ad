import type { ProofVersion } from './change.ts';

/** The event of a serial, as the producer of a version writes it. */
export function eventOf({ columns }: ProofVersion, serial: number, time: number): Buffer {
  const attributes = columns.flatMap(({ name, fact }) => {
    const held = fact(serial);
    return held === undefined ? [] : [`${JSON.stringify(name)}:${held.written}`];
  });
  return Buffer.from(`{${[`"serial":${serial}`, `"made_at":"${new Date(time).toISOString()}"`, ...attributes].join(',')}}`);
}
