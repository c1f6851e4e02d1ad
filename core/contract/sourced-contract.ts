import type { Fault, Position, SourcedFault } from './fault.ts';
import type { DataContract, DatasetContract } from './model.ts';

/** A contract, and what to call it in a message: its file, or whatever its maker knows it by. */
export interface SourcedContract {
  readonly source: string;
  readonly contract: DataContract;
  /** Finds where a fault stands in the file. @default - faults come without a place */
  readonly locate?: (fault: Fault) => Position | undefined;
}

/** One dataset of a contract. */
export interface PlacedDataset extends Omit<SourcedContract, 'contract'> {
  readonly dataset: DatasetContract;
  /** Place of the dataset in its contract's `schema`. */
  readonly index: number;
}

/** A fault, with the file it is in and its place there. */
export function faultIn({ source, locate }: Omit<SourcedContract, 'contract'>, fault: Fault): SourcedFault {
  const position = locate?.(fault);
  return { ...fault, source, ...(position === undefined ? {} : { position }) };
}
