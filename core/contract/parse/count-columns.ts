import type { DocumentPath, Fault } from '../fault.ts';

/**
 * Columns of a dataset at most, with the fields within them. The bound is ours: Glue, Firehose and Parquet document none, and a table of more
 * is hardly one that people read.
 */
export const MOST_COLUMNS = 2000;
/** Where counting ends: an object may hold itself. */
const MOST_COUNTED = 1_000_000;

/** Datasets of more columns than are judged, whatever else is wrong with the document. */
export function tooManyColumns(document: unknown): readonly Fault[] {
  const schema = partOf(document, 'schema');
  if (!Array.isArray(schema)) return [];
  return schema.flatMap((dataset: unknown, index): Fault[] => {
    const count = countColumns(dataset);
    const path: DocumentPath = ['schema', index, 'properties'];
    return count <= MOST_COLUMNS
      ? []
      : [
          {
            code: 'TooManyColumns',
            path,
            message: `must hold at most ${MOST_COLUMNS} columns and fields within them, got ${count}; divide the dataset, or hold what nobody lists as a map`,
          },
        ];
  });
}

const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

function countColumns(dataset: unknown): number {
  let count = 0;
  const waiting: unknown[] = [dataset];
  while (waiting.length > 0 && count < MOST_COUNTED) {
    const next = waiting.pop();
    const properties = partOf(next, 'properties');
    const items = partOf(next, 'items');
    if (Array.isArray(properties)) {
      count += properties.length;
      for (const property of properties) waiting.push(property);
    }
    if (items !== undefined) {
      count += 1;
      waiting.push(items);
    }
  }
  return count;
}
