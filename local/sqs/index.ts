export { queryCode } from './errors.ts';
export { Deduplication, KNOWN } from './deduplication.ts';
export { Queues } from './queues.ts';
export type { Queue, Received } from './queue.ts';
export type { Sender } from './parts.ts';
export type { MessageAttributes } from './message-attributes.ts';
