import { EvaluationError, evaluate, soleExpression, type Template } from './expressions.ts';
import { inWords } from '../in-words.ts';
import { StatesError } from '../states-error.ts';
import type { Step } from '../strand.ts';

const CODE = 'States.QueryEvaluationError';

/**
 * What a field of a state comes to, at `now` of the simulated clock.
 *
 * @param states What `$states` holds beside input and context
 * @throws StatesError States.QueryEvaluationError
 */
export async function valueOf(step: Step, template: Template, field: string, now: number, states: object = {}): Promise<unknown> {
  const { input, variables, strand } = step;
  try {
    return await evaluate(template, { ...variables, states: { input, context: strand.context, ...states } }, now, field);
  } catch (error) {
    if (error instanceof EvaluationError) throw withoutValue(step, error.message, error.location);
    throw error;
  }
}

/** The failure of an expression whose value has another type than the field takes. */
export function unexpected(step: Step, template: Template, field: string, expected: string, value: unknown): StatesError {
  const [type, text] = [value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value, JSON.stringify(value)];
  const outcome = `returned an unexpected result type. Expected '${expected}', but was '${type}' for value: ${text}`;
  return withoutValue(step, new EvaluationError(soleExpression(template) ?? text, field, outcome).message, field);
}

/** The failure of a state that has not come to a value: in the history it takes the place of the state's entrance. */
export function withoutValue(step: Step, said: string, location?: string): StatesError {
  const { error, details } = failureOf(step, said, location);
  step.strand.trail.inPlaceOf(step.entrance, 'EvaluationFailed', details);
  return error;
}

/** The failure of a state that can do nothing with a value. */
export function unfit(step: Step, said: string, location: string): StatesError {
  const { error, details } = failureOf(step, said, location);
  step.strand.trail.add('EvaluationFailed', details);
  return error;
}

function failureOf(step: Step, said: string, location: string | undefined) {
  const cause = inWords(step, said);
  const failure = { error: CODE, cause, ...(location !== undefined && { location }), state: step.name };
  return { error: new StatesError(CODE, cause), details: { evaluationFailedEventDetails: failure } };
}

/** A whole number from 0. @throws StatesError States.QueryEvaluationError */
export function countOf(step: Step, template: Template, field: string, now: number): Promise<number> {
  return numberOf(step, template, field, now, { allowed: Number.isInteger, rule: 'a whole number from 0' });
}

/** A number from 0 that is `allowed`. @throws StatesError States.QueryEvaluationError */
export async function numberOf(
  step: Step,
  template: Template,
  field: string,
  now: number,
  { allowed, rule }: { readonly allowed: (value: number) => boolean; readonly rule: string },
): Promise<number> {
  const value = await valueOf(step, template, field, now);
  if (typeof value !== 'number') throw unexpected(step, template, field, 'number', value);
  if (value >= 0 && allowed(value)) return value;
  throw unfit(step, `The ${field} must be ${rule}, got ${value}.`, field);
}
