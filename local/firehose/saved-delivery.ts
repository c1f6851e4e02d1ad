import * as z from 'zod';
import { texts } from '../texts.ts';
import { SavedFile } from '../saved-file.ts';
import type { Frame } from '../frames.ts';
import type { Held } from './batch-buffer.ts';
import type { Delivery } from './delivery.ts';
import type { Pipeline } from './pipeline.ts';
import { placeOf, type Incoming, type Outgoing } from './records.ts';
import { changesOf, changesShape, restoreChanges } from './saved-changes.ts';

/** What one buffer or one waiting object holds: so many frames of the file, in order. */
const buffer = { count: z.int(), oldest: z.number(), due: z.number().optional() };
const object = { count: z.int(), oldest: z.number(), key: z.string() };
const group = z.discriminatedUnion('place', [
  z.object({ place: z.literal('unprocessed'), ...buffer }),
  z.object({ place: z.literal('partition'), keys: texts, ...buffer }),
  z.object({ place: z.literal('failure'), errorType: z.string(), ...buffer }),
  z.object({ place: z.literal('backup'), ...buffer }),
  z.object({ place: z.literal('mainObject'), ...object }),
  z.object({ place: z.literal('errorObject'), ...object }),
  z.object({ place: z.literal('backupObject'), ...object }),
]);
type Group = z.infer<typeof group>;

const savedDelivery = z.object({
  format: z.literal(1),
  arn: z.string(),
  ...changesShape,
  checkpoints: z.record(z.string(), z.int()).optional(),
  groups: z.array(group),
  frames: z.string(),
});

/** Earlier versions saved no number within a record. */
const place = z.object({ sequenceNumber: z.string(), subsequenceNumber: z.int().default(0) });
/** Of a record, what is not its bytes; of a line or a payload, nothing. */
const head = z.object({
  recordId: z.string().default(''),
  arrival: z.number().default(0),
  kinesis: place.extend({ shardId: z.string(), partitionKey: z.string() }).optional(),
  place: place.optional(),
  /** What earlier versions saved of a place. */
  sequenceNumber: z.string().optional(),
  lambdaKeys: texts.optional(),
});

interface Content {
  readonly group: Group;
  readonly frames: Iterable<Frame>;
}

/** Writes what a delivery holds, and where it stands in its source, to `folder`. */
export function saveDelivery(delivery: Delivery, folder: string): void {
  const contents = delivery.pipelines.flatMap(contentsOf);
  const file = new SavedFile(folder, delivery.name);
  const frames = file.writeFrames(flattened(contents));
  const { arn, checkpoints } = delivery;
  const groups = contents.map((content) => content.group);
  file.write({ format: 1, arn, ...changesOf(delivery), checkpoints, groups, frames }, [frames]);
}

/** Takes over what was saved of a delivery; `now` is simulated. @throws StateError `StateUnreadable` */
export function restoreDelivery(delivery: Delivery, folder: string, now: number): void {
  const file = new SavedFile(folder, delivery.name);
  const saved = file.read(savedDelivery);
  if (saved?.arn !== delivery.arn) return;
  delivery.resume(restoreChanges(delivery, saved, now), saved.checkpoints);
  const pipeline = delivery.pipelines.at(-1);
  if (pipeline === undefined) return;
  const frames = file.frames(saved.frames, head);
  for (const each of saved.groups) refill(pipeline, each, taken(frames, each.count));
}

type Read = { readonly head: z.infer<typeof head>; readonly body: Buffer };

/** Where the template has taken a step away meanwhile, records go on to the next one. */
function refill(pipeline: Pipeline, each: Group, frames: readonly Read[]): void {
  switch (each.place) {
    case 'unprocessed': {
      const items = frames.map(incoming);
      if (pipeline.unprocessed !== undefined) pipeline.unprocessed.refill(held(each, items));
      else pipeline.destination.refill({}, held(each, frames.map(outgoing)));
      break;
    }
    case 'partition':
      pipeline.destination.refill(each.keys, held(each, frames.map(outgoing)));
      break;
    case 'failure':
      pipeline.failuresOf(each.errorType).refill(held(each, frames.map(line)));
      break;
    case 'backup':
      pipeline.backup?.refill(held(each, frames.map(payload)));
      break;
    case 'mainObject':
      pipeline.main.refill({ ...each, items: frames.map(outgoing) });
      break;
    case 'errorObject':
      pipeline.errors.refill({ ...each, items: frames.map(line) });
      break;
    case 'backupObject':
      pipeline.backups?.refill({ ...each, items: frames.map(payload) });
      break;
  }
}

function contentsOf({ unprocessed, destination, failed, backup, main, errors, backups }: Pipeline): Content[] {
  const buffers: Content[] = [
    ...(unprocessed === undefined
      ? []
      : [content({ place: 'unprocessed', ...bufferOf(unprocessed.held) }, unprocessed.held.items, recordFrame)]),
    ...destination.held.map((each) =>
      content({ place: 'partition', keys: each.keys, ...bufferOf(each) }, each.items, recordFrame),
    ),
    ...[...failed].map(([errorType, { held: each }]) =>
      content({ place: 'failure', errorType, ...bufferOf(each) }, each.items, lineFrame),
    ),
    ...(backup === undefined ? [] : [content({ place: 'backup', ...bufferOf(backup.held) }, backup.held.items, payloadFrame)]),
  ];
  const objects: Content[] = [
    ...main.waiting.map((each) => content({ place: 'mainObject', ...objectOf(each) }, each.items, recordFrame)),
    ...errors.waiting.map((each) => content({ place: 'errorObject', ...objectOf(each) }, each.items, lineFrame)),
    ...(backups?.waiting ?? []).map((each) => content({ place: 'backupObject', ...objectOf(each) }, each.items, payloadFrame)),
  ];
  return [...objects, ...buffers].filter((each) => each.group.count > 0);
}

function content<Item>(each: Group, items: readonly Item[], frame: (item: Item) => Frame): Content {
  return { group: each, frames: lazily(items, frame) };
}

const bufferOf = ({ items, oldest, due }: Held<unknown>) => ({ count: items.length, oldest, due });
const objectOf = ({
  items,
  oldest,
  key,
}: {
  readonly items: readonly unknown[];
  readonly oldest: number;
  readonly key: string;
}) => ({
  count: items.length,
  oldest,
  key,
});
const recordFrame = ({ data, ...rest }: Incoming | Outgoing): Frame => ({ head: rest, body: data });
const lineFrame = (text: string): Frame => ({ head: {}, body: Buffer.from(text) });
const payloadFrame = (bytes: Buffer): Frame => ({ head: {}, body: bytes });

const held = <Item>({ oldest, due }: { readonly oldest: number; readonly due?: number | undefined }, items: readonly Item[]) => ({
  items,
  oldest,
  due,
});
const line = ({ body }: Read): string => body.toString();
const payload = ({ body }: Read): Buffer => body;

function incoming({ head: { recordId, arrival, kinesis }, body }: Read): Incoming {
  return { recordId, arrival, data: body, ...(kinesis && { kinesis }) };
}

function outgoing({ head: { recordId, arrival, kinesis, place: own, sequenceNumber, lambdaKeys }, body }: Read): Outgoing {
  const from = own ?? kinesis ?? (sequenceNumber === undefined ? undefined : { sequenceNumber, subsequenceNumber: 0 });
  return { recordId, arrival, data: body, ...(from && { place: placeOf(from) }), ...(lambdaKeys && { lambdaKeys }) };
}

function* lazily<Item>(items: readonly Item[], frame: (item: Item) => Frame): Generator<Frame> {
  for (const item of items) yield frame(item);
}

function* flattened(contents: readonly Content[]): Generator<Frame> {
  for (const { frames } of contents) yield* frames;
}

function taken(frames: Iterator<Read, undefined>, count: number): Read[] {
  const read: Read[] = [];
  for (let next = 0; next < count; next++) {
    const { value } = frames.next();
    if (value === undefined) break;
    read.push(value);
  }
  return read;
}
