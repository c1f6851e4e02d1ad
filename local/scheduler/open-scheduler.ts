import type { SimulatedClock } from '../clock.ts';
import type { Sessions } from '../iam/index.ts';
import { ServiceError, type Caller, type Log } from '../service.ts';
import { callTarget, type CallParts } from './call-target.ts';
import { Scheduler } from './scheduler.ts';

export interface OpenSchedulerParts extends Omit<CallParts, 'assume' | 'now'> {
  readonly clock: SimulatedClock;
  readonly onLog: Log;
  readonly sessions: Sessions;
}

/** Makes the service, which takes a target's role for schedules of a group: that is the source that trust policies may ask for. */
export function openScheduler({ sessions, ...parts }: OpenSchedulerParts): Scheduler {
  const { accountId, clock } = parts;
  const assume = (roleArn: string, groupArn: string): Caller =>
    sessions.sessionFor({
      roleArn,
      service: 'scheduler.amazonaws.com',
      context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': groupArn },
    });
  const trusts = (roleArn: string, groupArn: string): boolean => {
    try {
      return assume(roleArn, groupArn).accountId === accountId;
    } catch (error) {
      if (error instanceof ServiceError) return false;
      throw error;
    }
  };
  return new Scheduler({ ...parts, trusts, call: callTarget({ ...parts, now: () => clock.now(), assume }) });
}
