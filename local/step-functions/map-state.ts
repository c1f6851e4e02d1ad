import type { Machine, MapState, ResultWriter } from './definition.ts';
import { FieldFailure } from './field-failure.ts';
import { batchesOf, batchSizes, type BatchSizes } from './item-batcher.ts';
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

/** A child that will be. */
interface Line {
  /** How many items it is given. */
  readonly items: number;
  readonly inputOf: (own: Strand) => Promise<unknown>;
}

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
    const { batcher, label, reader, writer = HANDED_ON } = step.state;
    const asked = await reader?.parameters(step, now);
    const most = (await reader?.maxItems?.(step, now)) ?? 0;
    const sizes = batcher && (await batchSizes(step, batcher, now));
    const thresholds = await this.thresholds();
    const mapRunArn = this.parts.mapRunArn(label);
    step.strand.trail.add('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
    return this.orRunFailed(async () => {
      const items = reader === undefined ? given : readItems(reader, asked, most, this.parts.mapStorage);
      const runs: ChildRun[] = [];
      const result = () => written(step, writer, mapRunArn, runs.filter(isRun), this.parts);
      try {
        await this.run(await this.lines(items, sizes), concurrency, toleratedOf(thresholds, items.length), runs);
      } catch (error) {
        if (error instanceof StatesError && !this.isOwn(error)) await result();
        throw error;
      }
      return result();
    });
  }

  /** What each child is given, and of how many items. */
  private async lines(items: readonly unknown[], sizes: BatchSizes | undefined): Promise<readonly Line[]> {
    const { strand } = this.step;
    if (sizes === undefined)
      return items.map((item, index) => ({ items: 1, inputOf: async (own) => (await this.itemInput(item, index, own)).input }));
    const inputs: unknown[] = [];
    for (const [index, item] of items.entries()) inputs.push((await this.itemInput(item, index, strand)).input);
    return batchesOf(sizes, inputs).map((batch) => ({ items: batch.Items.length, inputOf: async () => batch }));
  }

  /** @param runs By the place of their lines, what became of those that ended @throws StatesError once more items fail than may */
  private async run(lines: readonly Line[], concurrency: number, tolerated: number, runs: ChildRun[]): Promise<void> {
    const { pace } = this.parts;
    let failed = 0;
    const child =
      (line: Line, index: number) =>
      async (own: Strand): Promise<void> => {
        if (await this.succeeds(line, index, own, runs)) return;
        failed += line.items;
        if (failed <= tolerated) return;
        throw new StatesError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
      };
    await beside(pace, this.step.strand, lines.map(child), concurrency);
  }

  private async succeeds({ inputOf }: Line, index: number, own: Strand, runs: ChildRun[]): Promise<boolean> {
    const { processor: machine, express, label } = this.step.state;
    try {
      const run = await this.parts.runChild({ machine, input: await inputOf(own), express, label, ended: own.ended });
      runs[index] = run;
      return 'output' in run.outcome;
    } catch (error) {
      if (error instanceof StatesError && !this.isOwn(error)) return false;
      throw error;
    }
  }

  private isOwn(error: StatesError): boolean {
    return error instanceof FieldFailure && error.isOf(this.step);
  }

  private async orRunFailed<Results>(run: () => Promise<Results>): Promise<Results> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof StatesError && !this.isOwn(error))
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
