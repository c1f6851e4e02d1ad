import type { Machine, MapState, ResultWriter } from './definition.ts';
import { batchesOf } from './item-batcher.ts';
import { readItems } from './item-reader.ts';
import { checkPayload } from './payload.ts';
import { written } from './result-writer.ts';
import type { ChildRun, RunParts } from './run-parts.ts';
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

/** What becomes of results where nothing is said. */
const HANDED_ON: ResultWriter = { transformation: 'COMPACT', lines: false };
const isRun = (run: ChildRun | undefined): run is ChildRun => run !== undefined;

/** What of a run may fail. */
interface Thresholds {
  readonly failures: number | undefined;
  readonly percentage: number | undefined;
}

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
    const items = state.reader === undefined ? await state.items(step, now) : [];
    checkPayload(items, `The items of the state '${step.name}'`);
    const asked = await state.maxConcurrency?.(step, now);
    strand.trail.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    const results = state.distributed
      ? await this.children(items, asked || DISTRIBUTED_CONCURRENCY)
      : await this.iterations(
          items.length,
          (index, own) => this.itemInput(items[index], index, own),
          asked || INLINE_CONCURRENCY,
        );
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
  private async children(given: readonly unknown[], concurrency: number): Promise<unknown> {
    const { step, now } = this;
    const { label, reader } = step.state;
    const most = (await reader?.maxItems?.(step, now)) ?? 0;
    const thresholds = await this.thresholds();
    const mapRunArn = this.parts.mapRunArn(label);
    step.strand.trail.add('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
    return this.orRunFailed(async () => {
      const items = reader === undefined ? given : await readItems(step, reader, most, this.parts);
      const runs: ChildRun[] = [];
      const writer = step.state.writer ?? HANDED_ON;
      const result = () => written(step, writer, mapRunArn, runs.filter(isRun), this.parts);
      try {
        await this.run(await this.batched(items), concurrency, thresholds, runs);
      } catch (error) {
        if (error instanceof StatesError) await result();
        throw error;
      }
      return result();
    });
  }

  /** What the children are given, by its place. */
  private async batched(items: readonly unknown[]): Promise<{ readonly count: number; readonly inputOf: InputOf }> {
    const { step, now } = this;
    const inputOf: InputOf = (index, own) => this.itemInput(items[index], index, own);
    if (step.state.batcher === undefined) return { count: items.length, inputOf };
    const inputs: unknown[] = [];
    for (const index of items.keys()) inputs.push((await inputOf(index, step.strand)).input);
    const batches = await batchesOf(step, step.state.batcher, inputs, now);
    return { count: batches.length, inputOf: async (index, own) => ({ input: batches[index], context: own.context }) };
  }

  /** @param runs By the place of their items, what became of those that ended @throws StatesError once more fail than may */
  private async run(
    { count, inputOf }: { readonly count: number; readonly inputOf: InputOf },
    concurrency: number,
    thresholds: Thresholds,
    runs: ChildRun[],
  ): Promise<void> {
    const { strand } = this.step;
    const tolerated = toleratedOf(thresholds, count);
    let failed = 0;
    const child =
      (index: number) =>
      async (own: Strand): Promise<void> => {
        if (await this.succeeds(index, inputOf, own, runs)) return;
        failed += 1;
        if (failed <= tolerated) return;
        throw new StatesError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
      };
    const lines = Array.from({ length: count }, (_, index) => child(index));
    await beside(this.parts.pace, strand, lines, concurrency);
  }

  private async succeeds(index: number, inputOf: InputOf, own: Strand, runs: ChildRun[]): Promise<boolean> {
    const { processor: machine, express, label } = this.step.state;
    try {
      const { input } = await inputOf(index, own);
      const run = await this.parts.runChild({ machine, input, express, label, ended: own.ended });
      runs[index] = run;
      return 'output' in run.outcome;
    } catch (error) {
      if (error instanceof StatesError) return false;
      throw error;
    }
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

  private async thresholds(): Promise<Thresholds> {
    const { step, now } = this;
    return {
      failures: await step.state.toleratedCount?.(step, now),
      percentage: await step.state.toleratedPercentage?.(step, now),
    };
  }
}

/** How many of `count` items may fail: of two thresholds the lower one. */
function toleratedOf({ failures, percentage }: Thresholds, count: number): number {
  const share = percentage === undefined ? undefined : (percentage / 100) * count;
  return failures === undefined ? (share ?? 0) : Math.min(failures, share ?? Infinity);
}
