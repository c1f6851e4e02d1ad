import type { DemoDay, DemoSource } from './demo-source.ts';

/** The days of two sources in one order; days of one upload are one. */
export class MergedSource implements DemoSource {
  constructor(
    private readonly first: DemoSource,
    private readonly second: DemoSource,
  ) {}

  get startsAt(): number {
    return Math.min(this.first.startsAt, this.second.startsAt);
  }

  async *days(): AsyncIterable<DemoDay> {
    const [left, right] = [this.first.days()[Symbol.asyncIterator](), this.second.days()[Symbol.asyncIterator]()];
    let [here, there] = [await next(left), await next(right)];
    while (here !== undefined || there !== undefined) {
      const uploadAt = Math.min(here?.uploadAt ?? Infinity, there?.uploadAt ?? Infinity);
      const due = [here, there].filter((day) => day?.uploadAt === uploadAt);
      yield { uploadAt, batches: due.flatMap((day) => day?.batches ?? []) };
      if (here?.uploadAt === uploadAt) here = await next(left);
      if (there?.uploadAt === uploadAt) there = await next(right);
    }
  }
}

async function next(days: AsyncIterator<DemoDay, unknown>): Promise<DemoDay | undefined> {
  const step = await days.next();
  return step.done === true ? undefined : step.value;
}
