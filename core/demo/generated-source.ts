import type { DatasetContract } from '../contract/model.ts';
import { compileContract } from '../record/compiled-contract.ts';
import { eventJudge } from '../record/judge-event.ts';
import { NO_SECRET } from '../record/protect.ts';
import { CannotMakeUp, noEvents } from './cannot-make-up.ts';
import type { DemoBatch, DemoDay, DemoOptions, DemoSource } from './demo-source.ts';
import { Draw } from './draw.ts';
import { idsOf, type Ids } from './made-up-ids.ts';
import { madeUpValue } from './made-up-value.ts';

const DAY_MS = 86_400_000;
const UPLOAD_AFTER_MS = 5 * 60_000;
const DAYS = 3;
/** Events that are judged before any is put. */
const TRIALS = 20;

/** Seeded events from contracts alone: for a project that brings no sample of its own. */
export class GeneratedSource implements DemoSource {
  /** Datasets that no events can be made up for, and why; the others have theirs. */
  readonly leftOut: readonly CannotMakeUp[];
  private readonly made: readonly MadeUpDataset[];

  /** @param startsAt Milliseconds since the epoch, at a midnight UTC */
  constructor(
    datasets: readonly DatasetContract[],
    private readonly options: DemoOptions,
    readonly startsAt: number = Date.UTC(2026, 0, 1),
  ) {
    const tried = datasets.map((dataset) => tryOut(dataset, options, startsAt));
    this.made = tried.filter((result) => result instanceof MadeUpDataset);
    this.leftOut = tried.filter((result) => result instanceof CannotMakeUp);
  }

  /** Datasets of which fewer events are made than were asked for: not as many can have an id of their own. */
  get fewer(): readonly FewerEvents[] {
    return this.made.flatMap(({ dataset, count }) => (count < this.options.rows ? [{ dataset, count }] : []));
  }

  async *days(): AsyncIterable<DemoDay> {
    for (let day = 0; day < DAYS; day += 1) {
      const midnight = this.startsAt + day * DAY_MS;
      const batches = this.made.map((made, index): DemoBatch => {
        const perDay = Math.ceil(made.count / DAYS);
        const first = day * perDay;
        const count = Math.min(perDay, made.count - first);
        const events = Array.from({ length: Math.max(0, count) }, (_, n) => made.event(first + n, midnight));
        return { domain: made.dataset.domain, dataset: made.dataset.name, packed: index % 2 === 0, events };
      });
      yield { uploadAt: midnight + DAY_MS + UPLOAD_AFTER_MS, batches };
    }
  }
}

export interface FewerEvents {
  readonly dataset: DatasetContract;
  readonly count: number;
}

/** One dataset's events. */
class MadeUpDataset {
  readonly count: number;
  private readonly ids: Ids;

  constructor(
    readonly dataset: DatasetContract,
    private readonly options: DemoOptions,
  ) {
    this.ids = idsOf(dataset, options.rows);
    this.count = Math.min(options.rows, this.ids.size);
  }

  /** @param serial Number of the event, from 0: what makes its id its own */
  event(serial: number, midnight: number): string {
    const { dataset, options } = this;
    const draw = new Draw(`${options.seed}/${dataset.domain}/${dataset.name}/${serial}`);
    const id = this.ids.at(serial);
    const fields = dataset.columns.flatMap((column) => {
      const own = id.get(column.name);
      if (own === undefined && !column.required && draw.next(5) === 0) return [];
      return [`${JSON.stringify(column.name)}:${own ?? madeUpValue(dataset, column, column.type, draw, midnight)}`];
    });
    return `{${fields.join(',')}}`;
  }
}

/** What makes up a dataset's events, or why nothing can: the contract's own judge looks at some before any is put. */
function tryOut(dataset: DatasetContract, options: DemoOptions, midnight: number): MadeUpDataset | CannotMakeUp {
  try {
    const made = new MadeUpDataset(dataset, options);
    const judge = eventJudge(compileContract(dataset), NO_SECRET);
    for (let serial = 0; serial < Math.min(made.count, TRIALS); serial += 1) {
      const verdict = judge(made.event(serial, midnight), midnight + DAY_MS + UPLOAD_AFTER_MS);
      if (!verdict.accepted) return noEvents(dataset, verdict.reason, verdict.columns);
    }
    return made;
  } catch (error) {
    if (error instanceof CannotMakeUp) return error;
    throw error;
  }
}
