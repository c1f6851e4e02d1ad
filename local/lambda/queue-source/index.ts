export { checkQueueMapping } from './check-mapping.ts';
export { QueueMapping } from './queue-mapping.ts';
export { readMessageFilter } from './read-filter.ts';
export { MAXIMUM_CONCURRENCY, QUEUE_BOUNDS, type QueueMappingSettings } from './settings.ts';
