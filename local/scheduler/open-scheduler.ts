import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { ServiceError, type Log } from '../service.ts';
import { bury, callTarget, type CallParts } from './call-target.ts';
import { Scheduler } from './scheduler.ts';

export interface OpenSchedulerParts extends Omit<CallParts, 'now'> {
  readonly clock: SimulatedClock;
  readonly onLog: Log;
  readonly measure: Measure;
}

/** Makes the service, which takes a target's role for schedules of a group: that is the source that trust policies may ask for. */
export function openScheduler(parts: OpenSchedulerParts): Scheduler {
  const { accountId, clock, assume } = parts;
  const trusts = (roleArn: string, groupArn: string): boolean => {
    try {
      return assume(roleArn, groupArn).accountId === accountId;
    } catch (error) {
      if (error instanceof ServiceError) return false;
      throw error;
    }
  };
  return new Scheduler({
    ...parts,
    trusts,
    call: callTarget({ ...parts, now: () => clock.now() }),
    bury: bury(parts),
    isServed: (action) => parts.universal(action) !== undefined,
  });
}
