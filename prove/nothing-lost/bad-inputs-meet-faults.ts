import type { IngestionForm } from '../../core/ingestion/ingestion-form.ts';
import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import type { Fault } from './fault/fault.ts';
import { FAULTS, GAPS } from './fault/faults.ts';
import { INPUTS, ODD, ofForm } from './input/inputs.ts';
import { Assembly, type AssemblyProps } from './lake/assembly.ts';
import { count, linesOf, ofEachForm } from './report.ts';
import { runUnderFault, type Load } from './run-under-fault.ts';

/** Faults of the quick run: none at all, one of the producer's side, one of the function, one of the consumer; of a delivery what differs. */
const QUICK: Readonly<Record<IngestionForm, readonly string[]>> = {
  stream: ['X0', 'F1', 'F8-always', 'F7-before'],
  'direct-put': ['X7', 'F7-after'],
};
const packable = ODD.filter(({ alone }) => alone !== true);

/** Each input in a record of its own, between two good events, and among others of its kind. */
const LOADS: Readonly<Record<Scale, readonly Load[]>> = {
  quick: [{ inputs: ODD, perRecord: 1, neighbours: true }],
  full: [
    { inputs: INPUTS, perRecord: 1, neighbours: false },
    { inputs: packable, perRecord: 1, neighbours: true },
    { inputs: packable, perRecord: 30, neighbours: false },
  ],
};

/** Every bad input under every fault. @param props What a test plants @throws ClaimFails */
export async function meet(faults: readonly Fault[], loads: readonly Load[], props?: AssemblyProps): Promise<string> {
  const findings: string[] = [];
  let [met, events, broughtBack] = [0, 0, 0];
  const assembly = new Assembly(['scans'], props);
  try {
    for (const fault of faults) {
      const ran = await runUnderFault(assembly, fault, loads);
      if (ran.met === 0) findings.push(`${fault.id} (${fault.says}): never met`);
      findings.push(...linesOf(`${fault.id} (${fault.says})`, ran.violations));
      met += ran.met;
      events += ran.balance.produced;
      broughtBack += ran.broughtBack;
    }
  } finally {
    assembly.remove();
  }
  if (faults.length === 0 || events === 0) findings.push('nothing was put');
  if (findings.length > 0) throw new ClaimFails(findings);
  const pairs = faults.length * loads.reduce((sum, { inputs }) => sum + inputs.length, 0);
  return (
    `${count(loads[0]?.inputs.length ?? 0)} inputs, alone and packed, under ${faults.length} faults: ${count(pairs)} pairs, ${count(events)} events; ` +
    `faults met ${count(met)} times; ${count(broughtBack)} lines brought back from the error prefix.`
  );
}

export const badInputsMeetFaults: Claim = {
  id: 'bad-inputs-meet-faults',
  says: 'Whatever goes wrong while it arrives, each bad input is found in quarantine with its bytes and its reason, and its neighbours are accepted once.',
  prove: async (scale) => {
    const said = await ofEachForm((form) => {
      const faults = FAULTS[form].filter(({ id }) => scale === 'full' || QUICK[form].includes(id));
      const loads = LOADS[scale].map((load) => ({ ...load, inputs: ofForm(form, load.inputs) }));
      return meet(faults, loads, { form });
    });
    return `${said} Beyond the runtime: ${GAPS.map(({ id, why }) => `${id}, ${why}`).join('; ')}.`;
  },
};
