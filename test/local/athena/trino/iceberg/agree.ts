import type { Ran } from '../../fixture.ts';
import { sameText } from '../agree.ts';
import type { StepAnswer } from './answers.ts';

/** What broke in Trino itself need only fail. */
const FAULT = /^(?:GENERIC_INTERNAL_ERROR|COMPILER_ERROR): /;

/**
 * Whether a statement came to what Trino came to: names, types and rows, how many rows it wrote, or the name of the error. Athena's DDL is not
 * Trino's, and its failures have words of their own.
 */
export function agrees(ours: Ran, trino: StepAnswer, isDdl: boolean): boolean {
  if ('error' in trino && FAULT.test(trino.error)) return ours.reason !== undefined;
  if ('error' in trino) return isDdl ? ours.reason !== undefined : nameOf(ours.reason ?? '') === nameOf(trino.error);
  if (ours.reason !== undefined) return false;
  if (!('rows' in trino)) return trino.count === undefined || ours.updated === trino.count;
  const columns = trino.columns.map((name, at) => `${name} ${athenaType(trino.types[at] ?? '')}`);
  if (JSON.stringify(ours.columns) !== JSON.stringify(columns)) return false;
  const rows = ours.rows.slice(1);
  return (
    rows.length === trino.rows.length &&
    rows.every((row, at) =>
      trino.types.every((type, column) => sameText(briefly(row[column]), briefly(trino.rows[at]?.[column]), type)),
    )
  );
}

const nameOf = (error: string): string => error.split(':')[0] ?? '';

/** A type as `ColumnInfo` names it: without what is in brackets. */
const athenaType = (type: string): string => type.replace(/\(.*\)/, '').replace(/^real$/, 'float');

/** How many zeros end a second is Athena's own matter. */
const briefly = (text: string | null | undefined): string | null => text?.replaceAll(/(:\d\d\.\d{3}\d*?)0+(?!\d)/g, '$1') ?? null;

export const shown = (script: string, sql: string, ours: Ran, trino: StepAnswer): string =>
  [
    `${script}: ${sql}`,
    `  ours:  ${ours.reason ?? JSON.stringify([ours.columns, ours.rows.slice(1), ours.updated])}`,
    `  Trino: ${JSON.stringify(trino)}`,
  ].join('\n');
