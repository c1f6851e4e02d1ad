import { StatesError } from './states-error.ts';

/** Bytes of an input, an output, a result or a variable. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const LARGEST_PAYLOAD = 262_144;

/** @throws StatesError States.DataLimitExceeded */
export function checkPayload(value: unknown, what: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= LARGEST_PAYLOAD) return;
  throw new StatesError(
    'States.DataLimitExceeded',
    `${what} has ${bytes} bytes, more than the ${LARGEST_PAYLOAD} that Step Functions takes from one state to another.`,
  );
}
