import { fieldsOf } from './fields-of.ts';
import { CLASSIFICATIONS, type Classification, type Column, type DatasetContract } from './model.ts';

/** The closest class of any column or field of a dataset, before anything is protected. */
export const closestClass = (dataset: DatasetContract): Classification =>
  CLASSIFICATIONS[Math.max(0, ...dataset.columns.flatMap(classesOf).map((name) => CLASSIFICATIONS.indexOf(name)))] ??
  CLASSIFICATIONS[0];

const classesOf = (column: Column): Classification[] => [column.classification, ...fieldsOf(column.type).flatMap(classesOf)];
