import jsonata from 'jsonata';

/** What a task answers, or a `TaskError`. Time passes by `advance`. */
export type TaskHandler = (resource: string, input: never) => unknown;

export class TaskError extends Error {
  constructor(
    readonly code: string,
    override readonly cause: string,
  ) {
    super(`${code}: ${cause}`);
  }
}

/** Thrown by a task to end the whole child execution that called it, as five minutes end an Express one: nothing in it can catch that. */
export class OutOfTime extends Error {}

export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** Names of the states entered by the execution itself, its distributed children left out. */
  readonly path: readonly string[];
  /** Events of the execution itself, counted high: a Standard workflow ends at 25,000. */
  readonly events: number;
  /** Bytes of the largest input, output, result or variable. */
  readonly largestPayload: number;
}

interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}
interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}
type Variables = Readonly<Record<string, unknown>>;
interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
}
interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LARGEST_PAYLOAD = 262_144;
const MOST_EVENTS = 25_000;
/** Events of a state at most: entered, scheduled, started, succeeded, exited, and of a Map's iteration started and succeeded. */
const EVENTS_A_STATE = 7;
/** States that one scope enters at most before the run is called endless. */
const MOST_ENTERED = 5_000;

const compiled = new Map<string, ReturnType<typeof jsonata>>();

/**
 * Runs a state machine in JSONata on a clock of its own: Pass, Choice, Task, Wait, Map, Parallel, Succeed and Fail, with Assign, Output, Retry and Catch as
 * the States Language has them, and the limits of Step Functions. An expression without a value is an error, a distributed child sees no variable of its
 * parent. Iterations run one after another.
 *
 * @see https://states-language.net/spec.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export class StateMachineRun {
  private readonly path: string[] = [];
  private events = 0;
  private largestPayload = 0;

  constructor(
    private readonly definition: unknown,
    private readonly clock: { now: number },
    private readonly handler: TaskHandler,
  ) {}

  async start(input: unknown): Promise<Outcome> {
    const context = { Execution: { Name: 'run', Input: input } };
    const told = () => ({ path: this.path, events: this.events, largestPayload: this.largestPayload });
    try {
      const output = await this.states(this.definition as States, input, {}, context, 'execution');
      return { status: 'SUCCEEDED', output, ...told() };
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      return { status: 'FAILED', error: error.code, cause: error.cause, ...told() };
    }
  }

  private async states(
    machine: States,
    input: unknown,
    outer: Variables,
    context: object,
    of: 'execution' | 'child',
  ): Promise<unknown> {
    let variables = outer;
    let name: string | undefined = machine.StartAt;
    let value = input;
    let entered = 0;
    while (name !== undefined) {
      entered += 1;
      if (entered > MOST_ENTERED) throw new Error(`'${name}' goes round for ever`);
      const state: State | undefined = machine.States[name];
      if (state === undefined) throw new Error(`no state '${name}'`);
      if (of === 'execution') {
        this.path.push(name);
        this.events += EVENTS_A_STATE;
        if (this.events > MOST_EVENTS) throw new Error(`the history has more than ${MOST_EVENTS} events`);
      }
      this.weigh(name, value);
      const step = await this.step(name, state, value, variables, context, of);
      this.weigh(name, step.output);
      for (const [variable, assigned] of Object.entries(step.assigned)) this.weigh(`${name}.${variable}`, assigned);
      variables = { ...variables, ...step.assigned };
      value = step.output;
      name = step.next;
    }
    return value;
  }

  private async step(
    name: string,
    state: State,
    input: unknown,
    variables: Variables,
    context: object,
    of: 'execution' | 'child',
  ) {
    const states = { input, context };
    const evaluate = (template: unknown, more: object = {}) =>
      this.evaluate(template, { ...variables, states: { ...states, ...more } });
    const leave = async (fields: Readonly<Record<string, unknown>>, otherwise: unknown, more: object = {}) => ({
      output: 'Output' in fields ? await evaluate(fields.Output, more) : otherwise,
      assigned: ('Assign' in fields ? await evaluate(fields.Assign, more) : {}) as Variables,
      next: fields.Next as string | undefined,
    });
    const tries: number[] = [];
    for (;;) {
      try {
        switch (state.Type) {
          case 'Pass':
            return await leave(state, input);
          case 'Succeed':
            return { ...(await leave(state, input)), next: undefined };
          case 'Wait':
            this.clock.now += Number(await evaluate(state.Seconds)) * 1000;
            return await leave(state, input);
          case 'Fail':
            throw new TaskError(String(await evaluate(state.Error)), String(await evaluate(state.Cause)));
          case 'Choice': {
            for (const rule of state.Choices as Readonly<Record<string, unknown>>[]) {
              const holds = await evaluate(rule.Condition);
              if (typeof holds !== 'boolean')
                throw new TaskError('States.QueryEvaluationError', `${name}: a condition must be a boolean`);
              if (holds) return await leave(rule, input);
            }
            return { ...(await leave(state, input)), next: state.Default as string };
          }
          case 'Task': {
            const asked = await evaluate(state.Arguments);
            this.weigh(name, asked);
            const result = await this.handler(String(state.Resource).replace(/^.*:::/, ''), asked as never);
            this.weigh(name, result);
            return await leave(state, result, { result });
          }
          case 'Parallel': {
            const result: unknown[] = [];
            for (const branch of state.Branches as States[])
              result.push(await this.states(branch, input, variables, context, of));
            return await leave(state, result, { result });
          }
          case 'Map': {
            const result = await this.map(name, state, variables, states, of);
            return await leave(state, result, { result });
          }
          default:
            throw new Error(`no state type '${state.Type}'`);
        }
      } catch (error) {
        if (!(error instanceof TaskError)) throw error;
        if (this.mayRetry(state, error, tries)) continue;
        const catcher = ((state.Catch ?? []) as Catcher[]).find(({ ErrorEquals }) => matches(ErrorEquals, error.code));
        if (catcher === undefined) throw error;
        const errorOutput = { Error: error.code, Cause: error.cause };
        return leave({ ...catcher }, errorOutput, { errorOutput });
      }
    }
  }

  private async map(
    name: string,
    state: State,
    variables: Variables,
    states: { input: unknown; context: object },
    of: 'execution' | 'child',
  ) {
    const items = await this.evaluate(state.Items, { ...variables, states });
    if (!Array.isArray(items)) throw new TaskError('States.QueryEvaluationError', `${name}: Items must be an array`);
    this.weigh(name, items);
    const processor = state.ItemProcessor as States & { readonly ProcessorConfig: { readonly Mode: string } };
    const isDistributed = processor.ProcessorConfig.Mode === 'DISTRIBUTED';
    const results: unknown[] = [];
    let failed = 0;
    for (const [Index, Value] of items.entries()) {
      const context = { ...states.context, Map: { Item: { Index, Value: Value as unknown } } };
      const input = await this.evaluate(state.ItemSelector, { ...variables, states: { ...states, context } });
      try {
        results.push(
          await this.states(
            processor,
            input,
            isDistributed ? {} : variables,
            isDistributed ? {} : context,
            isDistributed ? 'child' : of,
          ),
        );
      } catch (error) {
        if (!isDistributed || !(error instanceof TaskError || error instanceof OutOfTime)) throw error;
        failed += 1;
      }
    }
    const tolerated = (state.ToleratedFailurePercentage ?? 0) as number;
    if (failed * 100 > tolerated * items.length)
      throw new TaskError('States.ExceedToleratedFailureThreshold', `${name}: ${failed} of ${items.length} children failed`);
    this.weigh(name, results);
    return results;
  }

  private mayRetry(state: State, error: TaskError, tries: number[]): boolean {
    const retriers = (state.Retry ?? []) as Retrier[];
    const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error.code));
    const retrier = retriers[index];
    const tried = tries[index] ?? 0;
    if (retrier === undefined || tried >= (retrier.MaxAttempts ?? 3)) return false;
    tries[index] = tried + 1;
    this.clock.now += (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** tried * 1000;
    return true;
  }

  private async evaluate(template: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (Array.isArray(template)) return Promise.all(template.map((item) => this.evaluate(item, bindings)));
    if (typeof template === 'object' && template !== null) {
      const entries = await Promise.all(
        Object.entries(template).map(async ([key, inner]) => [key, await this.evaluate(inner, bindings)] as const),
      );
      return Object.fromEntries(entries);
    }
    const expression = typeof template === 'string' ? /^\{%([^]*)%\}$/.exec(template)?.[1] : undefined;
    if (expression === undefined) return template;
    const program = compiled.get(expression) ?? jsonata(expression);
    compiled.set(expression, program);
    let value: unknown;
    try {
      value = await program.evaluate(undefined, { ...bindings, millis: () => this.clock.now });
    } catch (error) {
      throw new TaskError('States.QueryEvaluationError', `${(error as Error).message} in ${expression}`);
    }
    if (value === undefined) throw new TaskError('States.QueryEvaluationError', `no value in ${expression}`);
    return JSON.parse(JSON.stringify(value)) as unknown; // without the marks that JSONata leaves on its sequences
  }

  private weigh(where: string, value: unknown): void {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    this.largestPayload = Math.max(this.largestPayload, bytes);
    if (bytes > LARGEST_PAYLOAD) throw new Error(`${where}: ${bytes} bytes are over 256 KiB`);
  }
}

const matches = (names: readonly string[], code: string): boolean =>
  names.some((name) => name === code || name === 'States.ALL' || (name === 'States.TaskFailed' && code !== 'States.Timeout'));
