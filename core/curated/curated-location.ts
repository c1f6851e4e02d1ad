import type { DatasetContract } from '../contract/model.ts';

/** Where the tables of a domain lie in `curated`, without a slash at its end. */
export const curatedDomainPrefix = (domain: string): string => domain;

/** Where a dataset's table lies in `curated`, without a slash at its end. No retention class: rows go by statement, and S3 expires nothing. */
export const curatedPrefix = ({ domain, name }: DatasetContract): string => `${curatedDomainPrefix(domain)}/${name}`;
