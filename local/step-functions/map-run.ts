import type { MapState, ResultWriter } from './definition.ts';
import { FieldFailure } from './field-failure.ts';
import { batchesOf, batchSizes, type BatchSizes } from './item-batcher.ts';
import { readItems } from './item-reader.ts';
import { mapItem } from './map-item.ts';
import { written } from './result-writer.ts';
import type { ChildRun, RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import { beside, type Step, type Strand } from './strand.ts';

/** What a distributed Map runs at once where it says nothing. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const CONCURRENCY = 10_000;

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

/** Runs the items of a distributed Map as executions of their own: they see nothing of the variables, and as many may fail as the state tolerates. */
export class MapRun {
  /** @param now When the state began: milliseconds since the epoch, simulated */
  constructor(
    private readonly step: Step<MapState>,
    private readonly parts: RunParts,
    private readonly now: number,
  ) {}

  /** @param given The items, where no reader tells them @param concurrency 0 or none: the default @throws StatesError */
  async results(given: readonly unknown[], concurrency: number | undefined): Promise<unknown> {
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
        await this.run(await this.lines(items, sizes), concurrency || CONCURRENCY, toleratedOf(thresholds, items.length), runs);
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
    if (sizes === undefined) return items.map((item, index) => ({ items: 1, inputOf: (own) => this.inputOf(item, index, own) }));
    const inputs: unknown[] = [];
    for (const [index, item] of items.entries()) inputs.push(await this.inputOf(item, index, strand));
    return batchesOf(sizes, inputs).map((batch) => ({ items: batch.Items.length, inputOf: async () => batch }));
  }

  private async inputOf(value: unknown, index: number, own: Strand): Promise<unknown> {
    const { input } = await mapItem(this.step, value, index, own, this.parts.clock.now());
    return input;
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
      const run = await this.parts.runChild({ machine, input: await inputOf(own), express, label, ending: own.ending });
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
