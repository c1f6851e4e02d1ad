import { describe, it, test } from 'vitest';

/** Of a worker, which evaluates this file anew for each of its suites. */
const worker = globalThis as { refusesEmptyTables?: boolean };

type Each = (this: unknown, cases: unknown, ...values: unknown[]) => unknown;

/** Vitest makes no test of an empty table and says nothing: a table that is made, and made wrong, would pass. */
function refuseEmpty(of: object): void {
  const original = Reflect.get(of, 'each') as Each;
  const each: Each = function (cases, ...values) {
    if (Array.isArray(cases) && cases.length === 0)
      throw new RangeError('a table of cases must hold one at least, got none: nothing would be tested; mend what makes it');
    return original.call(this, cases, ...values);
  };
  Reflect.set(of, 'each', each);
}

if (worker.refusesEmptyTables !== true) for (const of of new Set([describe, it, test])) refuseEmpty(of);
worker.refusesEmptyTables = true;
