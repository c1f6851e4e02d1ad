import type { Column, DatasetContract } from '../../../core/contract/model.ts';

/** A column whose values nobody may see as they came. */
export interface ProtectedField {
  /** `<domain>.<dataset>.<column>`. */
  readonly name: string;
  readonly dataset: DatasetContract;
  readonly column: Column;
}

/** The columns of contracts that their contracts protect. */
export const protectedFields = (datasets: readonly DatasetContract[]): readonly ProtectedField[] =>
  datasets.flatMap((dataset) =>
    dataset.columns
      .filter(({ protection }) => protection !== undefined)
      .map((column) => ({ name: `${dataset.domain}.${dataset.name}.${column.name}`, dataset, column })),
  );
