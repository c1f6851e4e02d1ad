import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { judgeLedger } from '../../core/findings/judge-ledger.ts';
import { environmentsIn, type Ledger } from '../../core/findings/ledger.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import { CommandError } from '../command-error.ts';
import { readLedgerText } from './ledger-file.ts';
import { formatLedger, ledgerRows } from './render-ledger.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

export interface LedgerOptions {
  readonly env?: string;
  readonly places: boolean;
  readonly json: boolean;
}

/** Prints the decisions of an environment, or of each. @throws {@link CommandError} `UnknownEnvironment` */
export async function showLedger(
  { env, places, json }: LedgerOptions,
  out: Out,
  setExitCode: (code: number) => void,
): Promise<void> {
  const ledger = readLedger(readLedgerText(projectAround(process.cwd())));
  const names = environmentsOf(ledger, env);
  const today = new Date().toISOString().slice(0, 10);
  const faults = judgeLedger(ledger);
  if (faults.length > 0) setExitCode(1);
  if (json) {
    out.line(
      JSON.stringify({
        reviewedOn: ledger.reviewedOn,
        environments: names.map((name) => ledgerRows(ledger, name, today)),
        faults,
      }),
    );
    return;
  }
  const { table } = await withOptionalPeers(() => import('../table.ts'));
  out.line(
    [
      ...names.map((name) => formatLedger(ledger, name, { places, today, draw: table })),
      `Read whole on ${ledger.reviewedOn}.`,
      ...faults,
    ].join('\n\n'),
  );
}

function environmentsOf(ledger: Ledger, asked: string | undefined): string[] {
  const known = environmentsIn(ledger);
  if (asked === undefined) return known;
  if (!known.includes(asked))
    throw new CommandError(
      'UnknownEnvironment',
      `'--env' must be an environment of the ledger, got '${asked}'${didYouMean(asked, known) || `; ${nameOneOf(known)}, or enter a new one by 'headwaters ledger renew'`}`,
    );
  return [asked];
}
