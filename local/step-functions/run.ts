import type { SimulatedClock } from '../clock.ts';
import type {
  Catcher,
  ChoiceState,
  Exit,
  Machine,
  MapState,
  Outcome,
  ParallelState,
  State,
  TaskState,
  WaitState,
} from './definition.ts';
import { Ending } from './ending.ts';
import { FieldFailure } from './field-failure.ts';
import { data, type Trail } from './history.ts';
import { mapResults } from './map-state.ts';
import { checkPayload, checkResult } from './payload.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError, matches } from './states-error.ts';
import { inWords } from './in-words.ts';
import { beside, Ended, OutOfTime, type Step, type Strand, type Variables } from './strand.ts';
import { callTask } from './task-state.ts';

/** Milliseconds: as many seconds as 31 bits count. */
const LONGEST_WAIT = (2 ** 31 - 1) * 1000;

interface Left {
  readonly output: unknown;
  readonly assigned: Variables;
  readonly next: string | undefined;
}

/**
 * Runs states of the States Language. Times pass on the simulated clock; what a task takes is none of it.
 *
 * @see https://states-language.net/spec.html
 */
export class Run {
  private readonly ending = new Ending();

  constructor(private readonly parts: RunParts) {}

  /** Lets nothing of it go further. */
  end(): void {
    this.ending.end();
  }

  /** @throws StatesError for what no state caught; {@link Ended} after {@link end} */
  start(machine: Machine, input: unknown, trail: Trail, ending = this.ending): Promise<unknown> {
    return this.states(machine, input, {}, { trail, context: this.parts.context, ending });
  }

  private async states(machine: Machine, input: unknown, outer: Variables, strand: Strand): Promise<unknown> {
    checkPayload(input, `The input of the state '${machine.startAt}'`);
    let variables = outer;
    let value = input;
    for (let name: string | undefined = machine.startAt; name !== undefined;) {
      const state: State | undefined = machine.states.get(name);
      if (state === undefined) throw new Error('a definition was read that names a state it does not hold');
      if (strand.ending.isOver()) throw new Ended();
      const entrance = strand.trail.enter(state.type, {
        stateEnteredEventDetails: { name, ...data('input', value) },
      });
      const within = inState(strand, name, this.parts.clock);
      const left = await this.enter({ name, state, input: value, given: value, variables, strand: within, entrance });
      if (strand.ending.isOver()) throw new Ended();
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

  private async enter(entered: Step<State>): Promise<Left> {
    const { state } = entered;
    if (state.type === 'Fail') {
      const now = this.parts.clock.now();
      throw new StatesError(await state.error?.(entered, now), await state.cause?.(entered, now));
    }
    const step = { ...entered, given: await state.given(entered, this.parts.clock.now()) };
    switch (state.type) {
      case 'Pass':
        return this.leave(step, state, { kind: 'input', value: await state.result(step, this.parts.clock.now()) });
      case 'Succeed':
        return this.leave(step, state, { kind: 'input', value: step.given });
      case 'Wait':
        await this.wait(step, state);
        return this.leave(step, state, { kind: 'input', value: step.given });
      case 'Choice':
        return this.choose(step, state);
      case 'Task':
        return this.trying({ ...step, state }, (each) => callTask(each, this.parts));
      case 'Parallel':
        return this.trying({ ...step, state }, (each) => this.parallel(each));
      case 'Map':
        return this.trying({ ...step, state }, (each) => mapResults(each, this.parts, this.states.bind(this)));
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
        return await this.leave(step, state, { kind: 'result', value: result });
      } catch (error) {
        if (!(error instanceof StatesError) || (error instanceof FieldFailure && error.isOf(step))) throw error;
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
    return this.leave(step, catcher, { kind: 'error', value: errorOutput });
  }

  private async leave(step: Step, { leave, next }: Exit, outcome: Outcome): Promise<Left> {
    return { ...(await leave(step, outcome, this.parts.clock.now())), next };
  }

  private async choose(step: Step, state: ChoiceState): Promise<Left> {
    const outcome: Outcome = { kind: 'input', value: step.given };
    for (const rule of state.rules) {
      if (await rule.holds(step, this.parts.clock.now())) return this.leave(step, rule, outcome);
    }
    if (state.next !== undefined) return this.leave(step, state, outcome);
    const reason = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StatesError('States.Runtime', inWords(step, reason));
  }

  private async wait(step: Step, state: WaitState): Promise<void> {
    const { clock } = this.parts;
    const milliseconds = Math.max(0, (await state.until(step, clock.now())) - clock.now());
    if (milliseconds > LONGEST_WAIT) throw new StatesError('States.Runtime', inWords(step, 'Wait state delay is too long.'));
    await this.sleep(step, milliseconds);
  }

  private async parallel(step: Step<ParallelState>): Promise<unknown> {
    const { state, strand } = step;
    const input = await state.arguments(step, this.parts.clock.now());
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
    await this.parts.settled();
    await pace.sleep(Math.min(until, deadline));
    if (strand.ending.isOver()) throw new Ended();
    if (until > deadline) throw new OutOfTime();
  }
}

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
