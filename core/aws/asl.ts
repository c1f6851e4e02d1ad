/** A state of the Amazon States Language. @see https://states-language.net/spec.html */
export type State = Readonly<Record<string, unknown>> & { readonly Type: string };

/** A state machine, a branch, or what a Map runs for each item. */
export interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A whole definition. */
export interface StateMachineDefinition extends States {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
}

/**
 * A JSONata expression as the field of a state, on one line. Step Functions runs JSONata 2.0.6: `??` and `?:` came later.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const query = (expression: string): string => `{% ${expression.replaceAll(/\s+/g, ' ').trim()} %}`;

/** A text as JSONata writes it. */
export const literal = (text: string): string => JSON.stringify(text);

/** What any task may meet and get over: throttles, faults of the service, a lost answer. Jitter, because a thousand ask at once. */
export const RETRY = [
  {
    ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxAttempts: 4,
    JitterStrategy: 'FULL',
  },
] as const;

/** What went wrong, as one short line: each of many items may bring one into a result of 256 KiB. */
export const ERROR_LINE = '$substring($states.errorOutput.Error & ": " & $string($states.errorOutput.Cause), 0, 200)';

export const choose = (choices: readonly (readonly [condition: string, next: string])[], otherwise: string): State => ({
  Type: 'Choice',
  Choices: choices.map(([condition, next]) => ({ Condition: query(condition), Next: next })),
  Default: otherwise,
});
