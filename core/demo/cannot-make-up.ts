import type { Column, DatasetContract } from '../contract/model.ts';

/** Why no events can be made up for a dataset, and what helps. */
export class CannotMakeUp extends Error {
  constructor(
    readonly code: 'NoExamples' | 'NoIds' | 'NoEvents',
    readonly dataset: DatasetContract,
    /** What stands in the way, and what to change. */
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** A column of texts of which none was found. */
export const noExamples = (dataset: DatasetContract, column: Column): CannotMakeUp =>
  new CannotMakeUp(
    'NoExamples',
    dataset,
    `'${placeOf(dataset, column)}' takes no text that could be made up from its pattern, format and lengths; give the column 'examples' in its contract that it takes`,
  );

/** An id that no value fits. */
export const noIds = (dataset: DatasetContract, column: Column): CannotMakeUp =>
  new CannotMakeUp(
    'NoIds',
    dataset,
    `'${placeOf(dataset, column)}' is an id that no integer fits; widen its bounds, or mend its 'multipleOf'`,
  );

/** Events that the contract's own judge refuses. */
export const noEvents = (dataset: DatasetContract, reason: string, columns: readonly string[]): CannotMakeUp =>
  new CannotMakeUp(
    'NoEvents',
    dataset,
    `'${dataset.domain}.${dataset.name}' takes no event that could be made up: ${reason}${columns.length === 0 ? '' : ` for ${columns.map((name) => `'${name}'`).join(', ')}`}; loosen that rule, or bring events of the dataset in sample/index.ts`,
  );

const placeOf = ({ domain, name }: DatasetContract, column: Column): string => `${domain}.${name}.${column.name}`;
