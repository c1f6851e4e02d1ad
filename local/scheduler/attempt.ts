import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ServiceError } from '../service.ts';

/** A call of a schedule's target that is under way, or waits to be tried again. */
export const ATTEMPT = z.object({
  schedule: z.string(),
  /** When the schedule was due: milliseconds since the epoch, simulated. */
  due: z.number(),
  /** From 1 on. */
  number: z.number(),
  /** When the first attempt was made. */
  since: z.number(),
  /** When this one is. */
  time: z.number(),
});
export type Attempt = Readonly<z.infer<typeof ATTEMPT>>;

const MINUTE = 60_000;
const LONGEST_WAIT = 60 * MINUTE;
/** What may go another time. */
const PASSING = /Throttl|ThroughputExceeded|TooManyRequests|LimitExceeded|ServiceUnavailable|InternalFailure/;

const THROTTLING = /Throttl|ThroughputExceeded|TooManyRequests/;

export const isThrottling = ({ code }: ServiceError): boolean => THROTTLING.test(code);
export const isPassing = ({ code, status }: ServiceError): boolean =>
  PASSING.test(code) || (status >= 500 && code !== 'NotImplemented');

/** The attempt after one that failed: a minute later, and twice as long each time, up to an hour. */
export function nextAttempt(attempt: Attempt, now: number): Attempt {
  const wait = Math.min(LONGEST_WAIT, MINUTE * 2 ** (attempt.number - 1));
  return { ...attempt, number: attempt.number + 1, time: now + wait };
}

/** Tells an attempt from every other one. */
export const executionId = (): string => randomBytes(8).toString('hex');

export const timeOf = (due: number): string => new Date(due).toISOString().replace(/\.\d+Z$/, 'Z');

/** What a target is told: its input with values for the service's keywords, or a notice of the schedule. */
export function inputOf(
  input: string | undefined,
  { schedule, due, number }: Attempt,
  id: string,
  place: { readonly accountId: string; readonly region: string },
): string {
  const time = timeOf(due);
  const values: ReadonlyMap<string, string> = new Map(
    Object.entries({
      'schedule-arn': schedule,
      'scheduled-time': time,
      'execution-id': id,
      'attempt-number': String(number),
    }),
  );
  if (input !== undefined)
    return input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (keyword, name: string) => values.get(name) ?? keyword);
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: place.accountId,
    time,
    region: place.region,
    resources: [schedule],
    detail: '{}',
  });
}
