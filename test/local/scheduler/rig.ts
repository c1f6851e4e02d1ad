import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import type { DeadLetter } from '../../../local/eventbridge/event-bus.ts';
import { Members } from '../../../local/input.ts';
import { Scheduler } from '../../../local/scheduler/scheduler.ts';
import { SchedulerService } from '../../../local/scheduler/scheduler-service.ts';
import { readSchedule } from '../../../local/scheduler/settings.ts';
import type { ServiceError } from '../../../local/service.ts';
import { account, ACCOUNT } from '../iam/account.ts';

export const TARGET = 'arn:aws:lambda:us-east-1:123456789012:function:target';
const isServed = (action: string): boolean => action === 'sqs:sendMessage';
const folder = (): string => mkdtempSync(path.join(tmpdir(), 'schedules-'));

/** The service with a target that takes each call, or refuses it with what `refusals` has for it, in order. */
export function scheduler({
  now = '2026-01-01T00:00:00Z',
  refusals = [],
  trusted = () => true,
  state = folder(),
  buryingRefusal,
}: {
  now?: string | number;
  refusals?: readonly (ServiceError | undefined)[];
  trusted?: (groupArn: string) => boolean;
  state?: string;
  buryingRefusal?: ServiceError;
} = {}) {
  const clock = new SimulatedClock(new Date(now));
  const calls: { readonly at: string; readonly groupArn: string; readonly input: string }[] = [];
  const lines: string[] = [];
  const letters: DeadLetter[] = [];
  const measured: string[] = [];
  const left = [...refusals];
  const { iam, operator, role } = account();
  const service = new Scheduler({
    clock,
    accountId: ACCOUNT,
    region: 'us-east-1',
    onLog: ({ level, message }) => lines.push(`${level} ${message}`),
    trusts: (_role, groupArn) => trusted(groupArn),
    isServed,
    measure: (namespace, dimensions, values) =>
      measured.push([namespace, ...Object.values(dimensions), ...Object.keys(values)].join(' ')),
    bury: (_target, _groupArn, _queueArn, letter) => {
      if (buryingRefusal !== undefined) throw buryingRefusal;
      letters.push(letter);
    },
    call: async (_target, groupArn, input) => {
      calls.push({ at: new Date(clock.now()).toISOString(), groupArn, input });
      const refusal = left.shift();
      return refusal === undefined ? Promise.resolve() : Promise.reject(refusal);
    },
  });
  service.restore(state);
  const asked = new SchedulerService(service, iam);
  const create = (expression: string, rest: object = {}, target: object = {}, name = 'one') => {
    const properties = {
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: TARGET, RoleArn: 'arn:aws:iam::123456789012:role/role', ...target },
      ...rest,
    };
    return service.createSchedule(
      readSchedule(new Members(properties, (message) => new Error(message)), name, isServed),
      JSON.stringify(properties),
    );
  };
  /** When the target was called, after the clock has gone to a time. */
  const until = async (time: string): Promise<string[]> => {
    await clock.advanceTo(Date.parse(time));
    return calls.map(({ at }) => at.replace(':00.000Z', ''));
  };
  /** What another process finds, at a time or where this one left the clock. */
  const again = (at: string | number = clock.now()) => {
    service.stop();
    service.save(state);
    return scheduler({ now: at, state });
  };
  return { clock, calls, lines, letters, measured, service, asked, operator, role, create, until, again };
}
