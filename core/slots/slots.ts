/** Which part of a domain holds a dataset, by the dataset's name; from 1. */
export type Parts = Readonly<Record<string, number>>;

/**
 * Which stack of its domain holds each dataset, by domain. What is recorded never changes, for the dataset's stream and logs stand there;
 * what is gone keeps its place, for its data may stand there still (docs/adr/0017).
 */
export type Slots = Readonly<Record<string, Parts>>;

/**
 * Datasets that are put in one stack. CloudFormation's 500 resources hold some more of the hungriest: two branches may each have filled the
 * last place before they are merged.
 */
export const PART_CAPACITY = 16;
