import type { Allowance } from '../history/history.ts';
import type { MischiefKind } from '../lake/mischief.ts';
import { allWaves, MINUTE, type Fault } from './fault.ts';

/** A transform function that does wrong, in the real bundle's place. @param times Invocations, or all while events arrive */
export const spoilt = (id: string, says: string, allowed: Allowance, kind: MischiefKind, times = 1_000): Fault => ({
  id,
  says,
  allowed,
  during: async (scene) => {
    const { clock, assembly } = scene.session;
    await scene.wave();
    assembly.mischief.begin(kind, times);
    await allWaves(scene, 1);
    await clock.advance(2 * MINUTE);
    return assembly.mischief.end();
  },
});
