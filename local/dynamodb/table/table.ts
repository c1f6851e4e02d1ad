import { attribute, pick, type Item } from '../values/attribute-value.ts';
import { itemSize } from '../values/size.ts';
import { IndexView } from './index-view.ts';
import { attributesOf, keyText } from './key-text.ts';
import type { TableSettings } from './settings.ts';
import { SortedMap } from './sorted-map.ts';
import type { ChangeStream } from '../streams/change-stream.ts';

/** The attribute by which items expire, and whether they do. */
export interface TimeToLive {
  readonly attribute: string;
  readonly isEnabled: boolean;
}

/** What a write was. */
export interface Written {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** One table: its items by their keys, and its indexes. It asks nobody. */
export class Table {
  readonly items = new SortedMap<Item>();
  indexes: readonly IndexView[];
  readonly tags = new Map<string, string>();
  timeToLive: TimeToLive | undefined;
  /** The policy that it has, as text, and which revision of it. */
  policy: { readonly document: string; readonly revision: string } | undefined;
  /** Whether it could be restored to any second of the last days: said, and not done. */
  recovery: { readonly days: number; readonly since: number } | undefined;
  stream: ChangeStream | undefined;
  /** When it became one that is paid for by request. */
  onDemandSince: number | undefined;
  /** Bytes of all items. */
  bytes = 0;
  /** What has been written since it was saved: keys by their places. */
  readonly unsaved = new Map<string, Item>();
  private current: TableSettings;

  constructor(
    settings: TableSettings,
    readonly arn: string,
    private ownId: string,
    private born: number,
  ) {
    this.current = settings;
    this.indexes = settings.indexes.map((index) => new IndexView(index, settings.keys));
    if (settings.billing === 'PAY_PER_REQUEST') this.onDemandSince = born;
  }

  get id(): string {
    return this.ownId;
  }

  /** Milliseconds since the epoch, simulated. */
  get created(): number {
    return this.born;
  }

  /** Goes on as the table that an earlier process had. */
  resume(id: string, created: number, onDemandSince: number | undefined): void {
    this.ownId = id;
    this.born = created;
    this.onDemandSince = onDemandSince;
  }

  get settings(): TableSettings {
    return this.current;
  }

  /** Indexes that are new are filled from its items. */
  set settings(settings: TableSettings) {
    this.current = settings;
    this.indexes = settings.indexes.map((index) => {
      const known = this.index(index.name);
      if (known !== undefined) {
        known.settings = index;
        return known;
      }
      const view = new IndexView(index, settings.keys);
      for (const [, item] of this.items.entries()) view.replace(undefined, item);
      return view;
    });
  }

  get name(): string {
    return this.current.name;
  }

  index(name: string): IndexView | undefined {
    return this.indexes.find(({ settings }) => settings.name === name);
  }

  /** Where an item lies that has the attributes of its key. */
  placeOf(item: Item): string {
    return keyText(item, this.current.keys) as string;
  }

  /** The attributes of its key alone. */
  keyOf(item: Item): Item {
    return pick(
      item,
      attributesOf(this.current.keys).map(({ name }) => name),
    );
  }

  get(key: Item): Item | undefined {
    return this.items.get(this.placeOf(key));
  }

  /** Puts an item at its key, or takes away what is there. @param isSaved Whether it was saved so */
  write(key: Item, after: Item | undefined, isSaved = false): Written {
    const place = this.placeOf(key);
    const before = this.items.get(place);
    if (after === undefined) this.items.delete(place);
    else this.items.set(place, after);
    for (const index of this.indexes) index.replace(before, after);
    this.bytes += (after === undefined ? 0 : itemSize(after)) - (before === undefined ? 0 : itemSize(before));
    if (!isSaved && (before !== undefined || after !== undefined)) this.unsaved.set(place, this.keyOf(key));
    return { before, after };
  }

  /** When an item expires, in milliseconds since the epoch; undefined for one that never does. */
  expiryOf(item: Item): number | undefined {
    if (this.timeToLive?.isEnabled !== true) return undefined;
    const value = attribute(item, this.timeToLive.attribute);
    return value !== undefined && 'N' in value ? Number(value.N) * 1000 : undefined;
  }
}
