import type { SimulatedClock } from '../clock.ts';
import type { Catcher, ChoiceState, Exit, Machine, MapState, ParallelState, State, TaskState, WaitState } from './definition.ts';
import { evaluate, type Bindings, type Template } from './expressions.ts';
import { data, type Trail } from './history.ts';
import type { Pace } from './pace.ts';
import { checkPayload } from './payload.ts';
import { StatesError, matches } from './states-error.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What a task does: its service, with the rights of the state machine's role. */
export type RunTask = (resource: string, input: unknown) => Promise<unknown>;

/** One item of a distributed Map. */
export interface Child {
  readonly machine: Machine;
  readonly input: unknown;
  readonly express: boolean;
  /** Part of its ARN. */
  readonly label: string;
  /** Whether it is to go no further. */
  readonly ended: () => boolean;
}

/** Runs an item of a distributed Map as an execution of its own. */
export type RunChild = (child: Child) => Promise<unknown>;

export interface RunParts {
  readonly clock: SimulatedClock;
  readonly pace: Pace;
  readonly region: string;
  readonly runTask: RunTask;
  readonly runChild: RunChild;
  /** `$states.context` but for what the state adds. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, simulated: no wait goes beyond it. */
  readonly deadline: number;
}

/** Thrown through every state of a run that has ended, or of a branch whose neighbour failed: no Catch takes it. */
export class Ended extends Error {}

/** One line of states: the execution, a branch, or an item of a Map. */
interface Strand {
  readonly trail: Trail;
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether it is to go no further. */
  readonly ended: () => boolean;
}

/** A state that is being run. */
interface Step<Of extends State = State> {
  readonly name: string;
  readonly state: Of;
  readonly input: unknown;
  readonly variables: Variables;
  readonly strand: Strand;
}

interface Left {
  readonly output: unknown;
  readonly assigned: Variables;
  readonly next: string | undefined;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What a Map runs at once where it says nothing. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const INLINE_CONCURRENCY = 40;
const DISTRIBUTED_CONCURRENCY = 10_000;

/**
 * Runs states of the States Language in JSONata. Times pass on the simulated clock; what a task takes is none of it.
 *
 * @see https://states-language.net/spec.html
 */
export class Run {
  private isOver = false;

  constructor(private readonly parts: RunParts) {}

  /** Lets nothing of it go further. */
  end(): void {
    this.isOver = true;
  }

  /** @throws StatesError for what no state caught; {@link Ended} after {@link end} */
  start(machine: Machine, input: unknown, trail: Trail, ended = () => this.isOver): Promise<unknown> {
    return this.states(machine, input, {}, { trail, context: this.parts.context, ended });
  }

  private async states(machine: Machine, input: unknown, outer: Variables, strand: Strand): Promise<unknown> {
    checkPayload(input, `The input of the state '${machine.startAt}'`);
    let variables = outer;
    let value = input;
    for (let name: string | undefined = machine.startAt; name !== undefined;) {
      const state: State | undefined = machine.states.get(name);
      if (state === undefined) throw new Error('a definition was read that names a state it does not hold');
      if (strand.ended()) throw new Ended();
      strand.trail.add(`${state.type}StateEntered`, { stateEnteredEventDetails: { name, ...data('input', value) } });
      const left = await this.step({ name, state, input: value, variables, strand: inState(strand, name, this.parts.clock) });
      if (strand.ended()) throw new Ended();
      checkPayload(left.output, `The output of the state '${name}'`);
      for (const [variable, assigned] of Object.entries(left.assigned)) checkPayload(assigned, `The variable '${variable}'`);
      strand.trail.add(`${state.type}StateExited`, {
        stateExitedEventDetails: {
          name,
          ...data('output', left.output),
          ...(Object.keys(left.assigned).length > 0 && { assignedVariables: texts(left.assigned) }),
        },
      });
      variables = { ...variables, ...left.assigned };
      value = left.output;
      name = left.next;
    }
    return value;
  }

  private async step(step: Step): Promise<Left> {
    const { state } = step;
    switch (state.type) {
      case 'Pass':
      case 'Succeed':
        return this.leave(step, state, step.input);
      case 'Wait':
        await this.wait(step, state);
        return this.leave(step, state, step.input);
      case 'Fail': {
        const said = async (template: Template): Promise<string> => text(await this.evaluate(step, template, {}, 'Cause'));
        throw new StatesError(await said(state.error ?? ''), await said(state.cause ?? ''));
      }
      case 'Choice':
        return this.choose(step, state);
      case 'Task':
        return this.trying({ ...step, state }, (each) => this.task(each));
      case 'Parallel':
        return this.trying({ ...step, state }, (each) => this.parallel(each));
      case 'Map':
        return this.trying({ ...step, state }, (each) => this.map(each));
    }
  }

  /** Tries until it succeeds, or no retrier tries again; what then fails may be caught. */
  private async trying<Of extends TaskState | ParallelState | MapState>(
    first: Step<Of>,
    run: (step: Step<Of>) => Promise<unknown>,
  ): Promise<Left> {
    const { state } = first;
    const tried = new Map<object, number>();
    for (let retries = 0; ; retries++) {
      const step = { ...first, strand: inTry(first.strand, retries) };
      try {
        const result = await run(step);
        return await this.leave(step, state, result, { result });
      } catch (error) {
        if (!(error instanceof StatesError)) throw error;
        const retrier = state.retriers.find(({ errors }) => matches(errors, error));
        const before = retrier === undefined ? 0 : (tried.get(retrier) ?? 0);
        if (retrier !== undefined && before < retrier.maxAttempts) {
          tried.set(retrier, before + 1);
          const seconds = Math.min(retrier.interval * retrier.backoffRate ** before, retrier.maxDelaySeconds);
          await this.sleep(step, seconds * (retrier.jitter ? Math.random() : 1) * 1000);
          continue;
        }
        const catcher = state.catchers.find(({ errors }) => matches(errors, error));
        if (catcher === undefined) throw error;
        return this.caught(step, catcher, error);
      }
    }
  }

  private caught(step: Step, catcher: Catcher, { code, reason }: StatesError): Promise<Left> {
    const errorOutput = { Error: code, Cause: reason };
    return this.leave(step, catcher, errorOutput, { errorOutput });
  }

  private async leave(step: Step, exit: Exit, otherwise: unknown, states: object = {}): Promise<Left> {
    const [output, assigned] = await Promise.all([
      'output' in exit ? this.evaluate(step, exit.output, states, 'Output') : otherwise,
      'assign' in exit ? this.evaluate(step, exit.assign, states, 'Assign') : {},
    ]);
    return { output, assigned: assigned, next: exit.next };
  }

  private async choose(step: Step, state: ChoiceState): Promise<Left> {
    for (const rule of state.rules) {
      const holds = await this.evaluate(step, rule.condition, {}, 'Choices/Condition');
      if (typeof holds !== 'boolean') {
        throw new StatesError(
          'States.QueryEvaluationError',
          `The Condition of a rule of the state '${step.name}' must be true or false, got ${typeof holds}.`,
        );
      }
      if (holds) return this.leave(step, rule, step.input);
    }
    if (state.next === undefined)
      throw new StatesError('States.Runtime', `No rule of the state '${step.name}' matched, and it has no Default.`);
    return this.leave(step, state, step.input);
  }

  private async wait(step: Step, state: WaitState): Promise<void> {
    const { clock } = this.parts;
    if ('timestamp' in state) {
      const timestamp = text(await this.evaluate(step, state.timestamp, {}, 'Timestamp'));
      const time = TIMESTAMP.test(timestamp) ? Date.parse(timestamp) : NaN;
      if (Number.isNaN(time)) {
        throw new StatesError('States.QueryEvaluationError', `The Timestamp of the state '${step.name}' is no time.`);
      }
      await this.sleep(step, Math.max(0, time - clock.now()));
      return;
    }
    await this.sleep(step, (await this.count(step, state.seconds, 'Seconds')) * 1000);
  }

  private async task(step: Step<TaskState>): Promise<unknown> {
    const { state, strand } = step;
    const asked = 'arguments' in state ? await this.evaluate(step, state.arguments, {}, 'Arguments') : step.input;
    checkPayload(asked, `The input of the task '${step.name}'`);
    const limit = 'timeoutSeconds' in state ? await this.count(step, state.timeoutSeconds, 'TimeoutSeconds') : undefined;
    const about = aboutOf(state.resource);
    strand.trail.add('TaskScheduled', {
      taskScheduledEventDetails: {
        ...about,
        region: this.parts.region,
        parameters: JSON.stringify(asked),
        ...(limit !== undefined && { timeoutInSeconds: limit }),
      },
    });
    strand.trail.add('TaskStarted', { taskStartedEventDetails: about });
    try {
      const result = await this.parts.runTask(state.resource, asked);
      checkPayload(result, `The result of the task '${step.name}'`);
      if (strand.ended()) throw new Ended();
      strand.trail.add('TaskSucceeded', { taskSucceededEventDetails: { ...about, ...data('output', result) } });
      return result;
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      if (strand.ended()) throw new Ended();
      strand.trail.add('TaskFailed', { taskFailedEventDetails: { ...about, error: error.code, cause: error.reason } });
      throw error;
    }
  }

  private async parallel(step: Step<ParallelState>): Promise<unknown> {
    const { state, strand } = step;
    const input = 'arguments' in state ? await this.evaluate(step, state.arguments, {}, 'Arguments') : step.input;
    strand.trail.add('ParallelStateStarted');
    const results = await this.beside(
      strand,
      state.branches.map((branch) => (own) => this.states(branch, input, step.variables, own)),
      state.branches.length,
      'ParallelStateFailed',
    );
    strand.trail.add('ParallelStateSucceeded');
    return results;
  }

  private async map(step: Step<MapState>): Promise<unknown> {
    const { state, strand } = step;
    const items = 'items' in state ? await this.evaluate(step, state.items, {}, 'Items') : step.input;
    if (!Array.isArray(items)) {
      throw new StatesError(
        'States.QueryEvaluationError',
        `The Items of the state '${step.name}' must be an array, got ${typeof items}.`,
      );
    }
    checkPayload(items, `The items of the state '${step.name}'`);
    const asked = await this.count(step, state.maxConcurrency, 'MaxConcurrency');
    strand.trail.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    const inputs = (index: number) => this.itemInput(step, items[index], index);
    const results = state.distributed
      ? await this.children(step, items.length, inputs, asked || DISTRIBUTED_CONCURRENCY)
      : await this.iterations(step, items.length, inputs, asked || INLINE_CONCURRENCY);
    strand.trail.add('MapStateSucceeded');
    return results;
  }

  private async itemInput(step: Step<MapState>, value: unknown, index: number): Promise<{ input: unknown; context: Variables }> {
    const context = { ...step.strand.context, Map: { Item: { Index: index, Value: value } } };
    const { itemSelector } = step.state;
    const within = { ...step, strand: { ...step.strand, context } };
    return { input: itemSelector === undefined ? value : await this.evaluate(within, itemSelector, {}, 'ItemSelector'), context };
  }

  private iterations(
    step: Step<MapState>,
    count: number,
    inputOf: (index: number) => Promise<{ input: unknown; context: Variables }>,
    concurrency: number,
  ): Promise<unknown[]> {
    const { name, state, strand, variables } = step;
    const iterate =
      (index: number) =>
      async (own: Strand): Promise<unknown> => {
        const about = { name, index };
        own.trail.add('MapIterationStarted', { mapIterationStartedEventDetails: about });
        try {
          const { input, context } = await inputOf(index);
          const result = await this.states(state.processor, input, variables, { ...own, context });
          own.trail.add('MapIterationSucceeded', { mapIterationSucceededEventDetails: about });
          return result;
        } catch (error) {
          if (error instanceof StatesError) own.trail.add('MapIterationFailed', { mapIterationFailedEventDetails: about });
          throw error;
        }
      };
    return this.beside(
      strand,
      Array.from({ length: count }, (_, index) => iterate(index)),
      concurrency,
      'MapStateFailed',
    );
  }

  /** Items as executions of their own: they see nothing of the variables, and as many may fail as the state tolerates. */
  private async children(
    step: Step<MapState>,
    count: number,
    inputOf: (index: number) => Promise<{ input: unknown; context: Variables }>,
    concurrency: number,
  ): Promise<unknown[]> {
    const { state, strand } = step;
    strand.trail.add('MapRunStarted');
    const tolerated = await this.tolerated(step, count);
    let failed = 0;
    const child =
      (index: number) =>
      async (own: Strand): Promise<{ readonly result?: unknown }> => {
        try {
          const { input } = await inputOf(index);
          const { processor: machine, express, label } = state;
          return { result: await this.parts.runChild({ machine, input, express, label, ended: own.ended }) };
        } catch (error) {
          if (!(error instanceof StatesError)) throw error;
          failed += 1;
          if (failed > tolerated) {
            const reason = `The specified tolerated failure threshold was exceeded: ${failed} of ${count} items failed, the last with ${error.code}: ${error.reason}`;
            throw new StatesError('States.ExceedToleratedFailureThreshold', reason);
          }
          return {};
        }
      };
    const results = await this.beside(
      strand,
      Array.from({ length: count }, (_, index) => child(index)),
      concurrency,
      'MapRunFailed',
    );
    strand.trail.add('MapRunSucceeded');
    return results.flatMap((each) => ('result' in each ? [each.result] : []));
  }

  /** How many of `count` items may fail: of two thresholds the lower one. */
  private async tolerated(step: Step<MapState>, count: number): Promise<number> {
    const { state } = step;
    const thresholds: number[] = [];
    if ('toleratedCount' in state) thresholds.push(await this.count(step, state.toleratedCount, 'ToleratedFailureCount'));
    if ('toleratedPercentage' in state) {
      const share = (value: number): boolean => value <= 100;
      const percentage = await this.number(step, state.toleratedPercentage, 'ToleratedFailurePercentage', share);
      thresholds.push((percentage / 100) * count);
    }
    return thresholds.length === 0 ? 0 : Math.min(...thresholds);
  }

  /** Runs lines beside each other, so many at once: when one fails, the others go no further. */
  private async beside<Result>(
    strand: Strand,
    lines: readonly ((own: Strand) => Promise<Result>)[],
    concurrency: number,
    failure: string,
  ): Promise<Result[]> {
    let broken = false;
    const results: Result[] = [];
    const left = lines.entries();
    const own = (): Strand => ({ ...strand, trail: strand.trail.fork(), ended: () => broken || strand.ended() });
    const worker = async (): Promise<void> => {
      for (const [index, line] of left) {
        if (broken || strand.ended()) throw new Ended();
        try {
          results[index] = await line(own());
        } catch (error) {
          broken = true;
          throw error;
        }
      }
    };
    try {
      await this.parts.pace.fork(Array.from({ length: Math.min(concurrency, lines.length) }, () => worker));
      return results;
    } catch (error) {
      if (error instanceof StatesError) strand.trail.add(failure);
      throw error;
    }
  }

  /** @throws StatesError States.Timeout at the end of the execution's time */
  private async sleep({ strand }: Step, milliseconds: number): Promise<void> {
    const { clock, pace, deadline } = this.parts;
    const until = clock.now() + milliseconds;
    await pace.sleep(Math.min(until, deadline));
    if (strand.ended()) throw new Ended();
    if (until > deadline) throw new OutOfTime();
  }

  private count(step: Step, template: Template, field: string): Promise<number> {
    return this.number(step, template, field, Number.isInteger);
  }

  /** @throws StatesError for what is no number from 0 that is `allowed` */
  private async number(step: Step, template: Template, field: string, allowed: (value: number) => boolean): Promise<number> {
    const value = await this.evaluate(step, template, {}, field);
    if (typeof value === 'number' && value >= 0 && allowed(value)) return value;
    throw new StatesError(
      'States.QueryEvaluationError',
      `The ${field} of the state '${step.name}' must not be ${JSON.stringify(value)}.`,
    );
  }

  private evaluate(step: Step, template: Template, states: object, field: string): Promise<unknown> {
    const { input, variables, strand } = step;
    const bindings: Bindings = { ...variables, states: { input, context: strand.context, ...states } };
    return evaluate(template, bindings, this.parts.clock.now(), `${step.name}/${field}`);
  }
}

/** Thrown when the time of a whole execution is over: nothing in it can catch that. */
export class OutOfTime extends Ended {}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const texts = (values: Variables): Variables =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));

function inState(strand: Strand, name: string, clock: SimulatedClock): Strand {
  const state = { Name: name, EnteredTime: new Date(clock.now()).toISOString(), RetryCount: 0 };
  return { ...strand, context: { ...strand.context, State: state } };
}

function inTry(strand: Strand, retries: number): Strand {
  const { State } = strand.context;
  return { ...strand, context: { ...strand.context, State: { ...(State as object), RetryCount: retries } } };
}

/** `lambda:invoke` as events name it: by its service, and what is asked of it. */
function aboutOf(resource: string): { readonly resourceType: string; readonly resource: string } {
  const at = resource.lastIndexOf(':');
  return { resourceType: resource.slice(0, at), resource: resource.slice(at + 1) };
}
