import type { IngestionForm } from '../../core/ingestion/ingestion-form.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import type { Fault } from './fault/fault.ts';
import { FAULTS } from './fault/faults.ts';
import { conservation } from './history/conservation.ts';
import { freshness, type Times } from './history/freshness.ts';
import type { History, Violation } from './history/history.ts';
import { GOOD, ODD } from './input/inputs.ts';
import { Assembly } from './lake/assembly.ts';
import { freshnessBounds, PAUSES, settleTime } from './lake/freshness-bounds.ts';
import { Producer } from './lake/producer.ts';
import { LakeReader } from './lake/read-lake.ts';
import { Session } from './lake/session.ts';
import { linesOf, ofEachForm } from './report.ts';

const QUICK: Readonly<Record<IngestionForm, readonly string[]>> = { stream: ['F14', 'F8-always'], 'direct-put': ['F14'] };
const SECOND = 1_000;
/** A trickle: some events every few seconds, one of them bad. */
const EVERY = 30 * SECOND;
const PUTS_OF_A_WAVE = 3;
/** How long events go on after a fault: until what was refused has been tried again, and as long once more. */
const AFTERWARDS = 2 * PAUSES;
const TRICKLE = [GOOD, ...ODD.filter(({ name }) => name === 'B17 a text for a number'), GOOD];

/** How long the slowest event took, while a fault lasted or just after, and once all was calm again. */
interface Recovery {
  readonly met: number;
  readonly worst: Times;
  readonly calm: Times;
  readonly violations: readonly Violation[];
}

async function recover(
  assembly: Assembly,
  fault: Fault,
  bounds: { readonly after: Times; readonly calm: Times },
): Promise<Recovery> {
  const session = await Session.open(assembly);
  try {
    const producer = new Producer(session, 'e');
    const trickle = async (): Promise<void> => {
      await producer.put(producer.compose(TRICKLE, { perRecord: 2, neighbours: false }, fault.skew));
      await session.clock.advance(EVERY);
    };
    const acknowledged = (): string[] => [];
    const wave = async (): Promise<void> => {
      for (let puts = 0; puts < PUTS_OF_A_WAVE; puts += 1) await trickle();
    };
    const met = await fault.during({ session, wave, waves: 3, acknowledged });
    const over = session.clock.now();
    while (session.clock.now() < over + AFTERWARDS) await trickle();
    await session.clock.advance(settleTime(freshnessBounds(assembly.resources, true)));
    const history: History = {
      produced: producer.produced,
      found: await new LakeReader(session).read(producer.bytes),
      undelivered: session.undelivered,
    };
    const all = freshness(history, over, bounds.after);
    const later = history.produced.filter((event) => (event.acknowledged ?? 0) > over + PAUSES);
    const calm = freshness({ ...history, produced: later }, over, { ...bounds.calm, parked: 0 });
    const { violations } = conservation(history, fault.allowed);
    return { met, worst: all.worst, calm: calm.worst, violations: [...violations, ...all.violations, ...calm.violations] };
  } finally {
    await session.close();
  }
}

/** @param slack What the bounds are multiplied by: a test makes them too tight to see the claim fail. @throws ClaimFails */
export async function recoverFrom(faults: readonly Fault[], form: IngestionForm, slack = 1): Promise<string> {
  const findings: string[] = [];
  const assembly = new Assembly(['scans'], { form });
  try {
    const scaled = (times: Times): Times => ({
      clean: times.clean * slack,
      quarantine: times.quarantine * slack,
      parked: times.parked * slack,
      raw: times.raw * slack,
    });
    const bounds = {
      after: scaled(freshnessBounds(assembly.resources, true)),
      calm: scaled(freshnessBounds(assembly.resources, false)),
    };
    let [worst, calm] = [0, 0];
    for (const fault of faults) {
      const recovery = await recover(assembly, fault, bounds);
      if (recovery.met === 0) findings.push(`${fault.id} (${fault.says}): never met`);
      findings.push(...linesOf(`${fault.id} (${fault.says})`, recovery.violations));
      worst = Math.max(worst, recovery.worst.clean);
      calm = Math.max(calm, recovery.calm.clean);
    }
    if (faults.length === 0 || calm === 0) findings.push('no event was delivered');
    if (findings.length > 0) throw new ClaimFails(findings);
    return (
      `${faults.length} faults: the slowest event was in clean ${worst / SECOND} s after the fault’s end, at most ${bounds.after.clean / SECOND} s; ` +
      `${PAUSES / SECOND} s later the slowest took ${calm / SECOND} s, at most ${bounds.calm.clean / SECOND} s. Simulated time.`
    );
  } finally {
    assembly.remove();
  }
}

export const freshAgainAfterFaults: Claim = {
  id: 'fresh-again-after-faults',
  says: 'Once a fault is over, all that waited arrives within the buffers and two pauses, and what comes later is as fresh as ever.',
  prove: (scale) =>
    ofEachForm((form) =>
      recoverFrom(
        FAULTS[form].filter(({ id }) => scale === 'full' || QUICK[form].includes(id)),
        form,
      ),
    ),
};
