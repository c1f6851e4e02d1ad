import type { Allowance } from '../history/history.ts';
import type { Session } from '../lake/session.ts';

/** A run in which something goes wrong. */
export interface Scene {
  readonly session: Session;
  /** Puts the next of what is to be put, and lets time pass until a batch has gone to the function. */
  readonly wave: () => Promise<void>;
  /** How many waves there are; the fault sees to it that each is called for. */
  readonly waves: number;
  /** SHA-256 of each record that was acknowledged. */
  readonly acknowledged: () => readonly string[];
}

/** Something that goes wrong while events arrive. */
export interface Fault {
  /** `F12`, or of RELIABILITY's list none: `X3`. */
  readonly id: string;
  readonly says: string;
  readonly allowed: Allowance;
  /** Whether nothing is put or judged twice, so that counts are of events. @default false */
  readonly calm?: boolean;
  /** Milliseconds by which the producer's clock is ahead. @default 0 */
  readonly skew?: number;
  /**
   * Has the waves put while it lasts, and ends it.
   *
   * @returns how often it was met: none says that the run proves nothing
   */
  readonly during: (scene: Scene) => Promise<number>;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const EXACT: Allowance = { copies: false, parks: 'never' };
export const COPIES: Allowance = { copies: true, parks: 'never' };
export const PARKS: Allowance = { copies: false, parks: 'left' };
export const COPIES_AND_PARKS: Allowance = { copies: true, parks: 'left' };

/** Puts all that is left to put. */
export async function allWaves({ wave, waves }: Scene, done = 0): Promise<void> {
  for (let next = done; next < waves; next += 1) await wave();
}
