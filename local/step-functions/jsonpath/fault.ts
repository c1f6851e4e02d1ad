import { FieldFailure } from '../field-failure.ts';
import { StatesError } from '../states-error.ts';
import { inWords } from '../in-words.ts';
import type { Step } from '../strand.ts';

type Code = 'States.Runtime' | 'States.IntrinsicFailure' | 'States.ResultPathMatchFailure';

/** Why a field of a state comes to nothing. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly code: Code = 'States.Runtime',
  ) {
    super(message);
  }
}

/** Evaluates a field of a state. @throws StatesError for a Fault */
export function ofState<Value>(step: Step, evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const reason = inWords(step, error.message);
    throw error.code === 'States.Runtime' ? new FieldFailure(reason, step.entrance) : new StatesError(error.code, reason);
  }
}
