import { textAttributes, wireCode } from '../eventbridge/dead-letter.ts';
import type { DeadLetter } from '../eventbridge/event-bus.ts';
import type { Exhausted } from '../eventbridge/retry-policy.ts';
import type { ServiceError } from '../service.ts';
import { timeOf, type Attempt } from './attempt.ts';
import { requestTo } from './request-to.ts';
import type { ScheduleTarget } from './settings.ts';

/** An attempt after which there is no other. */
export interface Undelivered {
  readonly attempt: Attempt;
  readonly executionId: string;
  readonly input: string;
  readonly error: ServiceError;
  /** @default - the error is none that passes */
  readonly exhausted?: Exhausted | undefined;
}

/**
 * What a dead-letter queue gets of a schedule: the request that failed, and why it did.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html#configuring-schedule-dlq-dead-letter-event
 */
export function deadLetter(
  target: ScheduleTarget,
  { attempt: { schedule, due, number }, executionId, input, error, exhausted }: Undelivered,
): DeadLetter {
  const { action, request } = requestTo(target, input);
  return {
    body: request,
    attributes: textAttributes({
      ERROR_CODE: wireCode(action.slice(0, action.indexOf(':')), error),
      ERROR_MESSAGE: error.message,
      EXECUTION_ID: executionId,
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: String(number - 1),
      SCHEDULED_TIME: timeOf(due),
      SCHEDULE_ARN: schedule,
      TARGET_ARN: `arn:aws:scheduler:::aws-sdk:${action}`,
    }),
  };
}
