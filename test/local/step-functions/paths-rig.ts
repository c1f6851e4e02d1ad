import { pass, states, type Answer, type RigOptions } from './rig.ts';

/** A definition in JSONPath that begins with its first state. */
export const byPaths = (all: Readonly<Record<string, Answer>>, rest: object = {}): Answer => ({
  StartAt: Object.keys(all)[0],
  States: all,
  ...rest,
});

/** A distributed Map that hands each item on. */
export const distributed = (rest: object): Answer => ({
  Type: 'Map',
  End: true,
  ...rest,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'Item',
    States: { Item: pass() },
  },
});

/** Runs one state in JSONPath: the output, or the failure. */
export async function runState(state: object, input: unknown = {}, options: RigOptions = {}): Promise<unknown> {
  const outcome = await states(byPaths({ S: { ...state, ...(!('Type' in state) && { Type: 'Pass' }), End: true } }), options).run(
    input,
  );
  return outcome.status === 'SUCCEEDED' ? outcome.output : { error: outcome.error, cause: outcome.cause };
}

/** What a template comes to. */
export async function filled(template: object, input: unknown = {}): Promise<unknown> {
  return runState({ Parameters: template }, input);
}

/** A failure in AWS's words, of the state that {@link runState} runs. */
export const failed = (said: string, error = 'States.Runtime') => ({
  error,
  cause: `An error occurred while executing the state 'S' (entered at the event id #2). ${said}`,
});
