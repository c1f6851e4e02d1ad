import type { FaultRule } from '../../../local/faults/index.ts';
import type { Allowance } from '../history/history.ts';
import { allWaves, MINUTE, type Fault } from './fault.ts';

type Rule = Omit<FaultRule, 'line'>;

/** A fault that the runtime gives at its own points, while events arrive and for a time after. */
export const planted = (
  id: string,
  says: string,
  allowed: Allowance,
  rules: readonly Rule[],
  { lasting = 5 * MINUTE, restarted = false }: { readonly lasting?: number; readonly restarted?: boolean } = {},
): Fault => ({
  id,
  says,
  allowed,
  during: async (scene) => {
    const { session } = scene;
    await scene.wave();
    if (restarted) await session.restart();
    session.faults.plant({ seed: 1, rules }, session.clock.now());
    await allWaves(scene, 1);
    await session.clock.advance(lasting);
    return session.faults.lift().reduce((sum, { taken }) => sum + taken, 0);
  },
});
