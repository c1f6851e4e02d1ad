import type { Members } from '../../input.ts';
import type { Caller } from '../../service.ts';
import { missing } from '../errors.ts';
import type { Queue } from '../queue.ts';
import type { Queues } from '../queues.ts';

/** A text that must be there, and not be empty. @throws ServiceError MissingRequiredParameterException */
export function required(input: Members, name: string): string {
  const text = input.optionalText(name) ?? '';
  if (text === '') throw missing(name);
  return text;
}

/** The queue that a request names, for a caller who may do this with it. @throws ServiceError QueueDoesNotExist, AccessDeniedException */
export function queueOf(queues: Queues, input: Members, caller: Caller, action?: string): Queue {
  const queue = queues.byUrl(required(input, 'QueueUrl'));
  if (action !== undefined) queues.check(caller, action, queue.arn);
  return queue;
}
