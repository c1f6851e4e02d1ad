import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import type { ContractChange } from './change.ts';
import { judgeGate } from './gate.ts';
import { liveThrough } from './side-by-side.ts';

/** Events of each producer, twice in each stage of a deployment. */
const EVENTS = { quick: 4, full: 10 } as const satisfies Record<Scale, number>;
/** Findings that are told; their number tells the rest. */
const MOST_TOLD = 20;

interface LivedClaim extends Pick<Claim, 'id' | 'says'> {
  /** The first is what `quick` lives through. */
  readonly changes: readonly ContractChange[];
}

/** A claim over some changes of a contract: each is judged at the gate, and lived through; at `quick` the first alone. */
export const livedClaim = ({ id, says, changes }: LivedClaim): Claim => ({
  id,
  says,
  prove: async (scale) => {
    const findings = changes.flatMap(judgeGate);
    const lived = scale === 'quick' ? changes.slice(0, 1) : changes;
    const counted = { events: 0, rejected: 0, readings: 0 };
    for (const change of lived) {
      const { findings: found, events, rejected, readings, pairs } = await liveThrough(change, { events: EVENTS[scale] });
      findings.push(...found);
      if (pairs < 2 + change.steps.length) findings.push(`${change.id}: only ${pairs} pairs of a producer and a judge were seen`);
      counted.events += events;
      counted.rejected += rejected;
      counted.readings += readings;
    }
    if (findings.length > MOST_TOLD)
      throw new ClaimFails([...findings.slice(0, MOST_TOLD), `and ${findings.length - MOST_TOLD} more`]);
    if (findings.length > 0) throw new ClaimFails(findings);
    return `${changes.length} changes judged, ${lived.length} lived through: ${counted.events} events, ${counted.rejected} of them quarantined, in ${counted.readings} readings`;
  },
});
