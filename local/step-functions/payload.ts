import { isTooDeep } from './depth.ts';
import { StatesError } from './states-error.ts';

/** Bytes of an input, an output, a result or a variable. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const LARGEST_PAYLOAD = 262_144;

function bytesOf(value: unknown): number {
  if (isTooDeep(value)) throw new StatesError('States.Runtime', 'JSON is nested too deeply.');
  return Buffer.byteLength(JSON.stringify(value));
}

/** @param from The state, or the service that a task calls @throws StatesError States.DataLimitExceeded */
export function checkResult(value: unknown, from: string): void {
  if (bytesOf(value) <= LARGEST_PAYLOAD) return;
  throw new StatesError(
    'States.DataLimitExceeded',
    `The state/task '${from}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** @throws StatesError States.DataLimitExceeded */
export function checkPayload(value: unknown, what: string): void {
  const bytes = bytesOf(value);
  if (bytes <= LARGEST_PAYLOAD) return;
  throw new StatesError(
    'States.DataLimitExceeded',
    `${what} has ${bytes} bytes, more than the ${LARGEST_PAYLOAD} that Step Functions takes from one state to another.`,
  );
}
