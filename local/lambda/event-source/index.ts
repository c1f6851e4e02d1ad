export { EventSourceMapping } from './mapping.ts';
export { EventSourceMappings } from './mappings.ts';
export type { MappingParts } from './parts.ts';
export { isDestination } from './destination.ts';
export { readFilter } from './read-filter.ts';
export { BOUNDS, LEAST_RECORD_AGE, type MappingSettings, type StartingPosition } from './settings.ts';
