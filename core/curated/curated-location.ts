import type { DatasetContract } from '../contract/model.ts';

/** Where a dataset's table lies in `curated`, without a slash at its end. No retention class: rows go by statement, and S3 expires nothing. */
export const curatedPrefix = ({ domain, name }: DatasetContract): string => `${domain}/${name}`;
