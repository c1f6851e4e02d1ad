import type { DatasetContract } from '../../core/contract/model.ts';
import type { SimulatedClock } from '../../local/clock.ts';
import type { LocalRuntime } from '../../local/start.ts';
import { shownName } from './names.ts';
import { ENVIRONMENT } from '../platform/names.ts';
import { Platform } from '../platform/platform.ts';
import { assume } from '../platform/session.ts';
import { listObjects, tiersOf, type Tier } from '../platform/zones.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** Moves a copy of the lake a year on: the lake that the run leaves stays where it is. */
export async function yearAhead(
  clock: SimulatedClock,
  open: (clock: SimulatedClock) => Promise<LocalRuntime>,
  datasets: readonly DatasetContract[],
): Promise<Tier[]> {
  const runtime = await open(clock);
  try {
    await clock.advance(YEAR_MS);
    const platform = new Platform(ENVIRONMENT, runtime.outputs);
    const place = { endpoint: runtime.endpoint, region: runtime.region, operator: runtime.operator };
    const tiers: Tier[] = [];
    for (const contract of datasets) {
      const dataset = platform.dataset(contract);
      const steward = await assume(place, dataset.stewardRoleArn, 'demo-steward');
      for (const zone of ['raw', 'clean', 'quarantine'] as const) {
        tiers.push(
          ...tiersOf(zone, shownName(contract, datasets), await listObjects(steward.s3, platform.bucket(zone), dataset.prefix)),
        );
      }
      steward.close();
    }
    return tiers;
  } finally {
    await runtime.stop();
  }
}
