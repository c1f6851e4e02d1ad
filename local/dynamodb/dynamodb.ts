import { randomUUID } from 'node:crypto';
import { isRecord } from '../input.ts';
import { ServiceError, type JsonService } from '../service.ts';
import { invalid } from './errors.ts';
import { operations } from './operations/index.ts';
import type { TablesParts } from './parts.ts';
import { SavedTables, type Declared, type Restoring } from './saved-tables.ts';
import { ChangeStream } from './streams/change-stream.ts';
import { streamsService } from './streams/service.ts';
import { Expiry } from './table/expiry.ts';
import type { StreamView, TableSettings } from './table/settings.ts';
import { Table, type TimeToLive, type Written } from './table/table.ts';
import { TableKey } from './table-key.ts';
import type { Item } from './values/attribute-value.ts';

interface Held {
  readonly table: Table;
  readonly expiry: Expiry;
  /** Undefined for a table that a client made. */
  readonly declared: Declared | undefined;
}

/** DynamoDB: each call is authorized as its caller, the use of the table's key included. */
export class DynamoDb {
  readonly service: JsonService;
  /** `dynamodbstreams` in endpoints' names, and `dynamodb` in signatures, as tables are. */
  readonly streams: JsonService;
  readonly key: TableKey;
  /** Tokens of transactions, by account and token: what was asked, and until when each is known. */
  readonly tokens = new Map<string, { readonly asked: string; readonly until: number }>();
  private readonly held = new Map<string, Held>();
  private readonly saved: SavedTables;
  /** Streams by ARN, those among them that are disabled. */
  private readonly allStreams = new Map<string, ChangeStream>();

  constructor(readonly parts: TablesParts) {
    this.key = new TableKey(parts);
    this.saved = new SavedTables(parts.folder);
    this.service = {
      name: 'dynamodb',
      targetPrefix: 'DynamoDB_20120810',
      version: '1.0',
      operations: operations(this),
    };
    this.streams = streamsService(this);
  }

  get now(): number {
    return this.parts.clock.now();
  }

  /** Tells CloudWatch of units that were used. */
  readonly measured = (table: Table, kind: 'Read' | 'Write', units: number): void => {
    this.parts.measure('AWS/DynamoDB', { TableName: table.name }, { [`Consumed${kind}CapacityUnits`]: units });
  };

  /**
   * Makes a table.
   *
   * @param declared What the template says of it; undefined for one that a client makes
   * @throws ServiceError ResourceInUseException
   */
  create(settings: TableSettings, declared?: Declared): Table {
    const arn = this.arnOf(settings.name);
    if (this.held.has(arn)) throw new ServiceError('ResourceInUseException', `Table already exists: ${settings.name}`);
    const table = new Table(settings, arn, randomUUID(), this.now);
    const held = { table, expiry: this.expiryOf(table), declared };
    this.held.set(arn, held);
    this.setStream(table, settings.stream);
    return table;
  }

  /** Lets a table of a template go on from what was saved of it, when all is said of it. @throws StateError `StateUnreadable` */
  resume(table: Table): void {
    const held = this.held.get(table.arn);
    if (held !== undefined) this.saved.restore(held, this.restoring);
    held?.expiry.reset();
  }

  private expiryOf(table: Table): Expiry {
    return new Expiry(table, this.parts.clock, (key) => {
      this.write(table, key, undefined, true);
    });
  }

  remove(table: Table): void {
    const { arn } = table;
    this.held.get(arn)?.expiry.end();
    this.held.delete(arn);
    for (const [stream, { tableName }] of this.allStreams) if (tableName === table.name) this.allStreams.delete(stream);
    this.parts.setPolicy(arn, undefined);
  }

  /** Changes what a table is: its stream ends, or another begins. */
  update(table: Table, settings: TableSettings): void {
    table.settings = settings;
    this.setStream(table, settings.stream);
  }

  private setStream(table: Table, view: StreamView | undefined): void {
    const { stream } = table;
    if (stream?.isEnabled === true ? stream.view === view : view === undefined) return;
    if (stream?.isEnabled === true) stream.isEnabled = false;
    if (view === undefined) return;
    const arnAt = (time: number): string => `${table.arn}/stream/${new Date(time).toISOString().slice(0, -1)}`;
    let time = this.now;
    while (this.allStreams.has(arnAt(time))) time += 1; // of the same moment: the clock may stand
    this.take(table, new ChangeStream(table.name, arnAt(time), view, this.now));
  }

  private take(table: Table, stream: ChangeStream): void {
    table.stream = stream;
    this.allStreams.set(stream.arn, stream);
  }

  setTimeToLive(table: Table, timeToLive: TimeToLive): void {
    table.timeToLive = timeToLive;
    this.held.get(table.arn)?.expiry.reset();
  }

  /** @throws ServiceError ValidationException for a document that is malformed */
  setPolicy(table: Table, text: string | undefined): void {
    this.parts.setPolicy(table.arn, text === undefined ? undefined : documentOf(text));
    table.policy = text === undefined ? undefined : { document: text, revision: String(this.now) + String(text.length) };
  }

  /** Writes an item that was asked for and may be written: its indexes, its stream and its end know of it. */
  write(table: Table, key: Item, after: Item | undefined, isExpiry = false): Written {
    const written = table.write(key, after);
    this.held.get(table.arn)?.expiry.replace(written.before, after);
    if (table.stream?.isEnabled === true) table.stream.put(this.now, table.keyOf(key), written.before, after, isExpiry);
    if (isExpiry) this.parts.measure('AWS/DynamoDB', { TableName: table.name }, { TimeToLiveDeletedItemCount: 1 });
    return written;
  }

  arnOf(name: string): string {
    return `arn:aws:dynamodb:${this.parts.region}:${this.parts.accountId}:table/${name}`;
  }

  find(arn: string): Table | undefined {
    return this.held.get(arn)?.table;
  }

  /** By their names. */
  all(): readonly Table[] {
    return [...this.held.values()].map(({ table }) => table).sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  stream(arn: string): ChangeStream | undefined {
    return this.allStreams.get(arn);
  }

  get everyStream(): readonly ChangeStream[] {
    return [...this.allStreams.values()];
  }

  /** Writes what tables hold to their folder. @param isWhole Whether every stack is there: of some, a table may lie in another */
  save(isWhole = true): void {
    this.saved.save([...this.held.values()], isWhole);
  }

  /** Makes tables of clients again, with what was saved of them. @throws StateError `StateUnreadable` */
  restore(): void {
    const isThere = (name: string): boolean => this.held.has(this.arnOf(name));
    this.saved.restoreOthers(this.restoring, isThere, (settings) => {
      this.create(settings);
      return this.held.get(this.arnOf(settings.name)) as Held;
    });
    for (const { expiry } of this.held.values()) expiry.reset();
  }

  private get restoring(): Restoring {
    return {
      update: (table, settings) => {
        this.update(table, settings);
      },
      setPolicy: (table, text) => {
        this.setPolicy(table, text);
      },
      stream: (table, stream) => {
        if (table.stream !== undefined) this.allStreams.delete(table.stream.arn);
        this.take(table, stream);
      },
    };
  }
}

function documentOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    if (isRecord(document)) return document;
  } catch {
    // the parser's own words would quote it
  }
  throw invalid('Invalid policy document: Error: Policy document is not valid JSON');
}
