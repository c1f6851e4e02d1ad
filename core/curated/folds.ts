import { ingestionForm } from '../ingestion/ingestion-form.ts';
import { foldEveryHours, type CuratedDataset } from './cadence.ts';
import type { Folded } from './curate-workflow.ts';
import { foldStatements } from './fold-statements.ts';

/** Datasets of one state machine: more would take longer than half a day where each statement takes as long as it may. */
export const MOST_FOLDS = 8;
/** Bytes of their statements, under the 256 KiB of a variable. @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const MOST_STATEMENTS = 200 * 1024;

/** Days beyond what a stream or a delivery keeps: for buffers, the function and the pauses of what is tried again. */
export const UNDER_WAY_DAYS = 1;
/** A delivery that events are put straight into keeps them 24 hours. @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const DIRECT_PUT_DAYS = 1;

/**
 * How a dataset is folded.
 *
 * @param streamDays Days that its stream keeps a record, where it has one; a part of a day counts as one
 */
export const foldOf = (dataset: CuratedDataset, database: string, streamDays: number): Folded => ({
  dataset: dataset.name,
  everyHours: foldEveryHours(dataset),
  ...foldStatements(
    dataset,
    database,
    UNDER_WAY_DAYS + (ingestionForm(dataset) === 'stream' ? Math.ceil(streamDays) : DIRECT_PUT_DAYS),
  ),
});

/** Bytes that the statements take in a variable. */
export const statementBytes = (folds: readonly Folded[]): number => Buffer.byteLength(JSON.stringify(folds));

/**
 * Items in their order, divided as state machines can take them. A machine holds nothing, so that one may take what another had.
 *
 * @param fits Whether a machine takes these together; one item is taken in any case
 */
export function divideFolds<T>(items: readonly T[], fits: (group: readonly T[]) => boolean): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < MOST_FOLDS && fits([...last, item])) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
