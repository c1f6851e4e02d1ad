import type { GlueTable } from '../../glue/table.ts';
import type { Outcome } from '../result-files.ts';
import type { ResultColumn } from '../result.ts';
import { readView } from '../view.ts';

/** A column of text in which Athena's engine tells of views. */
export const viewText = (label: string): ResultColumn => ({
  label,
  name: 'varchar',
  precision: 0,
  scale: 0,
  caseSensitive: false,
});

/** A view's columns, in the engine's types. */
export function viewColumns(view: GlueTable): Outcome {
  const { columns } = readView(view.Name, view.ViewOriginalText);
  const lines = columns.map(({ name, type }) => `${name}\t${type}`);
  return { kind: 'text', columns: [viewText('column'), viewText('type')], lines, updated: 0 };
}
