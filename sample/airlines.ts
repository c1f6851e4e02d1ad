import { createHash } from 'node:crypto';

/** The tenants of the sample. Made up: the flights' source names no airline. */
export const AIRLINES = ['Aquila', 'Boreal', 'Cirrus', 'Delfin', 'Estrella'] as const;

/** Shares of the market, so that the answers differ. */
const WEIGHTS = [0.32, 0.26, 0.2, 0.14, 0.08];

/** The airline of a flight: the same for the same seed. */
export function airlineOf(seed: number, flightId: number): string {
  let left = createHash('sha256').update(`${seed}/${flightId}`).digest().readUInt32BE(0) / 2 ** 32;
  const index = WEIGHTS.findIndex((weight) => (left -= weight) < 0);
  return AIRLINES[index === -1 ? AIRLINES.length - 1 : index] ?? AIRLINES[0];
}
