import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../command-error.ts';
import type { Project } from '../project.ts';

export const LEDGER = 'ledger.yaml';

/** The text of a project's ledger. @throws {@link CommandError} `NoLedger` */
export function readLedgerText({ root }: Project): string {
  const file = path.join(root, LEDGER);
  if (!existsSync(file)) throw new CommandError('NoLedger', `'${file}' must exist; run the command in a project that keeps one`);
  return readFileSync(file, 'utf8');
}

/** Writes it whole or not at all. @throws {@link CommandError} `LedgerChanged` where it is no longer the text that was read */
export function writeLedgerText(project: Project, read: string, text: string): void {
  if (readLedgerText(project) !== read)
    throw new CommandError(
      'LedgerChanged',
      `'${LEDGER}' must stay as it is while the platform is judged, and was edited; run the command again`,
    );
  const file = path.join(project.root, LEDGER);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
