import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from '../frames.ts';
import { restoreTags } from '../restore-tags.ts';
import { SavedFile } from '../saved-file.ts';
import { ChangeStream, type Change } from './streams/change-stream.ts';
import { anItem, ofSettings, savedTable, savedChange, toSettings, type SavedTable } from './saved-form.ts';
import type { TableSettings } from './table/settings.ts';
import type { Table } from './table/table.ts';

/** What a template says of a table: all of it as one text, and its tags. */
export interface Declared {
  readonly properties: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface Held {
  readonly table: Table;
  /** Undefined for a table that a client made. */
  readonly declared: Declared | undefined;
}

/** What a restoration needs of the service. */
export interface Restoring {
  readonly update: (table: Table, settings: TableSettings) => void;
  readonly setPolicy: (table: Table, text: string) => void;
  readonly stream: (table: Table, stream: ChangeStream) => void;
}

/** Files of changes that a table has at most, before all is written anew. */
const MOST_FILES = 8;

/** Tables in a folder: their items in files, of which later ones hold what was written since. Who stops often writes what is new. */
export class SavedTables {
  /** Files of each table's items, in their order. */
  private readonly files = new Map<Table, readonly string[]>();

  constructor(private readonly folder: string) {}

  save(held: readonly Held[], isWhole: boolean): void {
    for (const { table, declared } of held) this.saveTable(table, declared);
    const names = new Set(held.map(({ table }) => table.name));
    for (const name of savedNames(this.folder)) {
      const file = new SavedFile(this.folder, name);
      if (!names.has(name) && (isWhole || file.read(savedTable)?.declared === undefined)) file.remove();
    }
  }

  private saveTable(table: Table, declared: Declared | undefined): void {
    const file = new SavedFile(this.folder, table.name);
    const items = this.saveItems(file, table);
    const { stream } = table;
    const changes = stream === undefined ? undefined : file.writeFrames(framesOf(stream.saved.changes));
    const saved: SavedTable = {
      version: 1,
      ...(declared !== undefined && { declared }),
      settings: ofSettings(table.settings),
      id: table.id,
      created: table.created,
      tags: Object.fromEntries(table.tags),
      ...(table.timeToLive !== undefined && { timeToLive: table.timeToLive }),
      ...(table.policy !== undefined && { policy: table.policy.document }),
      ...(table.recovery !== undefined && { recovery: table.recovery }),
      ...(table.onDemandSince !== undefined && { onDemandSince: table.onDemandSince }),
      ...(stream !== undefined &&
        changes !== undefined && {
          stream: {
            arn: stream.arn,
            view: stream.view,
            created: stream.created,
            isEnabled: stream.isEnabled,
            next: stream.saved.next,
            changes,
          },
        }),
      items,
    };
    file.write(saved, [...items, ...(changes === undefined ? [] : [changes])]);
  }

  /** Writes what has changed, or all where that is much of it. */
  private saveItems(file: SavedFile, table: Table): string[] {
    const before = this.files.get(table) ?? [];
    const isMuch = table.unsaved.size * 4 > table.items.size || before.length === 0 || before.length >= MOST_FILES;
    if (table.unsaved.size === 0 && before.length > 0) return [...before];
    const files = isMuch ? [file.writeFrames(allOf(table))] : [...before, file.writeFrames(unsavedOf(table))];
    table.unsaved.clear();
    this.files.set(table, files);
    return files;
  }

  /** Makes the tables of clients again. @throws StateError `StateUnreadable` */
  restoreOthers(restoring: Restoring, isThere: (name: string) => boolean, create: (settings: TableSettings) => Held): void {
    for (const name of savedNames(this.folder)) {
      if (isThere(name)) continue;
      const file = new SavedFile(this.folder, name);
      const saved = file.read(savedTable);
      if (saved === undefined || saved.declared !== undefined) continue; // of a template that says nothing of it any more, or is not here
      this.restoreTable(file, create(toSettings(saved.settings)), saved, restoring);
    }
  }

  /** Gives a table what was saved of it. @throws StateError `StateUnreadable` */
  restore(held: Held, restoring: Restoring): void {
    const file = new SavedFile(this.folder, held.table.name);
    const saved = file.read(savedTable);
    if (saved !== undefined) this.restoreTable(file, held, saved, restoring);
  }

  private restoreTable(file: SavedFile, { table, declared }: Held, saved: SavedTable, restoring: Restoring): void {
    const settings = toSettings(saved.settings);
    if (!isSameKey(settings, table.settings)) return; // AWS makes another table in its place
    table.resume(saved.id, saved.created, saved.onDemandSince);
    if (saved.declared?.properties === declared?.properties) {
      restoring.update(table, settings);
      table.timeToLive = saved.timeToLive;
      table.recovery = saved.recovery;
      if (saved.policy !== undefined) restoring.setPolicy(table, saved.policy);
    }
    restoreTags(table.tags, { tags: saved.tags, declared: saved.declared?.tags });
    for (const name of saved.items) {
      for (const { head, body } of file.frames(name, anItem)) {
        const item = JSON.parse(body.toString('utf8')) as Record<string, never>; // as it was written here
        table.write(item, head.isGone === true ? undefined : item, true);
      }
    }
    this.files.set(table, saved.items);
    if (saved.stream !== undefined && table.settings.stream === saved.stream.view) {
      const { arn, view, created, isEnabled, next, changes } = saved.stream;
      const stream = new ChangeStream(table.name, arn, view, created);
      stream.isEnabled = isEnabled;
      stream.restore({ next, changes: changesIn(file, changes) });
      restoring.stream(table, stream);
    }
  }
}

const isSameKey = ({ keys: one }: TableSettings, { keys: other }: TableSettings): boolean =>
  one.hash.name === other.hash.name &&
  one.hash.type === other.hash.type &&
  one.range?.name === other.range?.name &&
  one.range?.type === other.range?.type;

function savedNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => (/^.+\.json$/.test(file) ? [path.basename(file, '.json')] : []));
}

function* allOf(table: Table): Generator<Frame> {
  for (const [, item] of table.items.entries()) yield { head: {}, body: Buffer.from(JSON.stringify(item)) };
}

function* unsavedOf(table: Table): Generator<Frame> {
  for (const [place, key] of table.unsaved) {
    const item = table.items.get(place);
    yield { head: item === undefined ? { isGone: true } : {}, body: Buffer.from(JSON.stringify(item ?? key)) };
  }
}

function* framesOf(changes: readonly Change[]): Generator<Frame> {
  for (const { keys, before, after, ...head } of changes)
    yield { head, body: Buffer.from(JSON.stringify({ keys, before, after })) };
}

function changesIn(file: SavedFile, name: string): readonly Change[] {
  return Array.from(file.frames(name, savedChange), ({ head: { isExpiry, ...head }, body }) => ({
    ...head,
    ...(isExpiry === true && { isExpiry }),
    ...(JSON.parse(body.toString('utf8')) as Pick<Change, 'keys' | 'before' | 'after'>),
  }));
}
