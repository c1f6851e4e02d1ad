import { fieldsOf } from '../core/contract/fields-of.ts';
import { CLASSIFICATIONS, type Classification, type Column, type DatasetContract } from '../core/contract/model.ts';

/** Tags of resources, by what they say. */
export const TAGS = {
  environment: 'headwaters:environment',
  costCentre: 'headwaters:cost-centre',
  domain: 'headwaters:domain',
  dataset: 'headwaters:dataset',
  owner: 'headwaters:owner',
  /** The closest class of any column, before anything is protected. */
  dataClass: 'headwaters:data-class',
} as const;

const LONGEST_VALUE = 256;

/** A text as AWS takes it for a tag's value. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tagValue = (text: string): string => text.replaceAll(/[^\p{L}\p{N}\s_.:/=+\-@]/gu, '-').slice(0, LONGEST_VALUE);

/** What a dataset's resources are tagged with. */
export const datasetTags = (dataset: DatasetContract): Readonly<Record<string, string>> => ({
  [TAGS.domain]: dataset.domain,
  [TAGS.dataset]: dataset.name,
  [TAGS.owner]: tagValue(dataset.owner),
  [TAGS.dataClass]: closest(dataset.columns.flatMap(classesOf)),
});

const classesOf = (column: Column): Classification[] => [column.classification, ...fieldsOf(column.type).flatMap(classesOf)];

const closest = (classes: readonly Classification[]): Classification =>
  CLASSIFICATIONS[Math.max(0, ...classes.map((name) => CLASSIFICATIONS.indexOf(name)))] ?? 'internal';
