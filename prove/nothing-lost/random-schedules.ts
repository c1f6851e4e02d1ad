import type { IngestionForm } from '../../core/ingestion/ingestion-form.ts';
import { FAULT_KINDS } from '../../local/faults/faults.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import { Assembly, type AssemblyProps } from './lake/assembly.ts';
import { MISCHIEFS } from './lake/mischief.ts';
import { count, ofEachForm } from './report.ts';
import { proveSchedules } from './schedule/prove-schedules.ts';
import { pointsOf } from './schedule/schedules.ts';

const SEED = 20_260_302;
const SCHEDULES = { stream: { quick: 8, full: 1_000 }, 'direct-put': { quick: 4, full: 300 } } as const;

/** What so many schedules must have met, each: else they prove less than they say. */
const toBeMet = (form: IngestionForm): readonly string[] => [
  'put',
  'put again',
  'crash',
  ...(form === 'stream' ? ['relapse', 'double', 'split', 'merge'] : []),
  ...MISCHIEFS,
  ...pointsOf(form).flatMap((at) => FAULT_KINDS[at].map((fault) => `${at} ${fault}`)),
];

/** @param planted What a test does to see the claim fail @throws ClaimFails with the seed and the steps of the shortest schedule that fails */
export async function proveAtRandom(
  seed: number,
  schedules: number,
  mustMeet: readonly string[],
  { mostShrinks, ...props }: AssemblyProps & { readonly mostShrinks?: number } = {},
): Promise<string> {
  const assembly = new Assembly(['scans'], props);
  try {
    const { balance, met, failure } = await proveSchedules(assembly, seed, schedules, mostShrinks);
    if (failure !== undefined) throw new ClaimFails([failure]);
    const missing = mustMeet.filter((what) => !met.has(what));
    if (missing.length > 0) throw new ClaimFails([`seed ${seed}: never met: ${missing.join(', ')}`]);
    const faults = [...met].filter(([what]) => what !== 'put' && what !== 'put again').reduce((sum, [, times]) => sum + times, 0);
    return (
      `${count(schedules)} schedules of seed ${seed}: ${count(balance.produced)} events, ${count(balance.accepted)} accepted, ` +
      `${count(balance.quarantined)} quarantined, ${count(balance.duplicates)} further copies; ${met.size} kinds of trouble, met ${count(faults)} times.`
    );
  } finally {
    assembly.remove();
  }
}

export const randomSchedules: Claim = {
  id: 'random-schedules',
  says: 'No schedule of duplicates, disorder, retries, crashes, resharding, late and future events loses an event, invents one, or lets an invalid one in.',
  prove: (scale) =>
    ofEachForm((form) => proveAtRandom(SEED, SCHEDULES[form][scale], scale === 'full' ? toBeMet(form) : ['put'], { form })),
};
