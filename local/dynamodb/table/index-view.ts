import { isIndexable } from './check-key.ts';
import { pick, type AttributeValue, type Item } from '../values/attribute-value.ts';
import { itemSize } from '../values/size.ts';
import { attributesOf, keyText, type KeySchema } from './key-text.ts';
import type { IndexSettings } from './settings.ts';
import { SortedMap } from './sorted-map.ts';

/** A secondary index: the items that have its key, in its order. It knows of a write at once; a global one on AWS soon. */
export class IndexView {
  readonly entries = new SortedMap<Item>();
  /** Bytes of what it holds. */
  bytes = 0;

  constructor(
    public settings: IndexSettings,
    private readonly tableKeys: KeySchema,
  ) {}

  /** Takes a new item, or another in an item's place. */
  replace(before: Item | undefined, after: Item | undefined): void {
    const [old, next] = [this.placeOf(before), this.placeOf(after)];
    if (old !== undefined && old !== next) this.entries.delete(old);
    if (next !== undefined && after !== undefined) this.entries.set(next, after);
    this.bytes += this.bytesAt(next, after) - this.bytesAt(old, before);
  }

  private bytesAt(place: string | undefined, item: Item | undefined): number {
    return place === undefined || item === undefined ? 0 : itemSize(this.projected(item));
  }

  /** Where an item lies in it, the table's key behind the index's own; undefined for one that it does not hold. */
  placeOf(item: Item | undefined): string | undefined {
    if (item === undefined) return undefined;
    const { keys } = this.settings;
    const own = keyText(item, keys);
    if (own === undefined) return undefined;
    const isTaken = attributesOf(keys).every((part) => isIndexable(item[part.name] as AttributeValue, part === keys.hash));
    return !isTaken ? undefined : `${own}${keyText(item, this.tableKeys)}`;
  }

  /** What it holds of an item. */
  projected(item: Item): Item {
    const { projection, keys } = this.settings;
    if (projection.type === 'ALL') return item;
    const names = [...attributesOf(this.tableKeys), ...attributesOf(keys)].map(({ name }) => name);
    return pick(item, [...new Set([...names, ...projection.attributes])]);
  }

  /** Units that a write takes in it. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes */
  unitsOf(before: Item | undefined, after: Item | undefined): number {
    const [old, next] = [this.placeOf(before), this.placeOf(after)];
    const units = (item: Item | undefined): number => (item === undefined ? 0 : Math.ceil(itemSize(this.projected(item)) / 1024));
    const [less, more] = [old === undefined ? 0 : units(before), next === undefined ? 0 : units(after)];
    if (old !== next) return less + more;
    if (before === undefined || after === undefined || old === undefined) return 0;
    const isSame = JSON.stringify(this.projected(before)) === JSON.stringify(this.projected(after));
    return isSame ? 0 : Math.max(less, more);
  }
}
