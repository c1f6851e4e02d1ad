import type { ScheduledTask, SimulatedClock } from '../../clock.ts';
import type { Item } from '../values/attribute-value.ts';
import { SortedMap } from './sorted-map.ts';
import type { Table } from './table.ts';

/** What expired so long ago is left alone. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html */
const LEFT_ALONE = 5 * 365 * 86_400_000;

/** Deletes items when they expire: AWS takes some days, and promises none. */
export class Expiry {
  /** Items by when they expire, and then by their places. */
  private readonly queue = new SortedMap<Item>();
  private task: ScheduledTask | undefined;

  constructor(
    private readonly table: Table,
    private readonly clock: SimulatedClock,
    private readonly expire: (key: Item) => void,
  ) {}

  /** Told of each write. */
  replace(before: Item | undefined, after: Item | undefined): void {
    const [old, next] = [this.placeOf(before), this.placeOf(after)];
    if (old !== undefined) this.queue.delete(old);
    if (next !== undefined && after !== undefined) this.queue.set(next, this.table.keyOf(after));
    if (old !== next) this.plan();
  }

  /** Begins anew: items expire otherwise from now on. */
  reset(): void {
    for (const [place] of [...this.queue.entries()]) this.queue.delete(place);
    if (this.table.timeToLive?.isEnabled === true)
      for (const [, item] of this.table.items.entries()) {
        const place = this.placeOf(item);
        if (place !== undefined) this.queue.set(place, this.table.keyOf(item));
      }
    this.plan();
  }

  end(): void {
    this.task?.cancel();
  }

  private plan(): void {
    this.task?.cancel();
    this.task = undefined;
    const first = this.queue.entries().next();
    if (first.done === true) return;
    this.task = this.clock.at(timeOf(first.value[0]), () => {
      this.sweep();
    });
  }

  private sweep(): void {
    const now = this.clock.now();
    const due = [...this.queue.entries({ before: `${padded(now)}~` })];
    for (const [place, key] of due) {
      this.queue.delete(place);
      if (timeOf(place) > now - LEFT_ALONE) this.expire(key);
    }
    this.plan();
  }

  private placeOf(item: Item | undefined): string | undefined {
    const time = item === undefined ? undefined : this.table.expiryOf(item);
    return time === undefined || item === undefined || !(time >= 0 && time < 1e15)
      ? undefined
      : `${padded(time)} ${this.table.placeOf(item)}`;
  }
}

const padded = (time: number): string => String(Math.floor(time)).padStart(16, '0');
const timeOf = (place: string): number => Number(place.slice(0, 16));
