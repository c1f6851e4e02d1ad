import { createHash } from 'node:crypto';
import { flaggedIn, wrongFlags } from './history/flags.ts';
import type { Fault } from './fault/fault.ts';
import type { Input } from './input/input.ts';
import type { Assembly } from './lake/assembly.ts';
import { Producer, type Packing, type ProducerRecord } from './lake/producer.ts';
import { LakeReader } from './lake/read-lake.ts';
import { Session } from './lake/session.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

/** Inputs, and how they are packed. */
export interface Load extends Packing {
  readonly inputs: readonly Input[];
}

/** What came of a run. */
export interface Ran extends Outcome {
  /** How often the fault was met. */
  readonly met: number;
}

const WAVES = 3;
/** Longer than a batch waits for the function. */
const BETWEEN_WAVES = 65_000;

/** Has a platform of its own take a load while a fault lasts, and judges what is found once the fault is over. */
export async function runUnderFault(assembly: Assembly, fault: Fault, loads: readonly Load[]): Promise<Ran> {
  const session = await Session.open(assembly);
  try {
    const producer = new Producer(session, 'e');
    const acknowledged: string[] = [];
    const left = wavesOf(loads.flatMap(({ inputs, ...packing }) => producer.compose(inputs, packing, fault.skew)));
    const wave = async (): Promise<void> => {
      const records = left.shift() ?? [];
      await producer.put(records);
      acknowledged.push(...records.map(({ data }) => createHash('sha256').update(data).digest('hex')));
      await session.clock.advance(BETWEEN_WAVES);
    };
    const met = await fault.during({ session, wave, waves: WAVES, acknowledged: () => acknowledged });
    if (left.length > 0) throw new TypeError(`the fault ${fault.id} must have every wave put, ${left.length} are left`);
    const outcome = await outcomeOf(session, new LakeReader(session), producer, fault.allowed);
    const flags = fault.calm === true ? wrongFlags(producer.produced, flaggedIn(session.logs)) : [];
    return { ...outcome, met, violations: [...outcome.violations, ...flags] };
  } finally {
    await session.close();
  }
}

const wavesOf = (records: readonly ProducerRecord[]): ProducerRecord[][] =>
  Array.from({ length: WAVES }, (_, wave) => records.filter((_record, index) => index % WAVES === wave));
