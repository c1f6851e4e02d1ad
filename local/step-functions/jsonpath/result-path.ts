import { isRecord } from '../../input.ts';
import { Fault } from './fault.ts';
import type { Query } from './query.ts';

/**
 * An input in which a value stands at a path.
 *
 * @throws Fault States.ResultPathMatchFailure
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html
 */
export function placed(input: unknown, path: Query, value: unknown): unknown {
  const refuse = () =>
    new Fault(`Unable to apply ReferencePath ${path.text} to input ${JSON.stringify(input)}`, 'States.ResultPathMatchFailure');
  const put = (within: unknown, [step, ...rest]: readonly (string | number)[]): unknown => {
    if (step === undefined) return value;
    if (typeof step === 'number') {
      if (!Array.isArray(within) || !(step in within)) throw refuse();
      return within.with(step, put(within[step], rest));
    }
    if (within !== undefined && !isRecord(within)) throw refuse();
    return { ...within, [step]: put(within !== undefined && Object.hasOwn(within, step) ? within[step] : undefined, rest) };
  };
  return put(input, path.steps);
}
