import type { Script } from '../script.ts';
import { DELETES } from './delete.ts';
import { INSERTS } from './insert.ts';
import { MERGES } from './merge.ts';
import { METADATA } from './metadata.ts';
import { PARTITIONING } from './partitions.ts';
import { SCHEMAS } from './schema.ts';
import { TRAVELS } from './travel.ts';
import { TYPES } from './types.ts';
import { UPDATES } from './update.ts';

export const SCRIPTS: readonly Script[] = [
  ...TYPES,
  ...INSERTS,
  ...UPDATES,
  ...DELETES,
  ...MERGES,
  ...PARTITIONING,
  ...METADATA,
  ...TRAVELS,
  ...SCHEMAS,
];
