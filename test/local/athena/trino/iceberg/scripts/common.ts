import { make, type Step } from '../script.ts';

export const PLAIN = make('t', { id: 'bigint', name: 'varchar', amount: 'integer' });

/** A table of three rows, the last of nulls but for its key. */
export const FILLED: readonly Step[] = [PLAIN, "insert into t values (1, 'a', 10), (2, 'b', 20), (3, null, null)"];

export const ALL = 'select * from t order by 1, 2, 3';
