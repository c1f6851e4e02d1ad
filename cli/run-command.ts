import { Command } from 'commander';
import { addContracts } from './commands/contracts.ts';
import { addCost } from './commands/cost.ts';
import { addDemo } from './commands/demo.ts';
import { addLedger } from './commands/ledger.ts';
import { addLocal } from './commands/local.ts';
import { addPut } from './commands/put.ts';
import { addQuery } from './commands/query.ts';
import { addReplay } from './commands/replay.ts';
import { addReview } from './commands/review.ts';
import type { Out } from './output.ts';
import { VERSION } from './version.ts';

/** Runs one command, and says what it fails of. @param args What stands behind `headwaters` */
export async function runCommand(args: readonly string[], out: Out, fail: (code: number) => void): Promise<void> {
  const program = new Command('headwaters')
    .description('A data platform for AWS from data contracts, and the same templates on this machine.')
    .version(VERSION)
    .enablePositionalOptions() // an option is of the command that it stands behind
    .showHelpAfterError('(--help says what there is)');
  addContracts(program, out, fail);
  addCost(program, out);
  addDemo(program, out, fail);
  addLedger(program, out, fail);
  addLocal(program, out, fail);
  addPut(program, out);
  addQuery(program, out);
  addReplay(program, out);
  addReview(program, out, fail);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    out.failed();
    process.stderr.write(`${describe(error)}\n`);
    fail(1);
  }
}

/** What a person can mend is said in a line: a fault with a code, or a service's refusal. Anything else is ours, and brings its stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('$fault' in error) return `${error.name}: ${error.message}`;
  if (error.name === 'ContractError') return error.message;
  if (!('code' in error) || typeof error.code !== 'string') return error.stack ?? error.message;
  return error.message.startsWith(error.code) ? error.message : `${error.code}: ${error.message}`;
}
