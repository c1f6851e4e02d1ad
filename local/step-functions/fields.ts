import { evaluate, type Template } from './expressions.ts';
import { StatesError } from './states-error.ts';
import type { Step } from './strand.ts';

/**
 * What a field of a state comes to, at `now` of the simulated clock.
 *
 * @param states What `$states` holds beside input and context
 * @throws StatesError States.QueryEvaluationError
 */
export function valueOf(step: Step, template: Template, field: string, now: number, states: object = {}): Promise<unknown> {
  const { name, input, variables, strand } = step;
  return evaluate(template, { ...variables, states: { input, context: strand.context, ...states } }, now, `${name}/${field}`);
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
  if (typeof value === 'number' && value >= 0 && allowed(value)) return value;
  throw new StatesError(
    'States.QueryEvaluationError',
    `The ${field} of the state '${step.name}' must be ${rule}, got ${typeof value === 'number' ? value : typeof value}.`,
  );
}
