import { marksPrefix, parseDone, partitionOf, reasonOf, type Done } from './layout.ts';
import { GROUP, PAGE_OBJECTS, type ListAnswer, type ListInput } from './operations.ts';
import type { ReplayRequest } from './request.ts';
import { Tally } from './rows.ts';

/** An object as a listing tells of it. */
export interface Listed {
  readonly key: string;
  readonly size: number;
}

/** A bucket, as it is listed: in the order of keys. */
export interface Listing {
  /** What stands between a prefix and the next slash, with that slash. */
  folders(prefix: string): Promise<readonly string[]>;
  /** @param after Only what comes after it; may be empty */
  objects(prefix: string, after: string): AsyncIterable<Listed>;
}

export interface ListingPorts {
  /** Where the sources lie. */
  readonly sources: Listing;
  /** Where marks lie. */
  readonly marks: Listing;
  mayGoOn(): boolean;
}

/** What rows call events of `raw`: it holds what was accepted, and what was not for whatever reason. */
export const RAW_REASONS = { accepted: 'accepted', rejected: 'rejected' } as const;

/** What rows call the events of an object. */
export const reasonsOf = ({ source }: ReplayRequest, key: string): { readonly accepted: string; readonly rejected: string } =>
  source === 'raw' ? RAW_REASONS : { accepted: reasonOf(key), rejected: reasonOf(key) };

/**
 * The next objects of a request that the handler has not done, in groups, and what those hold that it has. A dataset that changed its
 * retention class lies under two, so that every class is looked into.
 *
 * @param handler Names the contract and the code that judge
 */
export async function listSources(
  domain: string,
  handler: string,
  request: ReplayRequest,
  input: Pick<ListInput, 'after' | 'objectsLeft' | 'bytesLeft'>,
  ports: ListingPorts,
): Promise<ListAnswer> {
  const page = new Page(input);
  for await (const prefix of partitions(ports.sources, domain, request)) {
    if (input.after >= prefix && !input.after.startsWith(prefix)) continue;
    const done = await doneUnder(ports.marks, prefix, handler, request);
    for await (const object of ports.sources.objects(prefix, input.after.startsWith(prefix) ? input.after : '')) {
      const known = done.get(marksPrefix(object.key, request.source));
      if (partitionOf(object.key) < request.from || partitionOf(object.key) > request.to) continue;
      if (known !== undefined) page.pass(object, known, reasonsOf(request, object.key));
      else if (page.isLimited) return page.answer({ limited: true });
      else page.take(object);
      if (page.isFull || !ports.mayGoOn()) return page.answer({ more: true });
    }
  }
  return page.answer({});
}

/** Prefixes of the days of a request that hold anything, in the order of keys. */
async function* partitions(sources: Listing, domain: string, request: ReplayRequest): AsyncGenerator<string> {
  const from = request.from.slice(0, 'dt=2026-01-31'.length);
  const to = request.to.slice(0, from.length);
  const days = async (prefix: string): Promise<readonly string[]> =>
    (await sources.folders(prefix)).filter((day) => {
      const name = day.slice(prefix.length, -1);
      return name >= from && name <= to;
    });
  for (const retentionClass of await sources.folders('keep')) {
    const dataset = `${retentionClass}${domain}/${request.dataset}/`;
    if (request.source === 'raw') yield* await days(dataset);
    else if (request.reason !== undefined) yield* await days(`${dataset}reason=${request.reason}/`);
    else for (const reason of await sources.folders(dataset)) yield* await days(reason);
  }
}

async function doneUnder(
  marks: Listing,
  prefix: string,
  handler: string,
  { source }: ReplayRequest,
): Promise<ReadonlyMap<string, Done>> {
  const done = new Map<string, Done>();
  for await (const { key } of marks.objects(marksPrefix(prefix, source), '')) {
    const mark = parseDone(key);
    if (mark?.handler === handler) done.set(mark.marks, mark);
  }
  return done;
}

class Page {
  private readonly groups: string[][] = [];
  private readonly tally = new Tally();
  private groupBytes = 0;
  private objects = 0;
  private bytes = 0;
  private doneObjects = 0;
  private after: string;

  constructor(private readonly input: Pick<ListInput, 'after' | 'objectsLeft' | 'bytesLeft'>) {
    this.after = input.after;
  }

  get isFull(): boolean {
    return this.objects >= PAGE_OBJECTS;
  }

  /** An object larger than what is left is taken all the same, or it never would be. */
  get isLimited(): boolean {
    return this.objects >= this.input.objectsLeft || this.bytes >= this.input.bytesLeft;
  }

  take({ key, size }: Listed): void {
    const last = this.groups.at(-1);
    if (last === undefined || last.length >= GROUP.objects || this.groupBytes + size > GROUP.bytes) {
      this.groups.push([key]);
      this.groupBytes = size;
    } else {
      last.push(key);
      this.groupBytes += size;
    }
    this.objects += 1;
    this.bytes += size;
    this.after = key;
  }

  pass({ key }: Listed, { put, left }: Done, reasons: { readonly accepted: string; readonly rejected: string }): void {
    this.tally.count(reasons.accepted, 'before', put);
    this.tally.count(reasons.rejected, 'stillBad', left);
    this.doneObjects += 1;
    this.after = key;
  }

  answer({ more = false, limited = false }: Partial<ListAnswer>): ListAnswer {
    const { groups, objects, bytes, doneObjects, after } = this;
    return { groups, objects, bytes, doneObjects, rows: this.tally.list, after, more, limited };
  }
}
