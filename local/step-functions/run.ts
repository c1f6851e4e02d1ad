import type { SimulatedClock } from '../clock.ts';
import type { Catcher, ChoiceState, Exit, Machine, MapState, ParallelState, State, TaskState, WaitState } from './definition.ts';
import type { Template } from './expressions.ts';
import { countOf, unexpected, unfit, valueOf } from './fields.ts';
import { data, type Trail } from './history.ts';
import { MapRun } from './map-state.ts';
import { checkPayload, checkResult } from './payload.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError, matches } from './states-error.ts';
import { beside, Ended, OutOfTime, type Step, type Strand, type Variables } from './strand.ts';
import { callTask } from './task-state.ts';
import { timeOf } from './timestamp.ts';

interface Left {
  readonly output: unknown;
  readonly assigned: Variables;
  readonly next: string | undefined;
}

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
      const entrance = strand.trail.enter(state.type, {
        stateEnteredEventDetails: { name, ...data('input', value) },
      });
      const within = inState(strand, name, this.parts.clock);
      const left = await this.step({ name, state, input: value, variables, strand: within, entrance });
      if (strand.ended()) throw new Ended();
      checkResult(left.output, name);
      for (const [variable, assigned] of Object.entries(left.assigned)) checkPayload(assigned, `The variable '${variable}'`);
      strand.trail.exit(state.type, {
        stateExitedEventDetails: {
          name,
          ...data('output', left.output),
          ...(Object.keys(left.assigned).length > 0 && {
            assignedVariables: texts(left.assigned),
            assignedVariablesDetails: { truncated: false },
          }),
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
        const said = async (template: Template, field: string) =>
          template === undefined ? undefined : text(await this.evaluate(step, template, {}, field));
        throw new StatesError(await said(state.error, 'Error'), await said(state.cause, 'Cause'));
      }
      case 'Choice':
        return this.choose(step, state);
      case 'Task':
        return this.trying({ ...step, state }, (each) => callTask(each, this.parts));
      case 'Parallel':
        return this.trying({ ...step, state }, (each) => this.parallel(each));
      case 'Map':
        return this.trying({ ...step, state }, (each) => new MapRun(each, this.parts, this.states.bind(this)).results());
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
      let ran = false;
      try {
        const result = await run(step);
        ran = true;
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
        if (!ran && state.type !== 'Task') step.strand.trail.add(`${state.type}StateFailed`);
        const catcher = state.catchers.find(({ errors }) => matches(errors, error));
        if (catcher === undefined) throw error;
        return this.caught(step, catcher, error);
      }
    }
  }

  private caught(step: Step, catcher: Catcher, { code, reason }: StatesError): Promise<Left> {
    const errorOutput = { ...(code !== undefined && { Error: code }), ...(reason !== undefined && { Cause: reason }) };
    return this.leave(step, catcher, errorOutput, { errorOutput });
  }

  private async leave(step: Step, exit: Exit, otherwise: unknown, states: object = {}): Promise<Left> {
    const output = 'output' in exit ? await this.evaluate(step, exit.output, states, 'Output') : otherwise;
    const assigned = 'assign' in exit ? ((await this.evaluate(step, exit.assign, states, 'Assign')) as Variables) : {};
    return { output, assigned, next: exit.next };
  }

  private async choose(step: Step, state: ChoiceState): Promise<Left> {
    for (const rule of state.rules) {
      const holds = await this.evaluate(step, rule.condition, {}, 'Choices/Condition');
      if (typeof holds !== 'boolean') throw unexpected(step, rule.condition, 'Choices/Condition', 'boolean', holds);
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
      const time = timeOf(timestamp);
      if (time === undefined) {
        throw unfit(
          step,
          `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
          'Timestamp',
        );
      }
      await this.sleep(step, Math.max(0, time - clock.now()));
      return;
    }
    await this.sleep(step, (await countOf(step, state.seconds, 'Seconds', clock.now())) * 1000);
  }

  private async parallel(step: Step<ParallelState>): Promise<unknown> {
    const { state, strand } = step;
    const input = 'arguments' in state ? await this.evaluate(step, state.arguments, {}, 'Arguments') : step.input;
    strand.trail.add('ParallelStateStarted');
    const results = await beside(
      this.parts.pace,
      strand,
      state.branches.map((branch) => (own) => this.states(branch, input, step.variables, own)),
      state.branches.length,
    );
    strand.trail.aside('ParallelStateSucceeded');
    return results;
  }

  /** @throws {@link OutOfTime} at the end of the execution's time, {@link Ended} */
  private async sleep({ strand }: Step, milliseconds: number): Promise<void> {
    const { clock, pace, deadline } = this.parts;
    const until = clock.now() + milliseconds;
    await pace.sleep(Math.min(until, deadline));
    if (strand.ended()) throw new Ended();
    if (until > deadline) throw new OutOfTime();
  }

  private evaluate(step: Step, template: Template, states: object, field: string): Promise<unknown> {
    return valueOf(step, template, field, this.parts.clock.now(), states);
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const texts = (values: Variables): Variables =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));

function inState(strand: Strand, name: string, clock: SimulatedClock): Strand {
  const state = { Name: name, EnteredTime: new Date(clock.now()).toISOString() };
  return { ...strand, context: { ...strand.context, State: state } };
}

function inTry(strand: Strand, retries: number): Strand {
  const { State } = strand.context;
  return { ...strand, context: { ...strand.context, State: { ...(State as object), RetryCount: retries } } };
}
