import { existsSync, readFileSync } from 'node:fs';
import type { Ledger } from '../../core/findings/ledger.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';

/** A project's ledger; undefined where it keeps none. @throws LedgerError naming each fault of its form */
export const ledgerOf = (file: string): Ledger | undefined =>
  existsSync(file) ? readLedger(readFileSync(file, 'utf8')) : undefined;
