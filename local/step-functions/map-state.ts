import type { Machine, MapState } from './definition.ts';
import { checkPayload } from './payload.ts';
import type { RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { beside, type Step, type Strand, type Variables } from './strand.ts';

/** What a Map runs at once where it says nothing. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const INLINE_CONCURRENCY = 40;
const DISTRIBUTED_CONCURRENCY = 10_000;

/** What an item is given, and the context in which it runs. */
interface Item {
  readonly input: unknown;
  readonly context: Variables;
}

type InputOf = (index: number, own: Strand) => Promise<Item>;

/** Runs the states of an item. */
type RunStates = (machine: Machine, input: unknown, variables: Variables, strand: Strand) => Promise<unknown>;

const isGiven = (threshold: number | undefined): threshold is number => threshold !== undefined;

/** Runs the items of a Map, in this execution or as executions of their own. */
export class MapRun {
  private readonly now: number;

  constructor(
    private readonly step: Step<MapState>,
    private readonly parts: RunParts,
    private readonly runStates: RunStates,
  ) {
    this.now = parts.clock.now();
  }

  /** @throws StatesError */
  async results(): Promise<unknown> {
    const { step, now } = this;
    const { state, strand } = step;
    const items = await state.items(step, now);
    checkPayload(items, `The items of the state '${step.name}'`);
    const asked = await state.maxConcurrency?.(step, now);
    strand.trail.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    const inputs = (index: number, own: Strand) => this.itemInput(items[index], index, own);
    const results = state.distributed
      ? await this.children(items.length, inputs, asked || DISTRIBUTED_CONCURRENCY)
      : await this.iterations(items.length, inputs, asked || INLINE_CONCURRENCY);
    strand.trail.asides(...(state.distributed ? ['MapRunSucceeded'] : []), 'MapStateSucceeded');
    return results;
  }

  private async itemInput(value: unknown, index: number, own: Strand): Promise<Item> {
    const { step } = this;
    const context = { ...step.strand.context, Map: { Item: { Index: index, Value: value } } };
    const { itemSelector } = step.state;
    if (itemSelector === undefined) return { input: value, context };
    return { input: await itemSelector({ ...step, strand: { ...own, context } }, this.parts.clock.now()), context };
  }

  private iterations(count: number, inputOf: InputOf, concurrency: number): Promise<unknown[]> {
    const { name, state, strand, variables } = this.step;
    const iterate =
      (index: number) =>
      async (own: Strand): Promise<unknown> => {
        const about = { name, index };
        own.trail.startIteration(about);
        try {
          const { input, context } = await inputOf(index, own);
          const result = await this.runStates(state.processor, input, variables, { ...own, context });
          own.trail.endIteration('Succeeded', about);
          return result;
        } catch (error) {
          if (error instanceof StatesError) own.trail.endIteration('Failed', about);
          throw error;
        }
      };
    return beside(
      this.parts.pace,
      strand,
      Array.from({ length: count }, (_, index) => iterate(index)),
      concurrency,
    );
  }

  /** Items as executions of their own: they see nothing of the variables, and as many may fail as the state tolerates. */
  private async children(count: number, inputOf: InputOf, concurrency: number): Promise<unknown[]> {
    const { state, strand } = this.step;
    const { label } = state;
    const tolerated = await this.tolerated(count);
    strand.trail.add('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: this.parts.mapRunArn(label) } });
    let failed = 0;
    const child =
      (index: number) =>
      async (own: Strand): Promise<{ readonly result?: unknown }> => {
        try {
          const { input } = await inputOf(index, own);
          const { processor: machine, express } = state;
          return { result: await this.parts.runChild({ machine, input, express, label, ended: own.ended }) };
        } catch (error) {
          if (!(error instanceof StatesError)) throw error;
          failed += 1;
          if (failed > tolerated) {
            throw new StatesError(
              'States.ExceedToleratedFailureThreshold',
              'The specified tolerated failure threshold was exceeded',
            );
          }
          return {};
        }
      };
    const results = await this.orRunFailed(() =>
      beside(
        this.parts.pace,
        strand,
        Array.from({ length: count }, (_, index) => child(index)),
        concurrency,
      ),
    );
    return results.flatMap((each) => ('result' in each ? [each.result] : []));
  }

  private async orRunFailed<Results>(run: () => Promise<Results>): Promise<Results> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof StatesError)
        this.step.strand.trail.add('MapRunFailed', {
          mapRunFailedEventDetails: error.said,
        });
      throw error;
    }
  }

  /** How many of `count` items may fail: of two thresholds the lower one. */
  private async tolerated(count: number): Promise<number> {
    const { step, now } = this;
    const { state } = step;
    const [failures, percentage] = [await state.toleratedCount?.(step, now), await state.toleratedPercentage?.(step, now)];
    const thresholds = [failures, percentage === undefined ? undefined : (percentage / 100) * count].filter(isGiven);
    return thresholds.length === 0 ? 0 : Math.min(...thresholds);
  }
}
