import type { DatasetContract } from '../../core/contract/model.ts';

/** The environment that runs on this machine where no other is asked for. */
export const ENVIRONMENT = 'dev';

export const keyOf = ({ domain, name }: Pick<DatasetContract, 'domain' | 'name'>): string => `${domain}.${name}`;
