import { existsSync, readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import * as z from 'zod';
import { restoreTags } from '../restore-tags.ts';
import { SavedFile } from '../saved-file.ts';
import { KNOWN } from './deduplication.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

type Texts = Readonly<Record<string, string>>;

const texts = z.record(z.string(), z.string());
const savedQueue = z.object({
  version: z.literal(1),
  /** What the template said; absent for a queue that a client made. */
  declared: texts.optional(),
  /** Absent from what earlier versions saved. */
  declaredTags: texts.optional(),
  attributes: texts,
  tags: texts,
  created: z.number(),
  modified: z.number(),
  purged: z.number().optional(),
  numbered: z.int(),
  known: z.array(z.tuple([z.string(), KNOWN])),
  messages: z.string(),
});
type SavedQueue = z.infer<typeof savedQueue>;

const savedMessage = z.object({
  id: z.string(),
  attributes: z.array(
    z.tuple([z.string(), z.object({ dataType: z.string(), text: z.string().optional(), bytes: z.string().optional() })]),
  ),
  senderId: z.string(),
  traceHeader: z.string().optional(),
  groupId: z.string().optional(),
  deduplicationId: z.string().optional(),
  sent: z.number(),
  sequenceNumber: z.string().optional(),
  deadLetterSource: z.string().optional(),
  visibleAt: z.number(),
  receives: z.int(),
  receivesElsewhere: z.int(),
  firstReceived: z.number().optional(),
  lastReceived: z.number(),
  receipt: z.string().optional(),
});

/** What a template says of a queue. */
export interface Declared {
  readonly attributes: Texts;
  readonly tags: Texts;
}

/** Writes what a queue holds to `folder`, where it has files of its own. */
export function saveQueue(folder: string, queue: Queue, declared: Declared | undefined): void {
  const file = new SavedFile(folder, queue.name);
  const messages = file.writeFrames(
    (function* () {
      for (const { body, attributes, ...rest } of queue.all()) {
        const head = {
          ...rest,
          attributes: [...attributes].map(([name, { dataType, value }]) => [
            name,
            typeof value === 'string' ? { dataType, text: value } : { dataType, bytes: value.toString('base64') },
          ]),
        };
        yield { head, body: Buffer.from(body) };
      }
    })(),
  );
  const saved: SavedQueue = {
    version: 1,
    ...(declared !== undefined && { declared: declared.attributes, declaredTags: declared.tags }),
    attributes: Object.fromEntries(queue.texts),
    tags: Object.fromEntries(queue.tags),
    created: queue.created,
    modified: queue.modified,
    ...(queue.purged !== undefined && { purged: queue.purged }),
    numbered: queue.numbered,
    known: queue.deduplication.saved.map(([key, known]) => [key, known]),
    messages,
  };
  file.write(saved, [messages]);
}

/** Names of the queues of which something is saved. */
export function savedQueues(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^[^.].*\.json$/.test(file))
    .map((file) => path.basename(file, '.json'));
}

/** Whether a client made the queue, and no template. @throws StateError `StateUnreadable` */
export const isOfClient = (folder: string, name: string): boolean =>
  new SavedFile(folder, name).read(savedQueue)?.declared === undefined;

/** Gives a queue what was saved of it, but for what {@link restoreSettings} does. @throws StateError `StateUnreadable` */
export function restoreQueue(folder: string, queue: Queue): void {
  const file = new SavedFile(folder, queue.name);
  const saved = file.read(savedQueue);
  if (saved === undefined) return;
  queue.created = saved.created;
  queue.purged = saved.purged;
  queue.numbered = saved.numbered;
  queue.deduplication.restore(saved.known);
  queue.restore(messagesOf(file, saved.messages));
}

/** What a template's queue says itself: its policy is another resource's. */
const own = ({ Policy: _policy, ...attributes }: Texts): Texts => attributes;

/**
 * Gives a queue the attributes and tags that it had: attributes unless the template says something else of any since, and tags but for those of
 * which it does. Its policy is {@link restorePolicy}'s.
 *
 * @param declared What the template says now; undefined for a queue that a client made
 * @throws StateError `StateUnreadable`
 */
export function restoreSettings(folder: string, queue: Queue, declared: Declared | undefined): void {
  const saved = new SavedFile(folder, queue.name).read(savedQueue);
  if (saved === undefined) return;
  restoreTags(queue.tags, { tags: saved.tags, declared: saved.declaredTags });
  if (!isDeepStrictEqual(saved.declared && own(saved.declared), declared && own(declared.attributes))) return;
  const atDefault = Object.fromEntries([...queue.texts.keys()].map((name) => [name, '']));
  queue.setAttributes(own({ ...atDefault, ...saved.attributes }));
  queue.modified = saved.modified;
}

/**
 * Gives a queue the policy that it had, unless a template says another since.
 *
 * @param isWhole Whether every stack is there: of some, one that is not may say the policy
 * @returns what templates say of the queue, those that are not there too
 * @throws StateError `StateUnreadable`
 */
export function restorePolicy(
  folder: string,
  queue: Queue,
  declared: Declared | undefined,
  isWhole: boolean,
): Declared | undefined {
  const saved = new SavedFile(folder, queue.name).read(savedQueue);
  if (saved === undefined) return declared;
  const [before, now] = [saved.declared?.Policy, declared?.attributes.Policy];
  const isElsewhere = !isWhole && now === undefined && before !== undefined;
  if (before !== now && !isElsewhere) return declared;
  const { modified } = queue;
  queue.setAttributes({ Policy: saved.attributes.Policy ?? '' });
  queue.modified = modified;
  return isElsewhere && declared !== undefined
    ? { ...declared, attributes: { ...declared.attributes, Policy: before } }
    : declared;
}

function* messagesOf(file: SavedFile, frames: string): Generator<Message, undefined> {
  for (const { head, body } of file.frames(frames, savedMessage)) {
    const { attributes, firstReceived, receipt, ...rest } = head;
    yield {
      ...rest,
      firstReceived,
      receipt,
      body: body.toString('utf8'),
      attributes: new Map(
        attributes.map(([name, { dataType, text, bytes }]) => [
          name,
          { dataType, value: text ?? Buffer.from(bytes ?? '', 'base64') },
        ]),
      ),
    };
  }
  return undefined;
}

/** Removes what is saved of queues that are no more. @throws StateError `StateUnreadable` */
export function forgetQueues(folder: string, gone: readonly string[]): void {
  for (const name of gone) new SavedFile(folder, name).remove();
}
