import { FAULT_KINDS, FAULT_POINTS } from '../../local/faults/faults.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import { Assembly } from './lake/assembly.ts';
import { MISCHIEFS, type Lie } from './lake/mischief.ts';
import { count } from './report.ts';
import { proveSchedules } from './schedule/prove-schedules.ts';

const SEED = 20_260_302;
const SCHEDULES = { quick: 8, full: 1_000 } as const;

/** What a thousand schedules must have met, each: else they prove less than they say. */
const TO_BE_MET: readonly string[] = [
  'put',
  'put again',
  'crash',
  'relapse',
  'double',
  'split',
  'merge',
  ...MISCHIEFS,
  ...FAULT_POINTS.filter((at) => at !== 's3:request').flatMap((at) => FAULT_KINDS[at].map((fault) => `${at} ${fault}`)),
];

/** @param planted What a test does to see the claim fail @throws ClaimFails with the seed and the steps of the shortest schedule that fails */
export async function proveAtRandom(
  seed: number,
  schedules: number,
  toBeMet: readonly string[],
  planted: { readonly lie?: Lie; readonly mostShrinks?: number } = {},
): Promise<string> {
  const assembly = new Assembly(['scans'], planted.lie);
  try {
    const { balance, met, failure } = await proveSchedules(assembly, seed, schedules, planted.mostShrinks);
    if (failure !== undefined) throw new ClaimFails([failure]);
    const missing = toBeMet.filter((what) => !met.has(what));
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
  prove: (scale) => proveAtRandom(SEED, SCHEDULES[scale], scale === 'full' ? TO_BE_MET : ['put']),
};
