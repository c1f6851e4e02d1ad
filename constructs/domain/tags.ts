import { closestClass } from '../../core/contract/closest-class.ts';
import type { DatasetContract } from '../../core/contract/model.ts';

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
  [TAGS.dataClass]: closestClass(dataset),
});
